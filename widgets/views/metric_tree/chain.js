// The chain on the first screen: the money, the operating metric, and what the group can move. Its cards
// are rows of the tree; those that are not there yet are made by their first answer.
import { h, makeButton, makeList, newId, same, setText } from "../../common/dom.js";
import { evidenceMark, levelMark } from "./marks.js";
import { TABLE, chainOf, readTree, wholeBranch } from "./model.js";
import { makePicture } from "./picture.js";
import { makeShared } from "./shared.js";
import { makeUndoNote } from "./tools.js";
/** @import { Context } from "../../form/context.js" */

const FEWEST = 2;
const MOST = 6; // more measures than these are in the tree alone
const STEPS = ["financial", "operating", "frontline"];
/** The money moves nothing; what is wanted of it and of the operating metric follows from the measures. */
const NOT_ASKED = { financial: ["evidence", "because", "target"], operating: ["target"] };

/** The view "chain" of a section: {element, update()}. */
export function makeView(/** @type {Context} */ ctx, section, table) {
  const say = (key, values) => ctx.say(`chain.${key}`, values);
  const slots = makeSlots(ctx);
  const make = (level) => ({ key }) => makeStep(ctx, section, key, level, remove);
  const top = h("ol", { class: "chain-steps" }), fronts = h("ol", { class: "chain-fronts" });
  const steps = makeList(top, (item) => make(item.level)(item)), measures = makeList(fronts, make("frontline"));
  const id = newId(), add = makeButton("button quiet", addMeasure, say("add"));
  const rest = h("p", { class: "small" }), full = h("p", { class: "small" }, say("full")), note = makeUndoNote(ctx, "chain");
  const picture = makePicture(ctx);
  const element = h("div", { class: "chain pictured", role: "group", "aria-label": say("label") }, picture.element, top,
    h("section", { class: "chain-group", "aria-labelledby": id }, h("h3", { id }, say("fronts")), h("p", { class: "small" }, say("fronts_hint")), fronts),
    note.element, h("p", { class: "buttons" }, add), full, rest);

  let shown = null;
  /** Where a link to a question of no certain metric leads: to the first that left it open, from the money down. */
  function firstOpen(question) {
    const asked = (level) => !(NOT_ASKED[level] ?? []).includes(question);
    const places = [["financial", shown.money], ["operating", shown.operating], ...shown.fronts.map((row) => ["frontline", row])];
    const names = places.filter(([level]) => asked(level)).map(([, row]) => `${TABLE}/${row}/${question}`);
    return ctx.fields.get(names.find((name) => ctx.value(name) === null) ?? names[0]);
  }
  for (const { id: question } of section.questions) {
    ctx.fields.set(`${TABLE}//${question}`, { get element() { return firstOpen(question).element; }, focus: () => firstOpen(question).focus() });
  }

  function addMeasure() {
    slots.want(1);
    update();
    measures.get(shown.fronts.at(-1)).focus();
  }

  function remove(row) {
    const branch = wholeBranch(readTree(ctx).all.get(row)).map((node) => node.key).slice(1);
    const text = say("removed", { name: ctx.labels.row(TABLE, row) });
    slots.want(-1);
    ctx.removed = { op: ctx.op("remove_row", { table: TABLE, row, with: branch }), table: TABLE, where: "chain", text };
    ctx.announce(text);
    update();
    add.focus();
  }

  function update() {
    const tree = readTree(ctx);
    const chain = chainOf(tree);
    shown = slots.take(chain);
    picture.update({ ...chain, fronts: chain.fronts.slice(0, MOST) });
    const item = (key, level) => ({ key, level, node: tree.all.get(key), above: tree.all.get(key)?.parent ?? null });
    steps.sync([item(shown.money, "financial"), item(shown.operating, "operating")]);
    measures.sync(shown.fronts.map((key) => item(key, "frontline")));
    note.update();
    const there = [shown.money, shown.operating, ...shown.fronts].filter((key) => tree.all.has(key)).length;
    const more = tree.all.size - there;
    rest.hidden = !more;
    setText(rest, more ? say(more === 1 ? "rest_one" : "rest", { count: more }) : "");
    full.hidden = shown.fronts.length < MOST;
    add.hidden = shown.fronts.length >= MOST || ctx.rows(TABLE).length >= table.max_rows;
  }
  return { element, update };
}

/** Which row stands at which place of the chain; a blank keeps its place when its first answer makes it. */
function makeSlots(/** @type {Context} */ ctx) {
  let fronts = [], order = [], blanks = 0, wanted = FEWEST, now = null;
  const made = new Set(); // rows that are there or were
  const ids = {
    financial: () => now.money?.key ?? ctx.blankRow(TABLE, "financial", () => answers("financial")),
    operating: () => now.operating?.key ?? ctx.blankRow(TABLE, "operating", () => answers("operating")),
  };

  /** What a metric of this level is made with; what it moves is made first. */
  function answers(level) {
    const above = ids[STEPS[STEPS.indexOf(level) - 1]]?.();
    if (!above) return { level };
    ctx.makeBlankRow(above);
    return { level, parent: above };
  }

  /** The rows to show for a chain: {money, operating, fronts}. */
  function take(chain) {
    now = chain;
    const real = chain.fronts.map((node) => node.key).slice(0, MOST);
    for (const key of ctx.rows(TABLE)) made.add(key);
    fronts = fronts.filter((key) => real.includes(key) || !made.has(key));
    if (!same(real.filter((key) => order.includes(key)), order.filter((key) => real.includes(key)))) fronts = []; // they moved
    order = real;
    const late = real.filter((key) => !fronts.includes(key)), free = fronts.findIndex((key) => !made.has(key));
    fronts.splice(free < 0 ? fronts.length : free, 0, ...late);
    resize(Math.max(FEWEST, wanted, real.length));
    return { money: ids.financial(), operating: ids.operating(), fronts };
  }

  function resize(count) {
    while (fronts.length > count && !made.has(fronts.at(-1))) fronts.pop();
    while (fronts.length < count) fronts.push(ctx.blankRow(TABLE, `frontline ${blanks += 1}`, () => answers("frontline")));
  }
  return { take, want: (more) => { wanted = fronts.length + more; } };
}

/** One metric of the chain: what it is, and why it moves the one above. */
function makeStep(/** @type {Context} */ ctx, section, row, level, remove) {
  const say = (key, values) => ctx.say(`chain.${key}`, values);
  const asked = section.questions.filter(({ id }) => !(NOT_ASKED[level] ?? []).includes(id));
  const fields = asked.map((question) => makeShared(ctx, question, row));
  const mark = levelMark(), line = evidenceMark(), moves = h("span", { dir: "auto" }), word = h("strong");
  const arrow = h("p", { class: "chain-arrow" }, h("span", { "aria-hidden": "true" }, "↑"), line.element, h("span", {}, moves, " ", word));
  const title = h("legend", {}, mark.element, say(level)), hint = level !== "frontline" && h("p", { class: "small" }, say(`${level}_hint`));
  const gone = h("span", { class: "visually-hidden" });
  const drop = makeButton("link", () => remove(row), h("span", { "aria-hidden": "true" }, say("remove")), gone);
  const lean = level === "frontline" && " lean"; // what the words mean has been said above
  const element = h("li", { class: `chain-step${lean || ""}`, "data-row": row }, level !== "financial" && arrow,
    h("fieldset", { class: "card" }, title, hint, fields.map((field) => field.element), level === "frontline" && drop));
  mark.set(level);

  function update({ node, above }) {
    const evidence = node?.evidence ?? null;
    line.set(evidence);
    setText(moves, say("moves", { name: above?.given ? above.name : say("unnamed") }));
    setText(word, evidence ? ctx.say(`tree.evidence.${evidence}`) : "");
    setText(gone, say("remove_this", { name: node?.name ?? "" }));
    drop.hidden = !node;
    fields.forEach((field) => field.update());
  }
  return { element, update, focus: () => fields[0].focus(), close: () => fields.forEach((field) => field.close()) };
}
