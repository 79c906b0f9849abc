// Home: the stage in work with its musts, what was promised for this week, and one button that goes on.
import { fill, h, makeButton, newId } from "../common/dom.js";
import { makeBriefDoor } from "../brief/brief.js";
import { markOf } from "../cards/card.js";
import { makeOverview, makeTick, titleLevel } from "../cards/overview.js";
import { pageLink } from "../common/goto.js";

const own = (tell) => ({ count: (worksheet) => tell({ type: "count", worksheet }) });
const makeDoor = ({ brief: { stage, words }, begun }, ask) => makeBriefDoor(stage, words, ask, { example: !begun, thumb: true });

function homeElements(payload, act, door) {
  const { stages, begun, week, today, example, privacy, notice, words } = payload;
  const inWork = stages.filter(({ work }) => work);
  const place = (stage) => stages.indexOf(stage) + 1;
  return [
    h("div", { class: "home-head" },
      h("div", {}, h("p", { class: "small" }, today), h(titleLevel("home"), { class: "home-title" }, words.title)),
      goOnElement(payload, door)),
    !begun && h("p", { class: "intro" }, words.intro),
    notice && h("p", { class: "notice" }, notice),
    h("div", { class: "home-body" }, h("div", { class: "home-grid" },
      h("div", { class: "stack in-work" }, inWork.map((stage) => workElement(stage, place(stage), words, act))),
      h("div", { class: "stack beside" },
        week.now.length + week.later.length + week.done.length > 0 && weekElement(week, words, act),
        door.element,
        example && exampleElement(example, words),
        casesElement(payload.cases)),
      laterElement(stages.filter(({ work }) => !work), place, words))),
    h("section", { class: "where" }, h("h2", {}, words.where), h("p", {}, privacy)),
  ].filter(Boolean);
}

/** The one filled button; at the foot of a phone, beside the word of the stage. It leads to the brief once all is decided. */
function goOnElement({ stages, go_on: goOn, begun, brief }, door) {
  const now = stages.findLast(({ work, beside }) => work && !beside);
  const button = goOn ? pageLink(goOn.href, { class: "button", "data-key": "go-on" }, goOn.text)
    : begun && makeButton("button", door.open, brief.words.open);
  return button && h("p", { class: "go-on" }, now && markOf(now.work.mark), button);
}

/** The way to the cases: to decide as others had to, and then read what happened. */
const casesElement = ({ title, about, open, href }) => h("section", { class: "card story" }, h("h2", { class: "eyebrow" }, title), h("p", {}, about),
  h("p", {}, pageLink(href, { class: "button quiet", "data-key": "cases" }, open)));

// -- a stage

function workElement(stage, place, words, act) {
  const id = newId(), { work, beside } = stage;
  return h("section", { class: "card work", "aria-labelledby": id },
    h("div", { class: "apart" }, h("h2", { id }, headingOf(stage, place)), h("span", { class: `stamp ${work.mark.level}-wash` }, markOf(work.mark))),
    work.text && h("p", {}, work.text),
    work.musts.length > 0 && sheetList(work.musts, words, act),
    work.open.length > 0 && h("div", {}, h("h3", { class: "eyebrow" }, words.open),
      h("ul", { class: "open" }, work.open.map(({ text, href }, number) =>
        h("li", {}, pageLink(href, { "data-key": `open-${place}-${number}` }, text))))),
    work.supporting.length > 0 && !beside && h("h3", { class: "eyebrow" }, words.supporting),
    work.supporting.length > 0 && sheetList(work.supporting, words, act),
    work.decision && h("p", { class: "decision", dir: "auto" }, work.decision),
    work.decide && h("p", { class: "decide" },
      work.page && pageLink(work.page.href, { class: "button quiet", "data-key": `page-${place}` }, work.page.text),
      pageLink(work.decide, { class: "button quiet", "data-key": `decide-${place}` }, work.decide_text)));
}

/** Stages that nobody has begun: a line each where there is something to begin, and one line for all the others. */
function laterElement(stages, place, words) {
  const unbuilt = stages.filter(({ href }) => !href);
  const names = unbuilt.map((stage) => headingOf(stage, place(stage))).join(words.later_and);
  return h("div", { class: "lines" },
    stages.filter(({ href }) => href).map((stage) => lineElement(stage, place(stage), words)),
    unbuilt.length > 0 && h("details", { class: "unbuilt", "data-key": "later" }, h("summary", {}, fill(words.later, { stages: names })),
      unbuilt.map((stage) => lineElement(stage, place(stage), words))));
}

/** A stage has its number; what stands beside the stages has none. */
const headingOf = ({ title, beside }, place) => beside ? title : `${place} ${title}`;

const lineElement = (stage, place, words) => h("section", { class: "stage" },
  h("h2", {}, headingOf(stage, place)), h("span", {}, stage.question),
  stage.href && h("span", { class: "small" }, words.not_begun, " ", pageLink(stage.href, { "data-key": `begin-${place}` }, words.look_inside)));

const sheetList = (sheets, words, act) => h("ul", { class: "musts" }, sheets.map((sheet) => h("li", {}, sheetElement(sheet, words, act))));

function sheetElement(sheet, words, act) {
  const { id, title, href, mark, name, text, next, worksheets } = sheet;
  return [markOf(mark), h("div", {},
    h("h3", {}, pageLink(href, { "data-key": id }, title)),
    h("p", {}, text),
    next && h("p", { class: "small" }, `${words.next} `, pageLink(next.href, { "data-key": `next-${id}` }, next.text)),
    worksheets.length > 0 ? worksheetsElement(sheet, words, act) : name && h("p", { class: "small", dir: "auto" }, name))];
}

/** All worksheets of a sheet: which one counts, and the offer to let another count. */
function worksheetsElement({ id, worksheets }, words, act) {
  const onlyExample = worksheets.every(({ example }) => example);
  const said = onlyExample ? words.worksheets_example : fill(words.worksheets, { count: worksheets.length });
  const offer = (worksheet) => makeButton("link", () => act.count(worksheet.id), words.let_count, h("span", { class: "visually-hidden" }, `: ${worksheet.name}`));
  return h("details", { class: "worksheets", "data-key": `worksheets-${id}` }, h("summary", {}, said),
    h("ul", {}, worksheets.map((one) => h("li", {},
      pageLink(one.href, { dir: "auto", "data-key": one.id }, one.name), " ", markOf(one.mark),
      one.counts && h("span", { class: "ours" }, words.counts),
      one.example && h("span", { class: "ours" }, words.example_badge),
      !one.counts && !one.example && offer(one)))));
}

// -- beside it

function weekElement({ now, later, done, dated }, words, act) {
  const id = newId(), more = later.length > 1 ? fill(words.week_more, { count: later.length }) : words.week_more_one;
  const title = now.length > 1 ? fill(words.week, { count: now.length }) : now.length ? words.week_one : words.week_none;
  return h("section", { class: "card week", "aria-labelledby": id },
    h("h2", { id }, title),
    now.length > 0 && actionList(now, words, act),
    later.length > 0 && h("details", { "data-key": "all-actions" }, h("summary", {}, more), actionList(later, words, act)),
    done.length > 0 && h("details", { "data-key": "done-actions" },
      h("summary", {}, fill(words.week_done, { count: done.length })), actionList(done, words, act, true)),
    dated && h("p", {}, makeButton("button quiet", act.calendar, words.calendar)));
}

const actionList = (actions, words, act, done = false) => h("ul", { class: "promises" }, actions.map((action) => {
  const { what, who, day, late, href, worksheet, tick } = action;
  return h("li", {}, h("div", {},
    pageLink(href, { dir: "auto" }, what),
    h("div", { class: "small" }, late && markOf({ level: "fail", word: words.late }), late && " ",
      h("span", { dir: "auto" }, fill(late ? words.was : words.by, { who: who || words.no_owner, day: day || words.no_day })))),
    tick && makeTick(words.tick, what, done, (now) => act.done(worksheet, tick, now), `done-${worksheet}-${tick}`));
}));

/** One story through all sheets: where it begins, and each sheet of it; then the other stories. */
function exampleElement({ begin, sheets, others }, words) {
  const id = newId();
  return h("section", { class: "card story", "aria-labelledby": id },
    h("h2", { class: "eyebrow", id }, words.learn),
    h("p", {}, pageLink(begin.href, { "data-key": "example" }, begin.text)), h("p", { class: "small" }, words.example_about),
    sheets.length > 1 && h("details", { "data-key": "story" }, h("summary", {}, fill(words.example_sheets, { count: sheets.length })),
      h("ol", {}, sheets.map(({ text, href }) => h("li", {}, pageLink(href, { "data-key": `story-${href}` }, text))))),
    ...others.map((other, number) => h("p", {}, pageLink(other.href, { "data-key": `example-${number}` }, other.text))));
}

export default makeOverview("home", { own, makeDoor, elements: homeElements });
