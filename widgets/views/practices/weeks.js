// The weekly check-ins: a timeline in the group's words, and each week's answers to open, the newest first.
import { h, makeButton, makeList, setText } from "../../common/dom.js";
import { makeDrawing } from "../../common/drawing.js";
import { makeSection } from "../../form/section.js";
import { makeDrops } from "./drops.js";
import { drawWeeks } from "./timeline.js";
import { byWeek, isoToday, mondayOf } from "./calendar.js";
/** @import { Context } from "../../form/context.js" */

/** The view "weeks" of a section: {element, update()}. */
export function makeView(/** @type {Context} */ ctx, section, table) {
  const say = (key, values) => ctx.say(`weeks.${key}`, values);
  const fieldOf = (row, question) => `${table.id}/${row}/${question}`;
  const question = (id) => section.questions.find((one) => one.id === id);
  const value = (row, id) => ctx.value(fieldOf(row, id));
  const shown = (row, id) => ctx.labels.shown(question(id), value(row, id));
  const drops = makeDrops(ctx, table, "weeks");
  const read = () => byWeek(ctx.rows(table.id), value);
  const words = { up: say("up"), down: say("down"), level: say("level"), first: say("first_words"), gap: say("gap"), legend: say("legend") };
  const drawing = makeDrawing({
    title: say("title"), name: `${ctx.sheet.id}-${section.id}`, words: ctx.say,
    draw: (width) => drawWeeks(read().weeks.map((week) => told(week)), words, width),
  });
  const begin = makeButton("button quiet", start, say("begin")), first = h("p", { class: "small" }, say("first"));
  const newest = h("div", {}), older = h("div", {});
  const folded = h("section", { "aria-label": say("older") }, h("h3", {}, say("older")), older);
  const make = ({ key, open }) => makeWeek(ctx, section, table, key, { say, drops, fieldOf, open });
  const now = makeList(newest, make), before = makeList(older, make);
  const element = h("div", { class: "weeks" }, drawing.element, first, drops.element, h("p", { class: "buttons" }, begin), newest, folded);
  // Whoever is led to the day of a check-in gives one that has none its day, or begins this week's: last week's day is settled.
  ctx.fields.set(fieldOf("", table.label), { element, focus: () => (isDue() ? begin.focus() : ctx.fields.get(fieldOf(read().undated.at(-1) ?? lastRow(), table.label))?.focus()) });
  const lastRow = () => read().weeks.at(-1)?.rows.at(-1);
  const isThisWeeks = () => read().weeks.at(-1)?.monday === mondayOf(isoToday()), isDue = () => !isThisWeeks() && !read().undated.length;

  function start() {
    const row = drops.add({ week: isoToday() });
    update();
    (now.get(row) ?? before.get(row)).open();
    ctx.announce(say("begun"));
  }

  /** A week as the timeline draws it. */
  function told(week) {
    const text = (id) => week.rows.map((row) => shown(row, id)).filter(Boolean).join(" · ");
    return { ...week, practice: text("practice"), said: text("example") || text("decided") };
  }

  function sentence(week) {
    if (!week.rows.length) return say("gap_line", { number: week.number });
    const { practice, said, matched, number, row } = { ...told(week), row: week.rows.at(-1) };
    const line = say(practice ? "line" : "line_open", { number, day: shown(row, "week"), words: say(`matched.${matched ?? "none"}`), practice });
    return said ? `${line} ${say("said", { text: said })}` : line;
  }

  function update() {
    const { weeks, undated } = read(), rows = weeks.flatMap((week) => week.rows.map((row) => ({ row, number: week.number })));
    const last = rows.at(-1)?.row;
    const headed = ({ row, number }) => ({ key: row, head: say("head", { number, day: shown(row, "week") }), said: shown(row, "example") || shown(row, "decided") });
    const open = [...undated.map((row) => ({ key: row, head: say("undated"), said: "", open: true })),
      ...rows.filter(({ row }) => row === last).map((one) => ({ ...headed(one), open: true }))];
    const rest = rows.filter(({ row }) => row !== last).reverse().map((one) => ({ ...headed(one), open: false }));
    now.sync(open);
    before.sync(rest);
    folded.hidden = rest.length === 0;
    first.hidden = rows.length + undated.length > 0;
    drawing.element.hidden = weeks.length === 0;
    begin.hidden = isThisWeeks();
    begin.disabled = ctx.rows(table.id).length >= table.max_rows;
    drops.update();
    drawing.update(weeks.map(sentence));
  }
  return { element, update };
}

/** One check-in. Its fields are made when it is first opened: fifty weeks would be hundreds. */
function makeWeek(/** @type {Context} */ ctx, section, table, row, { say, drops, fieldOf, open }) {
  const head = h("h3", {}), said = h("span", { class: "small week-said", dir: "auto" }), summary = h("summary", {}, head, said);
  const remove = makeButton("link", () => drops.remove(row, head.textContent), say("remove"));
  const element = h("details", { class: "week", "data-row": row, open });
  element.append(summary);
  let part = null;
  const waiting = section.questions.map(({ id }) => fieldOf(row, id));
  for (const name of waiting) ctx.fields.set(name, { element, focus: () => { fill(); ctx.fields.get(name).focus(); } });

  function fill() {
    element.open = true;
    if (part) return;
    part = makeSection(ctx, { ...section, title: "", intro: "" }, `${table.id}/${row}/`);
    element.append(part.element, remove);
    part.update();
  }
  element.addEventListener("toggle", () => element.open && fill());
  if (open) fill();

  function update({ head: text, said: words }) {
    setText(head, text);
    setText(said, words ? say("said", { text: words }) : "");
    part?.update();
  }
  const focus = () => part.fields.find((field) => !field.element.hidden && field.name !== fieldOf(row, table.label))?.focus();
  return {
    element, update,
    open: () => { fill(); element.scrollIntoView({ block: "nearest" }); focus(); },
    close: () => { part?.fields.forEach((field) => field.close()); waiting.forEach((name) => ctx.fields.delete(name)); },
  };
}
