// What the kernel works out of the map: what a change does, its shape, an earlier version beside it, and another person's map.
import { showDialog } from "../../common/dialog.js";
import { h, makeButton, makeList, newId, setText } from "../../common/dom.js";
import { base64Of } from "../../common/link.js";
import { makeLatestRequest } from "../../form/latest_request.js";
/** @import { Context } from "../../form/context.js" */

const PAUSE_MS = 250;
const ENOUGH = 5; // links on one's own map before ours is shown

/** {element, update()}; mark(Map of keys) lets the picture show what an earlier version had otherwise. */
export function makeMore(/** @type {Context} */ ctx, say, mark) {
  const all = [makeChange(ctx, say), makeNumbers(ctx, say), makeVersions(ctx, say, mark), makeTwoMaps(ctx, say), makeCases(ctx, say)];
  return { element: h("div", {}, all.map((one) => one.element)), update: () => all.forEach((one) => one.update()) };
}

const blocksOf = (blocks) => blocks.map(({ title, sentences }) => h("section", {}, h("h3", {}, title), h("ul", {}, sentences.map((one) => h("li", { dir: "auto" }, one)))));

/** A fold that asks the kernel while it is open, once for each state of the worksheet. */
function makeFold(/** @type {Context} */ ctx, say, title, about, what, show, body, isOpen = false) {
  let asked = "";
  const trouble = h("p", { class: "small error" });
  const latest = makeLatestRequest(ctx, what, PAUSE_MS, ({ reply, refusal }) => {
    setText(trouble, refusal ?? "");
    if (reply) show(reply);
  });
  const element = h("details", { class: "twin", ontoggle: () => update() }, h("summary", {}, say(title)), h("p", { class: "small" }, say(about)), body, trouble);
  element.open = isOpen;
  function update() {
    const { connected } = ctx.view.link, now = `${ctx.state?.worksheet.id} ${ctx.state?.seq} ${connected}`;
    if (!element.open || ctx.queue.busy || now === asked) return;
    if (!connected) return setText(trouble, say("offline"));
    asked = now;
    latest.ask();
  }
  return { element, update };
}

function makeChange(/** @type {Context} */ ctx, say) {
  const place = h("div", { class: "said" });
  return makeFold(ctx, say, "does", "does_about", "map_does", ({ blocks }) => place.replaceChildren(...blocksOf(blocks)), place);
}

function makeNumbers(/** @type {Context} */ ctx, say) {
  const place = h("div", { class: "said" });
  return makeFold(ctx, say, "numbers", "numbers_about", "map_numbers", ({ blocks }) => place.replaceChildren(...blocksOf(blocks)), place);
}

function makePick(id) {
  const select = h("select", { id }), list = makeList(select, ({ key }) => {
    const option = h("option", { value: key });
    return { element: option, update: ({ text }) => setText(option, text) };
  });
  return { select, sync: (items) => list.sync(items.map(({ id: key, text }) => ({ key: String(key), text }))) };
}

function makeVersions(/** @type {Context} */ ctx, say, mark) {
  const { select, sync } = makePick(newId()), told = h("div", { class: "said", role: "status" });
  const compare = makeButton("button quiet", async () => {
    try {
      const { blocks, marked } = await ctx.ask("map_changes", { seq: Number(select.value) });
      told.replaceChildren(...blocksOf(blocks));
      mark(new Map(marked.map((key) => [key, "new"])));
    } catch ({ message }) {
      told.replaceChildren(h("p", { class: "error" }, message));
    }
  }, say("compare"));
  const clear = makeButton("button quiet", () => { told.replaceChildren(); mark(new Map()); }, say("compare_end"));
  const none = h("p", { hidden: true }, say("version_none"));
  const choice = h("div", {}, h("label", { for: select.id }, say("version")), select, h("p", { class: "buttons" }, compare, clear));
  const body = h("div", {}, none, choice, told);
  return makeFold(ctx, say, "versions", "versions_about", "map_versions", ({ versions }) => {
    sync(versions);
    choice.hidden = !versions.length;
    none.hidden = !choice.hidden;
  }, body);
}

function makeTwoMaps(/** @type {Context} */ ctx, say) {
  const { select, sync } = makePick(newId()), told = h("div", { class: "said", role: "status" });
  const lay = async (args) => {
    try {
      told.replaceChildren(...blocksOf((await ctx.ask("map_beside", args)).blocks));
    } catch ({ message }) {
      told.replaceChildren(h("p", { class: "error" }, message));
    }
  };
  const file = h("input", { type: "file", accept: ".csv,.xlsx,text/csv", hidden: true, "aria-hidden": "true", tabindex: "-1" });
  file.addEventListener("change", async () => {
    const [one] = file.files;
    if (one) await lay({ name: one.name, base64: await base64Of(one) });
    file.value = "";
  });
  const here = makeButton("button quiet", () => lay({ worksheet: select.value }), say("beside"));
  const seal = makeSealing(ctx, say);
  const body = h("div", {}, seal.element, h("label", { for: select.id }, say("other_map")), select,
    h("p", { class: "buttons" }, here, makeButton("button quiet", () => file.click(), say("beside_file")), file), told);
  return makeFold(ctx, say, "two_maps", "two_maps_about", "map_others", ({ others, seal: sealed, may_seal: may }) => {
    sync(others);
    here.disabled = !others.length;
    if (seal.update(sealed, may)) told.replaceChildren(); // what was refused before may be told now
  }, body);
}

/** Who drew the map, and the button that seals it; nobody can take a seal back, so it asks first. */
function makeSealing(/** @type {Context} */ ctx, say) {
  const told = h("p", { role: "status" }), by = h("input", { type: "text", maxlength: 60, autocomplete: "off", dir: "auto", id: newId() });
  const go = async () => {
    if (!by.value.trim()) return by.focus();
    if (!ctx.rows("parts").length) return setText(told, say("seal_empty"));
    const words = { title: say("seal_ask"), close: ctx.say("cancel"), body: [h("p", {}, say("seal_what"))] };
    const sure = await showDialog(ctx.root, { ...words, actions: [{ label: say("seal"), run: () => true, danger: true }] });
    if (sure) ctx.op("add_sealed", { table: "drawings", answers: { drawn_by: by.value.trim() } });
  };
  const asks = h("div", { class: "two" }, h("span", {}, h("label", { for: by.id }, say("drawn_by")), by), makeButton("button quiet", go, say("seal")));
  function update(sealed, may) {
    const isNew = asks.hidden === may;
    setText(told, sealed);
    asks.hidden = !may;
    return isNew;
  }
  return { element: h("div", {}, told, asks), update };
}

/** Three cases to draw from their story, and our map to lay beside one's own once there is one. */
function makeCases(/** @type {Context} */ ctx, say) {
  let cases = [], note = "";
  const { select, sync } = makePick(newId()), story = h("p", {}), told = h("div", { class: "said", role: "status" });
  const tell = () => { setText(story, cases.find(({ id }) => id === select.value)?.story ?? ""); told.replaceChildren(); };
  select.addEventListener("change", tell);
  const lay = makeButton("button quiet", async () => {
    if (ctx.rows("links").length < ENOUGH) return told.replaceChildren(h("p", {}, say("case_hint")));
    try {
      const { blocks } = await ctx.ask("map_beside", { case: select.value });
      told.replaceChildren(h("p", { class: "note" }, note), ...blocksOf(blocks));
    } catch ({ message }) {
      told.replaceChildren(h("p", { class: "error" }, message));
    }
  }, say("case_beside"));
  const body = h("div", {}, h("label", { for: select.id }, say("case")), select, story, h("p", { class: "buttons" }, lay), told);
  return makeFold(ctx, say, "cases", "cases_about", "map_cases", (reply) => {
    const first = !cases.length;
    [cases, note] = [reply.cases, reply.note];
    sync(cases);
    if (first) tell();
  }, body);
}
