// The room of a participant.
import { makeAct } from "./act.js";
import { agreedList } from "./agreed.js";
import { makeCarry } from "./carry.js";
import { drawCase } from "./case.js";
import { h, makeList, setText } from "./dom.js";
import { follow } from "./follow.js";
import { makeGallery } from "./gallery.js";
import { makeOffers } from "./offers.js";
import { makeOutbox } from "./outbox.js";
import { ownWords } from "./own_answer.js";
import { announce, base, data, day, find, notice, redraw, say, sheetLink, sheetTitle } from "./page.js";
import { resultView } from "./result.js";
import { drawMatrix, drawTeam, ownTeam } from "./room_team.js";
import { situationsReasons } from "./situations.js";
import { makeTimer } from "./timer.js";
import { besides, makeVote } from "./vote.js";

/** Phases in which there is something to look at, or to write. */
const LOOKS = ["tell", "exhibit", "facts", "carry"];
/** Kinds whose own answer is marked in the result itself. */
const MARKED = ["answer", "one", "many", "scale"];
const tabs = "BroadcastChannel" in globalThis ? new BroadcastChannel("pb-room") : null;
const outbox = makeOutbox(data.me, (vote, what, why) => {
  (votes?.get(vote) ?? besides.get(vote))?.told(what, why);
  if (what === "sent" || what === "refused") { again(); tabs?.postMessage(vote); }
});
const votes = makeList(find("votes"), (vote) => makeVote(vote, outbox));
const results = makeList(find("results"), (vote) => {
  const place = h("div", {});
  const heading = h("h3", { dir: "auto" }, vote.text);
  const own = ({ mine }) => (mine ? [mine.value].flat() : []);
  const sealed = (now) => !MARKED.includes(now.kind) || now.form === "order" ? ownWords(now, now.mine?.value) : null;
  return {
    element: h("article", { class: "card" }, heading, vote.about && h("p", { dir: "auto" }, say("about", { about: vote.about })), place),
    update: (now) => redraw(place, now, () => {
      const mine = sealed(now);
      return [mine && h("p", { class: "sealed", dir: "auto" }, say("sealed", { answer: mine })), resultView(now, own(now)), now.situations?.length && situationsReasons(now.situations)];
    }),
  };
});
const timer = makeTimer(find("timer"), announce);
const drawGallery = makeGallery(find("shown"));
const act = makeAct("room", () => again());
const drawCarry = makeCarry(find("carry"), act);
const offers = makeOffers(find("offers"), act);
let seen = null;
if (location.search) history.replaceState(null, "", location.pathname); // what came from the door is told once
const again = follow(`${base}room/state`, tell, (isThere) => notice("line", isThere ? null : say("offline")));
tabs?.addEventListener("message", again);

function tell(state) {
  notice("ended", state.ended && say("ended", { day: day(state.ended) }));
  setText(find("people"), say(state.people === 1 ? "people_one" : "people", { count: state.people }));
  timer.update(state.timer_ends, state.now);
  const open = waiting(state.votes);
  const isFirst = !state.votes.some(({ mine }) => mine);
  const team = ownTeam(state.teams)?.name ?? null;
  votes.sync(open.map((vote) => ({ ...vote, key: vote.id, isFirst, team })));
  drawTeam(find("team"), state.teams, act);
  drawMatrix(find("matrix"), state.matrix);
  drawCase(find("case"), state.case);
  drawCarry(state.step?.carry ?? null);
  find("votes-part").hidden = !open.length;
  const byId = new Map(state.votes.map((vote) => [vote.id, vote]));
  const shown = state.results.map((id) => byId.get(id));
  results.sync(shown.map((vote) => ({ ...vote, key: vote.id })));
  find("results-part").hidden = !shown.length;
  const isVoting = open.some(({ state: is, late }) => is === "open" && !late);
  find("main").classList.toggle("voting", isVoting);
  redraw(find("now"), { sheet: state.sheet, note: state.note, step: state.step, isVoting }, offered);
  setText(find("next"), LOOKS.includes(state.step?.do) ? "" : following(open, shown));
  late(state, shown);
  find("no-gallery").hidden = drawGallery(state.gallery) > 0;
  offers.sync(state.gallery.filter((offer) => offer.mine));
  redraw(find("agreed"), state.agreements, agreedList);
  speak(state);
}

/** Votes without a result to show, those that are open on top, the newest first; none that was asked again since. */
function waiting(all) {
  const again = new Set(all.map((vote) => vote.before));
  const found = all.filter((vote) => vote.state !== "revealed" && !again.has(vote.id)).reverse();
  return [...found.filter(({ state }) => state === "open"), ...found.filter(({ state }) => state !== "open")];
}

/** The trainer's line: what is done now, and where. */
function offered({ sheet, note, step, isVoting }) {
  const told = data.sheets[sheet];
  if (!sheet && !step) return isVoting ? [] : h("p", {}, say("no_sheet"));
  return [
    h("div", {},
      h("p", { class: "suggests", dir: "auto" }, step ? step.title : isVoting ? sheetTitle(sheet) : say("suggests", { title: sheetTitle(sheet) })),
      [...new Set([step?.say, note])].map((line) => line && h("p", { dir: "auto" }, line)),
      told && !step && h("p", { class: "small headline" }, `${told.headline} · ${say("minutes", { minutes: told.minutes })}`)),
    sheet && h("a", { class: "button quiet", href: sheetLink(sheet) }, step ? sheetTitle(sheet) : say("go")),
  ];
}

/** What to do while others answer, or until something comes. */
function following(open, shown) {
  const asked = open.filter(({ late }) => !late);
  const now = asked.find(({ state }) => state === "open");
  if (now) return now.mine && !now.by_team ? say("meanwhile") : "";
  if (asked.length) return say("look_up");
  return shown.length ? say("ask_neighbour") : "";
}

/** Three sentences for who came late, until their first answer. */
function late({ votes: all, sheet, step }, shown) {
  const place = find("late");
  place.hidden = all.some(({ mine }) => mine) || !all.some((vote) => vote.late);
  const does = step?.title ?? (sheet && sheetTitle(sheet));
  redraw(find("so-far"), { does, results: shown.length }, () => [
    does ? say("late_now", { title: does }) : say("late_look"), say("late_votes"), say(shown.length ? "late_results" : "late_none", { count: shown.length }),
  ].map((line) => h("li", { dir: "auto" }, line)));
}

/** What is new since the last time, for who doesn't look at the screen. */
function speak(state) {
  const now = {
    sheet: state.sheet,
    open: state.votes.filter((vote) => vote.state === "open" && !vote.late).map((vote) => vote.id),
    results: state.votes.filter((vote) => vote.result).map((vote) => vote.id + vote.result.respondents),
  };
  if (seen) {
    const { votes: all } = state;
    const asked = all.find((vote) => now.open.includes(vote.id) && !seen.open.includes(vote.id));
    const result = all.find((vote) => vote.result && !seen.results.includes(vote.id + vote.result.respondents));
    if (asked) announce(say("new_vote", { text: asked.text }));
    else if (result) announce(say("result_new", { text: result.text }));
    else if (now.sheet && now.sheet !== seen.sheet) announce(say("suggests", { title: sheetTitle(now.sheet) }));
  }
  seen = now;
}
