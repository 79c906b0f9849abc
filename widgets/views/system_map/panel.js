// What is known of the part that is chosen, to be changed: its name, its block, and what it changes.
import { h, makeButton, makeList, newId, setAttr, setText } from "../../common/dom.js";
import { PARTS, PLACES, linkField, partField } from "./model.js";
/** @import { Context } from "../../form/context.js" */

const WAIT_MS = 600;

/** {element, update(map, picked), show()}; hidden while no part is chosen. */
export function makePanel(/** @type {Context} */ ctx, say, { changes, pick, startLink, close }) {
  let row = null;
  const name = h("input", { type: "text", maxlength: 60, id: newId(), dir: "auto", autocomplete: "off" }), error = h("p", { class: "error" });
  name.addEventListener("input", () => ctx.edit(partField(row, "part"), name.value || null, WAIT_MS));
  name.addEventListener("blur", () => row && ctx.left(partField(row, "part")));
  const block = h("select", { id: newId(), onchange: () => changes.move(row, block.value) }, h("option", { value: "" }, say("no_block")), PLACES.map((one) => h("option", { value: one }, say(`blocks.${one}`))));
  const goal = h("select", { id: newId() }), goals = makeList(goal, ({ key }) => {
    const option = h("option", { value: key });
    return { element: option, update: ({ text }) => setText(option, text) };
  });
  const list = h("ul", { class: "plain" }), lines = makeList(list, ({ key }) => makeLine(ctx, say, key, changes));
  const connect = makeButton("button quiet mini", () => goal.value && changes.link(row, goal.value), say("link"));
  const element = h("div", { class: "reading", role: "group", hidden: true, "aria-label": say("panel") },
    h("div", { class: "two" }, h("span", {}, h("label", { for: name.id }, say("name")), name, error), h("span", {}, h("label", { for: block.id }, say("block")), block)),
    h("p", { class: "small" }, say("links_here")), list,
    h("div", { class: "two" }, h("span", {}, h("label", { for: goal.id }, say("link_to")), goal), connect),
    h("p", { class: "buttons" }, makeButton("button quiet mini", () => startLink(row), say("link_by_pressing")),
      makeButton("button quiet mini", () => changes.remove(row), say("remove")), makeButton("button quiet mini", close, say("close"))));

  function update({ parts, links }, picked) {
    row = picked;
    element.hidden = !row;
    if (!row) return;
    if (document.activeElement !== name) name.value = ctx.value(partField(row, "part")) ?? "";
    setText(error, ctx.problem(partField(row, "part")) ?? "");
    block.value = ctx.value(partField(row, "block")) ?? "";
    const mine = links.filter(({ from, to }) => [from, to].includes(row)), linked = new Set(mine.filter(({ from }) => from === row).map(({ to }) => to));
    goals.sync([{ key: "", text: say("choose") }, ...parts.filter(({ key }) => key !== row && !linked.has(key)).map(({ key }) => ({ key, text: ctx.labels.row(PARTS, key) }))]);
    lines.sync(mine.map((link) => ({ key: link.key, link, isOut: link.from === row, pick })));
  }
  const show = () => { element.scrollIntoView({ block: "nearest" }); name.focus({ preventScroll: true }); };
  return { element, update, show };
}

/** One link of the part: where it leads, its effect and its chance. */
function makeLine(/** @type {Context} */ ctx, say, key, changes) {
  let ends = null;
  const text = h("span", { dir: "auto" }), error = h("span", { class: "error" });
  const effect = h("select", { onchange: () => ctx.edit(linkField(key, "effect"), effect.value, 0) }, ["helps", "harms", "unsure"].map((one) => h("option", { value: one }, say(`effects.${one}`))));
  const chance = h("input", { type: "text", inputmode: "decimal", size: 4 });
  chance.addEventListener("input", () => ctx.edit(linkField(key, "chance"), chance.value || null, WAIT_MS));
  chance.addEventListener("blur", () => ctx.left(linkField(key, "chance")));
  const gone = makeButton("link", () => changes.unlink([key]), say("unlink"));
  return {
    element: h("li", {}, text, " ", effect, " ", chance, " % ", gone, error),
    update: ({ link }) => {
      ends = { part: ctx.labels.row(PARTS, link.from), other: ctx.labels.row(PARTS, link.to) };
      setText(text, say("link_line", ends));
      effect.value = link.effect;
      if (document.activeElement !== chance) chance.value = link.chance;
      setAttr(effect, "aria-label", say("effect_of", ends));
      setAttr(chance, "aria-label", say("chance_of", ends));
      setAttr(gone, "aria-label", say("unlink_of", ends));
      setText(error, ctx.problem(linkField(key, "chance")) ?? "");
    },
  };
}
