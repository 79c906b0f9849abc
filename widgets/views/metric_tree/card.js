// One metric as a card, in the picture and in the outline alike: a tree item with all that is known of it.
import { h, setAttr, setText } from "../../common/dom.js";
import { evidenceMark, levelMark, sparkline } from "./marks.js";
/** @import { Context } from "../../form/context.js" */

const NOTHING = { shown: "", problem: "", points: [], age: "", stale: false };

/** The card of a metric; update({node, place, count, current, closed, fact, effect, x, y}) brings it up to date. */
export function makeCard(/** @type {Context} */ ctx, row) {
  const parts = makeParts(ctx);
  const element = h("li", { class: "tree-card", role: "treeitem", "data-row": row }, parts.elements);
  let told = [];
  function update(item) {
    const { node, ...shown } = item;
    const now = [...Object.values(shown), node.name, node.level, node.evidence, node.depth, node.children.length];
    if (now.length === told.length && now.every((value, place) => value === told[place])) return; // hundreds may stand here
    told = now;
    setPlace(element, item);
    parts.show(item);
  }
  return { element, update };
}

function setPlace(element, { node, place, count, current, closed, x, y }) {
  element.style.setProperty("--at", `${x}px ${y}px`);
  setAttr(element, "aria-level", node.depth + 1);
  setAttr(element, "aria-posinset", place);
  setAttr(element, "aria-setsize", count);
  setAttr(element, "aria-expanded", node.children.length ? String(!closed) : null);
  setAttr(element, "aria-selected", String(current));
  setAttr(element, "data-level", node.level ?? "none");
  setAttr(element, "tabindex", current ? 0 : -1);
  element.style.setProperty("--depth", node.depth);
}

function makeParts(/** @type {Context} */ ctx) {
  const toggle = h("span", { class: "tree-toggle", "data-toggle": true, "aria-hidden": "true" });
  const grip = h("span", { class: "tree-grip", "data-grip": true, "aria-hidden": "true" }, "⠿");
  const name = h("strong", { class: "tree-name", dir: "auto" });
  const shape = levelMark(), level = h("span");
  const value = h("span", { class: "tree-value", dir: "auto" }), spark = sparkline();
  const line = evidenceMark(), evidence = h("span"), link = h("span", { class: "tree-link" }, line.element, evidence);
  const effect = h("span", { class: "tree-effect" }), age = h("span", { class: "tree-age" });
  const problem = h("span", { class: "tree-problem warn" });
  const gap = () => h("span", { class: "visually-hidden" }, ", ");

  function show({ node, closed, fact, effect: changed }) {
    const known = fact ?? NOTHING;
    setText(name, node.name);
    shape.set(node.level);
    setText(level, node.level ? ctx.say(`tree.level.${node.level}`) : ctx.say("tree.no_level"));
    setText(value, known.shown);
    spark.set(known.points);
    link.hidden = !node.parent;
    line.set(node.evidence);
    setText(evidence, ctx.say(`tree.evidence.${node.evidence ?? "none"}`));
    setText(effect, changed ?? "");
    effect.hidden = !changed;
    setText(age, known.stale ? ctx.say("tree.stale", { age: known.age }) : "");
    age.hidden = !known.stale;
    setText(problem, known.problem ? ctx.say("tree.problem") : "");
    setAttr(problem, "title", known.problem || null);
    problem.hidden = !known.problem;
    toggle.hidden = !node.children.length;
    setText(toggle, closed ? String(node.children.length) : "–");
    setAttr(toggle, "title", ctx.say(closed ? "tree.open" : "tree.close"));
  }
  const elements = [
    toggle, h("span", { class: "tree-head" }, name, grip), gap(),
    h("span", { class: "tree-what" }, shape.element, level, gap(), link), gap(),
    h("span", { class: "tree-what" }, value, spark.element), gap(),
    h("span", { class: "tree-foot" }, effect, age, problem),
  ];
  return { elements, show };
}
