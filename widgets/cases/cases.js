// Cases, played alone: the list, a step with its decision, what happened, the end. The kernel sends what is sealed the
// way to; until then what is written waits in this browser.
import { h, fill, makeButton, newId, placeChildren, setText, uuid } from "../common/dom.js";
import { connectCard, tellKernel } from "../cards/card.js";
import { titleLevel } from "../cards/overview.js";
import { pageLink } from "../common/goto.js";
import { makeStorage, pageFacts } from "../common/link.js";
import { makeDecision } from "./decision.js";
import { makeOwnForm } from "./own.js";
import { revealElements } from "./reveal.js";

const OPEN = "pb:case:open"; // the play that this tab shows
const PATIENCE_MS = 12_000;

export default {
  render({ model, el }) {
    const tell = (message) => tellKernel(model, message);
    const tab = makeStorage("sessionStorage"), local = makeStorage("localStorage");
    const shownHere = h("div", { class: "cases-shown" }), told = h("p", { class: "visually-hidden", role: "status" });
    const root = h("div", { class: "cases" }, shownHere, told);
    let shown = "", place = "", waiting = null, decision = null;

    const hello = () => tell({ type: "hello", page: pageFacts(), play: addressed() ?? tab.get(OPEN) ?? "" });
    const seen = () => { if (document.visibilityState === "visible") hello(); };
    const act = {
      begin: (id, minutes) => tell({ type: "begin", case: id, minutes }),
      open: (play, step = 0) => tell({ type: "open", play, step }),
      note: (play, text) => tell({ type: "note", play, text }),
      erase: (play) => tell({ type: "erase", play }),
      write: (worksheet) => tell({ type: "write", worksheet }),
      own: (page) => makeOwnForm(page, {
        kept: JSON.parse(local.get(`pb:case:own:${page.worksheet}`) ?? "null"),
        keep: (given) => local.set(`pb:case:own:${page.worksheet}`, JSON.stringify(given)),
        send: (answers) => tell({ type: "keep", worksheet: page.worksheet, answers }),
        kept_now: () => { local.remove("pb:case:own:"); local.remove(`pb:case:own:${page.worksheet}`); },
      }, act),
      decision: (page) => {
        const key = `pb:case:${page.play}:${page.before.id}`;
        decision = makeDecision(page.before, page.words, {
          kept: JSON.parse(local.get(key) ?? "null"),
          keep: (given) => local.set(key, JSON.stringify(given)),
          seal: (answers) => {
            const opId = decision.opId ??= uuid(); // pressed again, it is the same decision
            tell({ type: "seal", play: page.play, step: page.before.step, op_id: opId, answers });
            decision.busy(true);
            waiting = setTimeout(() => refused(page.words.not_sealed), PATIENCE_MS);
          },
        });
        return decision.element;
      },
    };

    function refused(text, field) {
      clearTimeout(waiting);
      if (decision) decision.refuse(text, field);
      else setText(told, text);
    }

    function show({ said, ...page }) {
      clearTimeout(waiting);
      const now = JSON.stringify(page);
      if (now !== shown) {
        shown = now;
        document.querySelector("[data-pb-stand-in]")?.remove(); // the list that the server sent along
        decision = null;
        if (page.screen === "list") forget();
        else if (page.play) tab.set(OPEN, page.play);
        if (page.screen === "reveal") local.remove(`pb:case:${page.play}:${page.before.id}`);
        const at = `${page.screen} ${page.screen === "own" ? "" : page.play ?? ""} ${page.before?.id ?? ""}`, moved = place && at !== place;
        place = at;
        const key = /** @type {HTMLElement | null} */ (shownHere.querySelector(":focus"))?.dataset.key;
        placeChildren(shownHere, [
          page.notice && h("p", { class: "notice" }, page.notice),
          page.trouble && h("p", { class: "notice" }, page.trouble),
          SCREENS[page.screen](page, act),
        ].flat(Infinity).filter(Boolean));
        if (moved) lead(shownHere);
        else if (key) keyed(shownHere, key)?.focus({ preventScroll: true }); // all is drawn anew
      } else decision?.busy(false);
      if (said) setText(told, said);
    }

    /** An address may name a play; whoever goes back to the list leaves it. */
    function forget() {
      tab.remove(OPEN);
      if (addressed() === null) return;
      const address = new URL(location.href);
      address.searchParams.delete("play");
      history.replaceState(history.state, "", address);
    }

    el.classList.add("pb");
    el.append(root);
    const leave = connectCard(model, root, { show, refused: ({ text, field }) => refused(text, field) });
    hello();
    document.addEventListener("visibilitychange", seen); // another tab may have gone on since
    return () => {
      document.removeEventListener("visibilitychange", seen);
      clearTimeout(waiting);
      leave();
    };
  },
};

/** @returns {HTMLElement | null} */
const keyed = (root, key) => root.querySelector(`[data-key="${key}"]`);

const addressed = () => new URL(location.href).searchParams.get("play");

/** Another screen: its heading gets the focus and is in sight. */
function lead(root) {
  const heading = root.querySelector("[tabindex='-1']");
  heading?.focus({ preventScroll: true });
  root.scrollIntoView({ block: "start" });
}

const headingOf = (text, props = {}) => h(titleLevel("cases"), { class: "cases-title", tabindex: "-1", dir: "auto", ...props }, text);
const SCREENS = { list: listElements, step: stepElements, reveal: playedElements, end: endElements, own: ownElements };

// -- the list

function listElements({ going, over, sizes, own, privacy, words, own_words: said }, act) {
  return [
    headingOf(words.title),
    h("p", { class: "intro" }, words.intro),
    going.length > 0 && part(words.go_on, h("ul", { class: "plain" }, going.map((one, place) => playElement(one, words, act, place === 0)))),
    sizes.map(({ title, folded, cases }) => (folded
      ? h("details", { class: "part sparks" }, h("summary", {}, h("h2", {}, title)), caseList(cases, words, act))
      : part(title, caseList(cases, words, act)))),
    part(words.your_cases, own.length > 0 && caseList(own, words, act, said), h("p", {}, said.write_about), h("p", {}, makeButton("button quiet", () => act.write(""), said.write))),
    over.length > 0 && part(words.played, h("ul", { class: "plain" }, over.map((one) => playElement(one, words, act, false)))),
    h("section", { class: "where" }, h("h2", {}, words.privacy_title), h("p", {}, privacy)),
  ];
}

function part(title, ...body) {
  const id = newId();
  return h("section", { class: "part", "aria-labelledby": id }, h("h2", { id }, title), body);
}

const caseList = (cases, words, act, said) => h("ul", { class: "plain offered" }, cases.map((one) => h("li", { class: "card" },
  h("h3", { dir: "auto" }, one.title),
  one.problem ? h("p", { class: "small" }, fill(words.broken, one)) : [
    h("p", { dir: "auto" }, one.opening),
    beginElements(one, words, act),
  ],
  one.worksheet && h("p", { class: "buttons" }, makeButton("link", () => act.write(one.worksheet), said.change, h("span", { class: "visually-hidden" }, `: ${one.title}`)),
    makeButton("link", () => act.erase(one.worksheet), said.remove, h("span", { class: "visually-hidden" }, `: ${one.title}`))))));

/** One length has one button; several are chosen by how long they take alone. */
function beginElements({ id, title, routes }, words, act) {
  const begin = ({ minutes }, ...told) => makeButton("button quiet", () => act.begin(id, minutes), told, h("span", { class: "visually-hidden" }, `: ${title}`));
  if (routes.length > 1)
    return [h("p", { class: "small" }, words.how_long), h("p", { class: "buttons" }, routes.map((one) => begin(one, fill(words.play_long, { minutes: one.alone, steps: one.steps }))))];
  return routes.map((one) => [h("p", { class: "small" }, fill(one.steps === 1 ? words.about_one : words.about, { minutes: one.alone, steps: one.steps })), begin(one, words.play)]);
}

function playElement({ play, title, step, steps, over, day }, words, act, first) {
  const sure = h("span", { class: "buttons", hidden: true }, h("span", {}, words.erase_sure),
    makeButton("link", () => act.erase(play), words.erase_yes), makeButton("link", () => { sure.hidden = true; }, words.erase_no));
  const of = h("span", { class: "visually-hidden" }, `: ${title}, ${day}`);
  return h("li", { class: "card going" }, h("div", {}, h("h3", { dir: "auto" }, title), h("p", { class: "small" }, over ? fill(words.played_on, { day }) : `${fill(words.go_on_step, { step, steps })}. ${day}`)),
    h("p", { class: "buttons" }, makeButton(first ? "button" : "button quiet", () => act.open(play), over ? words.look : words.go_on, of),
      makeButton("link", () => { sure.hidden = false; sure.querySelector("button").focus(); }, words.erase, of.cloneNode(true))), sure);
}

// -- a case of one's own

function ownElements(page, act) {
  return [
    h("p", { class: "small cases-top" }, makeButton("link", () => act.open(""), "← ", page.words.all_cases)),
    headingOf(page.title), h("p", { class: "intro" }, page.intro), act.own(page),
  ];
}

// -- a step

function stepElements(page, act) {
  const { before, decided, words } = page;
  return [
    topElement(page, act, fill(words.step, before)),
    headingOf(before.heading),
    trailElement(page, act),
    h("div", { class: "cases-two" },
      h("div", { class: "stack" }, situationElements(before, words),
        decided.length > 0 && h("details", {}, h("summary", {}, words.yours), h("dl", { class: "decided" }, decided.map(({ heading, answers }) => [h("dt", {}, heading), answers.filter(Boolean).map((it) => h("dd", { dir: "auto" }, it))])))),
      act.decision(page)),
  ];
}

function situationElements(before, words) {
  const { frame, situation, known, earlier, roles, job } = before;
  return [
    frame && h("p", { class: "frame", dir: "auto" }, frame),
    h("section", {}, h("h2", {}, words.situation), h("p", { dir: "auto" }, situation)),
    roles.length > 0 && h("section", {}, h("h2", {}, words.roles), h("dl", {}, roles.map(({ title, text }) => [h("dt", {}, title), h("dd", {}, text)]))),
    known.length > 0 && h("section", {}, h("h2", {}, words.known), factList(known, words)),
    earlier.length > 0 && h("details", {}, h("summary", {}, fill(words.earlier, { count: earlier.length })), factList(earlier, words)),
    job && h("details", {}, h("summary", {}, words.know), h("p", {}, job)),
  ];
}

/** Facts, each with how sure it is: a shape, a word, and where it can be looked up. */
export const factList = (facts, words) => h("ul", { class: "plain facts" }, facts.map((fact) => h("li", { dir: "auto" }, fact.text, " ",
  h("span", { class: "sure" }, h("span", { "aria-hidden": "true" }, `${fact.mark} `), fact.sure),
  fact.source && h("span", { class: "small from" }, fact.source),
  fact.places.map(({ title, address }) => h("a", { class: "small from", href: address, target: "_blank", rel: "noopener noreferrer" }, title)),
  fact.why && h("span", { class: "small from" }, fill(words.wrong_with, fact)),
  fact.how && h("span", { class: "small from" }, fill(words.worked_out, fact)))));

const topElement = ({ before, words }, act, text) => h("p", { class: "small cases-top" },
  makeButton("link", () => act.open(""), "← ", words.all_cases), h("span", { dir: "auto" }, `${before.title}. ${text}`));

function trailElement({ trail, play, words }, act) {
  if (trail.length < 2) return null;
  return h("nav", { class: "trail", "aria-label": words.trail }, h("ol", { class: "plain" }, trail.map((state, at) => h("li", {},
    state === "done" ? h("button", { type: "button", class: "dot done", "aria-label": fill(words.trail_seen, { step: at + 1 }), onclick: () => act.open(play, at + 1) }, String(at + 1))
      : h("span", { class: `dot ${state}`, "aria-current": state === "here" && "step" }, String(at + 1))))));
}

// -- what happened

function playedElements(page, act) {
  const { before, words, last, play } = page;
  return [
    topElement(page, act, fill(words.reveal_step, before)),
    headingOf(page.reveal.headline),
    trailElement(page, act),
    revealElements(page, factList),
    h("p", { class: "buttons on" }, makeButton("button", () => act.open(play, before.step + 1), last ? words.finish : fill(words.next, { step: before.step + 1 }))),
  ];
}

// -- the end

function endElements(page, act) {
  const { title, honest, debrief, lines, words, play } = page;
  return [
    h("p", { class: "small cases-top" }, makeButton("link", () => act.open(""), "← ", words.all_cases), h("span", { dir: "auto" }, title)),
    headingOf(words.end),
    trailElement(page, act),
    honest && h("section", { class: "hinge" }, h("h2", {}, words.limits), h("p", {}, honest)),
    carryElement(page, act),
    debrief.length > 0 && part(words.questions, h("ul", {}, debrief.map((it) => h("li", {}, it)))),
    part(page.then_day ? words.then_now : words.decisions, decisionsElement(lines, page)),
    h("p", { class: "small" }, words.again_note),
    h("p", { class: "buttons" }, makeButton("button quiet", () => act.begin(page.case, page.minutes), words.play_again),
      makeButton("link", () => act.open(play, 1), fill(words.trail_seen, { step: 1 }))),
  ];
}

function carryElement({ ask, note, note_day: noted, sheet, href, title, play, words }, act) {
  const id = newId(), field = h("textarea", { id, rows: 3, maxlength: 1000, dir: "auto" });
  field.value = note;
  return h("section", { class: "card carry" }, h("h2", {}, words.carry), h("p", {}, ask),
    h("label", { for: id }, words.carry_field), field,
    h("p", { class: "small" }, fill(words.carry_where, { sheet })),
    h("p", { class: "buttons" }, h("button", { type: "button", class: "button", "data-key": "carry", onclick: () => act.note(play, field.value) }, words.carry_put),
      note && href && pageLink(href, {}, fill(words.carry_see, { sheet }))),
    noted && h("p", { class: "small" }, `${fill(words.carry_saved, { sheet })} ${fill(words.carry_note, { title, day: noted })}`));
}

function decisionsElement(lines, { words, now_day: now, then_day: then }) {
  const said = ({ asks }, answers, label) => h("td", { role: "cell", "data-label": label, dir: "auto" }, answers ? asks.map((ask, at) => h("p", {}, h("span", { class: "small" }, ask, " "), answers[at])) : "–");
  const heads = then ? [words.col_step, fill(words.col_then, { day: then }), fill(words.col_now, { day: now })] : [words.col_step, words.col_answer];
  return h("div", { class: "cards" }, h("table", { role: "table" },
    h("thead", {}, h("tr", { role: "row" }, heads.map((it) => h("th", { scope: "col", role: "columnheader" }, it)))),
    h("tbody", {}, lines.map((line) => h("tr", { role: "row" }, h("th", { scope: "row", role: "rowheader" }, line.heading, line.changed && h("span", { class: "ours" }, words.changed)),
      then && said(line, line.then, heads[1]), said(line, line.now, heads.at(-1)))))));
}
