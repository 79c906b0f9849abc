// The weekly page: what a workgroup runs its 30 minutes from. Every part leads to the field that changes it.
import { drawingOf, fill, h, makeButton, newId } from "../common/dom.js";
import { makeBriefDoor } from "../brief/brief.js";
import { markOf } from "../cards/card.js";
import { makeOverview, makeTick, titleLevel } from "../cards/overview.js";
import { pageLink } from "../common/goto.js";
import { movesElement } from "./moves.js";

const own = (tell) => ({ look: (group, example) => tell({ type: "look", group, example }) });
const makeDoor = ({ brief: { stage, words } }, ask) => makeBriefDoor(stage, words, ask);

function pageElements(page, act, door) {
  const { words } = page;
  return [
    h("div", { class: "weekly-head" },
      h("div", {}, h(titleLevel("weekly"), { class: "weekly-title", dir: "auto" }, page.title), h("p", { class: "small" }, `${page.day}. ${words.about}`)),
      controls(page, act, door)),
    page.example && h("p", { class: "small" }, page.note),
    page.notice && h("p", { class: "notice" }, page.notice),
    h("div", { class: "purpose" }, saidElement(words.outcome, page.outcome, "outcome", words), saidElement(words.question, page.question, "question", words)),
    sheetsElement(page, words),
    part("measures", page, measuresElement(page, words)),
    h("div", { class: "weekly-two" },
      part("practices", page, practicesElement(page, words)),
      h("div", { class: "stack" }, part("time", page, timeElement(page, words)), part("connections", page, connectionsElement(page, words)))),
    h("div", { class: "weekly-two" },
      part("obstacles", page, obstaclesElement(page, words)),
      h("div", { class: "stack" }, part("action", page, actionElement(page, words, act)), part("problems", page, problemsElement(page, words)), door.element)),
    movesElement(page.moves, page.move_words),
  ].filter(Boolean);
}

/** The group, the sponsor page, the calendar, print, and the finished example. */
function controls({ group, groups, example, words }, act, door) {
  const select = groups.length > 1 && h("label", { class: "small" }, words.group, " ",
    h("select", { "data-key": "group", onchange: ({ target }) => act.look(target.value, example) },
      groups.map((one) => h("option", { value: one, selected: one === group }, one))));
  return h("div", { class: "weekly-tools" }, select,
    makeButton("button quiet", door.open, words.open_sponsor),
    makeButton("button quiet", act.calendar, words.calendar),
    makeButton("button quiet", () => globalThis.print(), words.print),
    h("button", { type: "button", class: "link", "data-key": "example", onclick: () => act.look("", !example) }, example ? words.see_own : words.see_example));
}

const saidElement = (name, { text, href }, key, words) => h("div", {},
  h("p", { class: "eyebrow" }, name),
  h("p", { class: text ? "say" : "say small", dir: "auto" }, text || words.not_yet),
  href && h("p", { class: "small" }, pageLink(href, { "data-key": `said-${key}`, "aria-label": `${text ? words.change : words.say_it}: ${name}` }, text ? words.change : words.say_it)));

/** Each sheet's own word, the stage's own word, and one next step. */
function sheetsElement({ mark, text, sheets, next }, words) {
  const id = newId();
  return h("section", { class: "card sheets", "aria-labelledby": id },
    h("h2", { id, class: "eyebrow" }, words.sheets),
    h("p", { class: "stage" }, mark && markOf(mark), " ", text),
    sheets.length > 0 && h("ul", { class: "plain" }, sheets.map(({ id: key, title, href, mark: own }) => h("li", {}, markOf(own), " ", pageLink(href, { "data-key": `sheet-${key}` }, title)))),
    next && h("p", { class: "next" }, h("span", { class: "small" }, words.next), " ", pageLink(next.href, { "data-key": "next" }, next.text)));
}

/** A part with its heading, the minutes that it takes, and the way to where it is changed. */
function part(name, { words, hrefs }, body) {
  const id = newId(), minutes = words[`plan.${name}`], title = words[`part.${name}`];
  return h("section", { class: `card part ${name}`, "aria-labelledby": id },
    h("div", { class: "apart" }, h("h2", { id }, title),
      h("p", { class: "small" }, minutes && fill(words.minutes, { minutes }), " ",
        hrefs[name] && pageLink(hrefs[name], { "data-key": `part-${name}`, "aria-label": `${words.change}: ${title}` }, words.change))),
    body);
}

function measuresElement({ charts, luck }, words) {
  if (!charts.length) return [h("p", {}, words["run.none"])];
  return [
    h("div", { class: "runs" }, charts.map(({ name, svg, alt, says, signal, href }, place) => h("div", {},
      h("h3", { dir: "auto" }, pageLink(href, { "data-key": `chart-${place}` }, name)),
      h("div", { role: "img", "aria-label": alt, class: "run" }, drawingOf(svg)),
      h("p", { class: signal ? "changed" : "" }, signal && h("span", { class: "shape", "aria-hidden": "true" }, "◆ "), says)))),
    h("p", { class: "small" }, words["run.key"], " ", luck),
  ];
}

function practicesElement({ columns }, words) {
  return [
    h("div", { class: "nine" }, columns.map(({ title, practices }) => h("div", {}, h("h3", { class: "eyebrow" }, title),
      h("ul", { class: "plain" }, practices.map(({ name, own, state, arrow, href }) => h("li", { class: own ? "" : "off" },
        h("h4", {}, pageLink(href, { "data-key": `practice-${name}` }, name)),
        h("p", { class: "small" }, arrow && h("span", { "aria-hidden": "true" }, `${arrow} `), state),
        own && h("p", { dir: "auto" }, `“${own}”`))))))),
    h("p", { class: "small" }, words["practice.start"], " ", words["practice.placement"]),
  ];
}

function timeElement({ freed: { people, week, apart } }, words) {
  if (!people.length) return [h("p", {}, words["time.none"]), apart && h("p", { class: "small" }, apart)];
  return [
    h("ul", { class: "plain bars" }, people.map(({ person, share, part: size, below }) => h("li", {},
      h("span", { dir: "auto" }, person),
      barElement(size),
      below ? markOf({ level: "warn", word: share }) : h("span", {}, share)))),
    h("p", { class: "small" }, week, " ", apart), h("p", { class: "small" }, words["time.private"]),
  ];
}

/** A share as a bar; its width is set by script, for the page's policy allows no style in the markup. */
function barElement(share) {
  const filled = h("span", {});
  filled.style.width = `${Math.min(100, share * 100)}%`;
  return h("span", { class: "share-bar", "aria-hidden": "true" }, filled);
}

function connectionsElement({ connections, customers }, words) {
  if (!connections.length) return [h("p", {}, words["connection.none"])];
  return [
    h("dl", { class: "counts" }, connections.map(([name, count]) => h("div", {}, h("dt", {}, name), h("dd", {}, String(count))))),
    customers && h("p", { class: "small" }, customers),
  ];
}

function obstaclesElement({ obstacles, sponsor }, words) {
  const [what, cover, fix, owner, age, none] = ["what", "cover", "fix", "owner", "age", "none"].map((one) => words[`obstacle.${one}`]);
  if (!obstacles.length) return [h("p", {}, none)];
  const cell = (label, ...content) => h("td", { role: "cell", "data-label": label, dir: "auto" }, content);
  return [
    h("table", { role: "table" },
      h("thead", {}, h("tr", { role: "row" }, [what, cover, fix, owner, age].map((one) => h("th", { role: "columnheader", scope: "col" }, one)))),
      h("tbody", {}, obstacles.map((one, place) => h("tr", { role: "row" },
        h("th", { role: "rowheader", scope: "row", dir: "auto" }, pageLink(one.href, { "data-key": `obstacle-${place}` }, one.what)),
        cell(cover, one.cover), cell(fix, one.fix), cell(owner, one.owner),
        cell(age, one.old ? markOf({ level: "warn", word: one.age }) : one.age))))),
    h("p", { class: "small" }, sponsor),
  ];
}

const problemsElement = ({ problems }, words) => (problems.length
  ? h("ul", { class: "plain" }, problems.map(([name, state]) => h("li", { dir: "auto" }, name, h("span", { class: "small" }, ` ${state}`))))
  : h("p", {}, words["problem.none"]));

function actionElement({ action, review, hrefs }, words, act) {
  const begin = pageLink(hrefs.action, { class: "button", "data-key": "check-in" }, words["action.begin"]);
  return [
    action ? h("p", { dir: "auto" }, pageLink(action.href, { "data-key": "action" }, action.text)) : h("p", {}, words["action.none"]),
    action && h("p", {}, makeTick(words["action.done"], action.text, action.done, (now) => act.done(action.worksheet, action.tick, now), "tick")),
    h("p", { class: "check-in" }, begin),
    review && h("p", { class: "small" }, review),
  ];
}

export default makeOverview("weekly", { own, makeDoor, elements: pageElements });
