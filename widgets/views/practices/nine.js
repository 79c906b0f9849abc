// Nine practices, three by three: the group's own words at each one that it has taken up. A practice is a row of the table.
import { focused, h, makeButton, makeList, setAttr, setText } from "../../common/dom.js";
import { makeField } from "../../form/field.js";
import { makeCoach } from "./coach.js";
import { makeDrops } from "./drops.js";
/** @import { Context } from "../../form/context.js" */

const STARTERS = ["outcome", "question", "reflect"], KINDS = ["provoke", "propel", "together"], OWN = "own";

/** The view "nine" of a section: {element, update()}. */
export function makeView(/** @type {Context} */ ctx, section, table) {
  const say = (key, values) => ctx.say(`nine.${key}`, values);
  const asked = (id) => ctx.columns(table.id).find((question) => question.id === id);
  const which = asked("which"), names = new Map(which.choices.map(({ id, label }) => [id, label]));
  const drops = makeDrops(ctx, table, "nine"), version = section.questions.find(({ id }) => id === table.label);
  const shared = { ctx, table, say, names, version, state: asked("state"), drops, take };
  const cells = new Map([...names.keys()].filter((id) => id !== OWN).map((id) => [id, makeCell(shared, id)]));
  const columns = KINDS.map((kind) => h("section", { class: "nine-kind", "aria-label": say(`kind.${kind}`) }, h("h3", {}, say(`kind.${kind}`)),
    h("ul", { class: "plain" }, [...cells].filter(([id]) => say(`kind_of.${id}`) === kind).map(([, cell]) => cell.element))));
  const others = h("ul", { class: "plain nine-own" }), list = makeList(others, ({ key }) => makeOwn(shared, key));
  const add = makeButton("button quiet", () => take(OWN), say("own_add"));
  const count = h("p", { class: "small" }), coach = makeCoach(ctx, table, names, say);
  const element = h("div", { class: "nine", role: "group", "aria-label": say("title") },
    h("div", { class: "nine-grid" }, columns), h("p", { class: "small" }, say("unverified")), count,
    h("section", { "aria-label": say("own") }, h("h3", {}, say("own")), h("p", { class: "small" }, say("own_hint")), others, drops.element, h("p", { class: "buttons" }, add)), coach.element);

  const value = (row, question) => ctx.value(`${table.id}/${row}/${question}`);

  /** A practice gets its row, and the focus goes to the group's own words. */
  function take(id) {
    const row = drops.add({ which: id, state: "trying" });
    update();
    const taker = id === OWN ? list.get(row) : cells.get(id);
    taker.focus();
    if (id !== OWN) ctx.announce(say("taken", { name: names.get(id) }));
  }

  function update() {
    const rows = ctx.rows(table.id), active = focused();
    const taken = new Map();
    for (const row of rows) if (cells.has(value(row, "which")) && !taken.has(value(row, "which"))) taken.set(value(row, "which"), row);
    const noticed = [ctx.value("symptoms") ?? []].flat(), next = noticed.map((sign) => say(`sign.${sign}`));
    for (const [id, cell] of cells) cell.update(taken.get(id) ?? null, next.includes(id));
    const own = rows.filter((row) => ![...taken.values()].includes(row));
    list.sync(own.map((key) => ({ key })));
    const used = (row) => value(row, "state") !== "paused";
    const told = { count: [...taken.values()].filter(used).length, own: own.filter(used).length };
    setText(count, say(told.own ? "in_use_own" : "in_use", told));
    add.disabled = rows.length >= table.max_rows;
    drops.update();
    coach.update(new Map([...taken].filter(([, row]) => used(row))));
    if (active !== document.activeElement && active?.isConnected && element.contains(active)) active.focus({ preventScroll: true });
  }
  return { element, update };
}

/** One of the nine: not taken up, or with the group's words and where it stands. */
function makeCell(shared, id) {
  const { ctx, say, names, take } = shared, name = names.get(id);
  const begin = makeButton("button quiet", () => take(id), say("take_up"));
  setAttr(begin, "aria-label", say("take_up_named", { name }));
  const none = h("p", { class: "small" }, say("not_yet")), place = h("div", {}), arrow = h("span", { class: "nine-arrow", "aria-hidden": "true" });
  const starter = STARTERS.includes(id) && h("span", { class: "chip" }, say("starter"));
  const next = h("span", { class: "chip" }, say("next"));
  const element = h("li", { class: "card nine-cell", "data-practice": id }, h("h4", {}, arrow, name), starter, next, none, begin, place, about(say, names, id));
  let row = null, inside = null;

  function update(now, needed) {
    next.hidden = !needed;
    if (now !== row) {
      inside?.close();
      row = now;
      inside = row && makeInside(shared, row, name);
      place.replaceChildren(...(inside ? [inside.element] : []));
    }
    none.hidden = begin.hidden = Boolean(row);
    element.classList.toggle("taken", Boolean(row));
    setText(arrow, row ? `${say(`arrow.${stateOf(shared, row)}`)} ` : "");
    inside?.update();
    begin.disabled = ctx.rows(shared.table.id).length >= shared.table.max_rows;
  }
  return { element, update, focus: () => inside?.focus() };
}

function makeOwn(shared, row) {
  const { say, table, ctx } = shared, title = h("h4", {});
  const inside = makeInside(shared, row, say("own_named"));
  const element = h("li", { class: "card nine-cell taken" }, title, inside.element);
  function update() {
    const own = ctx.value(`${table.id}/${row}/which`) === OWN;
    setText(title, own ? `${say(`arrow.${stateOf(shared, row)}`)} ${say("own_named")}` : say("unplaced"));
    inside.update();
  }
  return { element, update, focus: inside.focus, close: inside.close };
}

const stateOf = ({ ctx, table }, row) => ctx.value(`${table.id}/${row}/state`) ?? "trying";

/** The group's own words, where it stands, and the way back. */
function makeInside(shared, row, name) {
  const { ctx, table, say, version, state, drops } = shared;
  const words = makeField(ctx, version, `${table.id}/${row}/${version.id}`, { short: true });
  const choice = h("select", { "aria-label": say("state"), onchange: () => ctx.edit(`${table.id}/${row}/${state.id}`, choice.value, 0) },
    state.choices.map(({ id, label }) => h("option", { value: id }, label)));
  const leave = makeButton("link", () => drops.remove(row, name), say("remove"));
  setAttr(leave, "aria-label", say("remove_named", { name }));
  const element = h("div", { class: "nine-inside", role: "group", "aria-label": name }, words.element, choice, leave);
  function update() {
    words.update();
    choice.value = stateOf(shared, row);
  }
  return { element, update, focus: () => words.focus(), close: () => words.close() };
}

/** What a practice is, what a coach may ask, what goes wrong, and what it does to the others. */
function about(say, names, id) {
  const named = (key) => say(`${key}.${id}`).split(" ").map((one) => names.get(one)).join(", ");
  const line = (title, text) => h("p", {}, h("strong", {}, title), " ", text);
  const summary = h("summary", {}, h("span", { "aria-hidden": "true" }, "i"), h("span", { class: "visually-hidden" }, say("more", { name: names.get(id) })));
  return h("div", { class: "help" }, h("details", { class: "info-dot" }, summary, h("p", {}, say(`about.${id}`)),
    line(say("coach"), say(`ask.${id}`)), line(say("pitfalls"), say(`wrong.${id}`)),
    h("p", {}, say("strengthens", { names: named("helps") })), h("p", {}, say("balances", { names: named("balanced") }))));
}
