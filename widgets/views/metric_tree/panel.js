// Everything about the metric that was chosen: the fields of the form, in groups, those that apply.
import { h, makeList, newId, setText } from "../../common/dom.js";
import { makeClash } from "../../form/conflicts.js";
import { TABLE, fieldOf, isWithin } from "./model.js";
import { sparkline } from "./marks.js";
import { makeShared } from "./shared.js";
/** @import { Context } from "../../form/context.js" */

const REST_MS = 120;
const GROUPS = {
  what: ["name", "level", "parent", "output_only", "definition", "unit", "owner", "direction"],
  link: ["evidence", "because", "weight", "elasticity_low", "elasticity", "elasticity_high", "lag_weeks"],
  worked_out: ["now", "target", "spread", "how", "formula", "symbol"],
  figures: ["refresh", "data", "past_who", "past_by"],
};
const influenced = (node, how) => Boolean(node.parent) && ["influence", null].includes(how(node.parent));
/** question -> whether it is worth asking of a metric; how(node) says how one is worked out. */
const APPLIES = {
  because: (node) => Boolean(node.parent),
  evidence: (node) => Boolean(node.parent),
  lag_weeks: (node) => Boolean(node.parent),
  weight: (node, how) => Boolean(node.parent) && how(node.parent) === "weighted",
  elasticity_low: influenced, elasticity: influenced, elasticity_high: influenced,
  how: (node) => node.children.length > 0,
  symbol: (node, how) => Boolean(node.parent) && how(node.parent) === "formula",
};

/** The panel beside the tree: {element, update(node, tree, fact), draw(), focus()}. `desk` has actions and turn(). */
export function makePanel(/** @type {Context} */ ctx, desk) {
  const opened = new Set(["what"]); // the groups in the open, whichever metric is chosen
  const none = h("p", { class: "small" }, ctx.say("tree.none"));
  const place = h("div", {});
  const sheets = makeList(place, ({ key }) => makeSheet(ctx, key, desk, opened));
  const title = h("h3", { dir: "auto" }), problem = h("p", { class: "error", hidden: true });
  const element = h("div", { class: "tree-panel", role: "group", "aria-label": ctx.say("tree.panel") }, title, problem, none, place);
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || !desk.current) return;
    event.preventDefault();
    desk.turn(desk.current.key, "focus");
  });
  let wanted = null, shown = null, timer;
  function update(node, tree, fact) {
    wanted = node && { key: node.key, node, tree, fact };
    if (!shown || !wanted || shown === wanted.key) return draw();
    clearTimeout(timer); // who goes from metric to metric does not wait for each one's fields
    timer = setTimeout(draw, REST_MS);
  }

  function draw() {
    clearTimeout(timer);
    shown = wanted?.key ?? null;
    none.hidden = Boolean(wanted);
    title.hidden = !wanted;
    setText(title, wanted?.node.name ?? "");
    setText(problem, wanted?.fact?.problem ?? "");
    problem.hidden = !problem.textContent;
    sheets.sync(wanted ? [wanted] : []);
  }

  function focus() {
    if (shown !== wanted?.key) draw();
    sheets.get(shown)?.focus();
  }
  return { element, update, draw, focus };
}

function makeSheet(/** @type {Context} */ ctx, row, desk, opened) {
  const groups = Object.entries(GROUPS).map(([name, questions]) => makeGroup(ctx, row, name, questions, desk, opened));
  const element = h("div", {}, groups.map((group) => group.element));
  return {
    element,
    focus: () => groups[0].focus(),
    close: () => groups.forEach((group) => group.close()),
    update: (item) => groups.forEach((group) => group.update(item)),
  };
}

function makeGroup(/** @type {Context} */ ctx, row, name, questions, desk, opened) {
  const known = new Map(ctx.columns(TABLE).map((question) => [question.id, question]));
  const fields = questions.filter((id) => known.has(id)).map((id) =>
    id === "parent" ? makeMoves(ctx, row, known.get(id), desk) : makeShared(ctx, known.get(id), row));
  const title = h("span", {});
  const trend = name === "figures" ? makeTrend(ctx) : null;
  const keep = () => opened[element.open ? "add" : "delete"](name);
  const element = h("details", { class: "tree-group", open: opened.has(name), ontoggle: keep }, h("summary", {}, title),
    trend?.element, fields.map((field) => field.element));

  function update({ node, tree, fact }) {
    setText(title, ctx.say(`tree.${name}`, { parent: node.parent?.name }));
    trend?.update(fact);
    for (const field of fields) {
      field.update(node, tree);
      const applies = APPLIES[field.id] ?? (() => true);
      if (!applies(node, (one) => ctx.value(fieldOf(one.key, "how")))) field.element.hidden = true;
    }
    element.hidden = fields.every((field) => field.element.hidden);
  }
  const focus = () => { element.open = true; fields[0].focus(); };
  return { element, update, focus, close: () => fields.forEach((field) => field.close()) };
}

/** Which metric this one moves: a list of those it may, instead of hundreds of buttons. */
function makeMoves(/** @type {Context} */ ctx, row, question, desk) {
  const id = newId(), select = h("select", { id });
  const clash = makeClash(ctx, fieldOf(row, "parent"));
  const options = makeList(select, ({ key }) => {
    const element = h("option", { value: key });
    return { element, update: ({ text }) => setText(element, text) };
  });
  let tree = null;
  select.addEventListener("change", () => desk.actions.move(tree.all.get(row), tree.all.get(select.value) ?? null));
  const element = h("div", { class: "question" }, h("label", { class: "q", for: id }, ctx.say("tree.moves")),
    h("p", { class: "why" }, question.why), select, clash.element);
  function update(node, now) {
    tree = now;
    const may = [...tree.all.values()].filter((one) => !isWithin(one, node));
    options.sync([{ key: "", text: ctx.say("tree.top") }, ...may.map((one) => ({ key: one.key, text: one.name }))]);
    select.value = node.parent?.key ?? "";
    clash.update();
  }
  return { element, update, id: "parent", focus: () => select.focus(), close: () => {} };
}

function makeTrend(/** @type {Context} */ ctx) {
  const spark = sparkline(220, 44), text = h("span", { class: "small" });
  const element = h("p", { class: "tree-trend" }, spark.element, text);
  function update(fact) {
    element.hidden = !fact?.last;
    spark.set(fact?.points);
    setText(text, fact?.last ? ctx.say("tree.data_age", { day: fact.last, age: fact.age }) : "");
  }
  return { element, update };
}
