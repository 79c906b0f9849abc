// The form's page: its head, its sections in the order of the content, what stands below them.
import { h, makeButton, makeList, newId, setAttr, setText } from "../common/dom.js";
import { askForStep, pageLink } from "../common/goto.js";
import { isPhone } from "./browser.js";
import { makeCandidates } from "./candidates.js";
import { whoList } from "./field.js";
import { makeNotices } from "./notices.js";
import { makeTable } from "./rows.js";
import { inOrder, makePictured, makeSection } from "./section.js";
import { letCount, makeToolbar, mayCount, startOwn, tryExample } from "./toolbar.js";
/** @import { Context } from "./context.js" */

const OPEN_LINES = 3;
const TURN_MS = 20; // so long sections are filled in one go; then the page may draw, and hear its person

/** The page of one worksheet: {elements, update(), fill(), stop(), notice(text, bad)}. Its sections are filled one
 * after the other, what one sees first at once; fill() fills all that are left, stop() leaves them. */
export function makePage(/** @type {Context} */ ctx) {
  const { notes, prompts } = ctx.sheet;
  const notices = makeNotices(ctx);
  const parts = [makeToolbar(ctx), makeHead(ctx), notices, makeWelcome(ctx), makeCarried(ctx), makeSections(ctx, () => notices.update())];
  const [toolbar, head, said, welcome, carried, sections] = parts.map((part) => part.element);
  const below = [["more_notes", notes.map(noteText)], ["prompts", prompts.map(noteText)], ["sources", sourcesOf(ctx)]];
  const closed = below.filter(([, all]) => all.length).map(([title, all]) =>
    h("details", { class: "deeper" }, h("summary", {}, h("h3", {}, ctx.say(title))), all));
  const { next } = ctx.sheet;
  const onward = next && pageLink(next.href, { class: "button" }, ctx.say("go_on", { sheet: next.title }));
  const on = h("p", { class: "buttons onward" }, onward);
  const skip = makeButton("button quiet to-step", () => askForStep(skip, ctx.sheet.id), ctx.say("to_step"));
  const background = h("section", { class: "deeper-group background" }, h("h2", {}, ctx.say("background")), closed);
  return {
    elements: [skip, head, toolbar, said, welcome, carried, sections, on, background],
    // From the end: the notices say what no question shows any more.
    update: () => {
      parts.toReversed().forEach((part) => part.update());
      on.hidden = !ctx.state.onward;
      if (next && ctx.state.onward) setAttr(onward, "href", ctx.state.onward);
    },
    fill: parts.at(-1).fill,
    stop: parts.at(-1).stop,
    notice: notices.say,
  };
}

/** Headline, what the sheet is for, how far it is, who sees it; and that it is an example. */
function makeHead(/** @type {Context} */ ctx) {
  const { sheet, say } = ctx;
  const level = document.querySelector("h1:not(.pb-form h1)") ? "h2" : "h1";
  const id = newId();
  const progress = h("p", { id }), seen = h("p", {}), label = h("p", {});
  const meter = h("div", { class: "steps", role: "progressbar", "aria-valuemin": 0, "aria-labelledby": id });
  const bars = makeList(meter, () => {
    const bar = h("i", {});
    return { element: bar, update: ({ on }) => bar.classList.toggle("on", on) };
  });
  const privacy = h("details", { class: "privacy" }, h("summary", {}, say("privacy")), seen);
  const own = makeButton("link", () => startOwn(ctx), say("start_own"));
  const example = h("div", { class: "notice plain" }, label, own);
  const said = h("span", { dir: "auto" }), count = makeButton("link", () => letCount(ctx), say("let_count"));
  const counts = h("p", { class: "small counts" }, said, " ", count);
  const here = h("p", { role: "status" });
  const counter = h("div", { class: "counter" }, meter, progress);
  const element = h("header", { class: "head" }, h(level, {}, sheet.headline), counter, h("p", { class: "intro" }, sheet.intro),
    h("div", { class: "small split" }, h("p", {}, say("minutes", { minutes: sheet.minutes })), privacy, here), counts, example);

  function update() {
    const { answered, asked, waiting } = ctx.progress;
    counter.hidden = asked === 0;
    bars.sync(Array.from({ length: asked }, (_, place) => ({ key: place, on: place < answered })));
    setAttr(meter, "aria-valuenow", answered);
    setAttr(meter, "aria-valuemax", Math.max(asked, 1));
    const open = waiting > 0 ? say(waiting === 1 ? "waiting_one" : "waiting", { count: waiting }) : "";
    setText(progress, [say("progress", { answered, asked }), open].filter(Boolean).join(", "));
    setText(seen, ctx.state.privacy);
    setText(here, ctx.others.length ? say("others", { names: ctx.others.join(", ") }) : "");
    const { counts: record, worksheet } = ctx.state;
    setText(said, record ? say(record.id === worksheet.id ? "counts_here" : "counts_other", record) : "");
    counts.hidden = !record;
    count.hidden = !mayCount(ctx);
    setText(label, ctx.state.label ?? "");
    example.hidden = !ctx.state.label;
  }
  return { element, update };
}

/** What somebody who has answered nothing yet sees first. With the first answer it is no longer true and goes
 * out of sight; its room stays until the page is loaded again, so that nothing moves under a finger. */
function makeWelcome(/** @type {Context} */ ctx) {
  const blank = ctx.isBlank() && ctx.state.worksheets.length < 2 && ctx.state.new_here;
  const load = makeButton("button quiet", () => tryExample(ctx), ctx.say("load_example"));
  const others = ctx.sheet.stories.map((story) => makeButton("link", () => tryExample(ctx, story), story.offer));
  const element = h("p", { class: "welcome" }, h("span", {}, ctx.say("welcome")), load, others);
  return {
    element,
    update: () => {
      element.hidden = !blank || Boolean(ctx.state.label);
      element.classList.toggle("out-of-sight", !ctx.isBlank());
    },
  };
}

/** What other sheets decided, to read here and to change there. */
function makeCarried(/** @type {Context} */ ctx) {
  const id = newId(), list = h("ul", { class: "plain" });
  const lines = makeList(list, ({ href, sheet }) => {
    const text = h("span", { dir: "auto" });
    const link = href && h("a", { href }, ctx.say("carried_change", { sheet }));
    const table = makeSmallTable();
    return { element: h("li", {}, text, " ", link, table.element), update: (one) => { setText(text, one.text); table.update(one.table); } };
  });
  const folded = h("details", {}, h("summary", {}, h("h2", { id }, ctx.say("carried"))), list);
  const element = h("section", { class: "carried", "aria-labelledby": id }, folded);
  let first = true;
  function update() {
    if (!ctx.state.carried) return; // a gate's is told a moment after its questions
    const shown = ctx.state.carried.filter(({ text }) => text);
    // The first question comes before much that other sheets say; on a phone, before all of it. A gate's
    // verdict tells it by itself.
    if (first) folded.open = !isPhone() && shown.length <= OPEN_LINES && shown.some(({ must }) => !must);
    first = false;
    element.hidden = shown.length === 0;
    lines.sync(shown.map((one) => ({ ...one, key: `${one.id} ${one.href}` })));
  }
  return { element, update };
}

/** A table that is only read: its headings first, then rows that begin with their names. */
function makeSmallTable() {
  const element = h("table", { hidden: true });
  let drawn = "[]";
  function update(lines = []) {
    const said = JSON.stringify(lines), [heads, ...rows] = lines;
    element.hidden = rows.length === 0;
    if (said === drawn) return;
    drawn = said;
    const cell = (text, place) => h(place ? "td" : "th", { scope: place ? null : "row", dir: "auto" }, text);
    element.replaceChildren(
      h("thead", {}, h("tr", {}, (heads ?? []).map((text) => h("th", { scope: "col" }, text)))),
      h("tbody", {}, rows.map((row) => h("tr", {}, row.map(cell)))),
    );
  }
  return { element, update };
}

/** Everything that is asked, each section once; a candidates table's sections stand together, but for those that
 * go deeper and come after another table's. `filled` is told when all of them are. */
function makeSections(/** @type {Context} */ ctx, filled) {
  const { sheet, labels } = ctx;
  const later = new Map();
  const made = sheet.sections.map((section) => {
    const table = labels.table(section.table);
    if (!table) return makeSection(ctx, section);
    if (!table.candidates) return section.view ? makePictured(ctx, section, table) : makeTable(ctx, section, table);
    const together = sheet.sections.filter((other) => other.table === table.id);
    if (together[0] !== section) return later.get(section.id);
    const runs = deeperRuns(sheet, table), candidates = makeCandidates(ctx, table, together, runs);
    candidates.later.forEach((part, place) => later.set(runs[place + 1][0], part));
    return candidates;
  });
  const parts = made.filter(Boolean);
  ctx.reveal = (name) => {
    const { table, row } = labels.at(name);
    if (row && labels.table(table)?.candidates) parts.find((part) => part.turn).turn(row);
    else if (row) asking(name)?.reach?.(row);
    for (let at = ctx.fields.get(name)?.element; at; at = at.parentElement) if (at.matches("details")) at.open = true;
  };
  const placeOf = (name) => {
    const { table, question } = labels.at(name);
    return sheet.sections.findIndex((one) => (one.table ?? undefined) === table && one.questions.some(({ id }) => id === question));
  };
  const asking = (name) => made[placeOf(name)];
  ctx.sectionOf = (name) => {
    const section = sheet.sections[placeOf(name)];
    return section && element.querySelector(`[data-section="${section.id}"]`);
  };
  const element = h("form", { "aria-label": sheet.title, onsubmit: (event) => event.preventDefault() }, inOrder(ctx, parts));
  let turn = null;
  ctx.unfilled = [...parts];
  function update() {
    parts.filter((part) => !ctx.unfilled.includes(part)).forEach((part) => part.update());
    if (ctx.unfilled.length && !turn) fill(TURN_MS);
  }
  function fill(time = Infinity) {
    const until = performance.now() + time;
    stop();
    while (ctx.unfilled.length && performance.now() < until) ctx.unfilled.shift().update();
    if (ctx.unfilled.length) turn = setTimeout(() => fill(TURN_MS));
    else filled();
    setAttr(element, "aria-busy", ctx.unfilled.length ? "true" : null);
  }
  const stop = () => { clearTimeout(turn); turn = null; };
  return { element, update, fill, stop };
}

const noteText = ({ title, text }) => h("article", { class: "definition" }, h("h4", {}, title), h("p", {}, text));

/** Where everything on the sheet comes from: its questions and what is said in its notes. */
function sourcesOf(/** @type {Context} */ ctx) {
  const { sections, notes, prompts } = ctx.sheet;
  const asked = sections.flatMap((section) => section.questions).map(({ text, who }) => ({ title: text, who }));
  return [...asked, ...notes, ...prompts].filter(({ who }) => who.length).map(({ title, who }) =>
    h("article", { class: "definition" }, h("h4", {}, title), whoList(ctx, who)));
}

/** The sections of a table that go deeper, by their ids: a list for all that nothing else stands between. */
function deeperRuns(sheet, table) {
  const runs = [];
  let own = false;
  for (const section of sheet.sections.filter((one) => one.deeper)) {
    if (section.table === table.id) own ? runs.at(-1).push(section.id) : runs.push([section.id]);
    own = section.table === table.id;
  }
  return runs;
}
