// The room of a participant.
import { makeAct } from "./act.js";
import { agreedList } from "./agreed.js";
import { h, makeList, setText } from "./dom.js";
import { follow } from "./follow.js";
import { makeGallery } from "./gallery.js";
import { makeOffers } from "./offers.js";
import { makeOutbox } from "./outbox.js";
import { announce, base, data, day, find, notice, redraw, say, sheetLink, sheetTitle } from "./page.js";
import { resultView } from "./result.js";
import { makeTimer } from "./timer.js";
import { makeVote } from "./vote.js";

const tabs = "BroadcastChannel" in globalThis ? new BroadcastChannel("pb-room") : null;
const outbox = makeOutbox(data.me, (vote, what, why) => {
  votes?.get(vote)?.told(what, why);
  if (what === "sent" || what === "refused") { again(); tabs?.postMessage(vote); }
});
const votes = makeList(find("votes"), (vote) => makeVote(vote, outbox));
const results = makeList(find("results"), (vote) => {
  const place = h("div", {});
  const heading = h("h3", { dir: "auto" }, vote.text);
  const own = ({ mine }) => (mine ? [mine.value].flat() : []);
  return {
    element: h("article", { class: "card" }, heading, vote.about && h("p", { dir: "auto" }, say("about", { about: vote.about })), place),
    update: (now) => redraw(place, now, () => resultView(now, own(now))),
  };
});
const timer = makeTimer(find("timer"), announce);
const drawGallery = makeGallery(find("shown"));
const offers = makeOffers(find("offers"), makeAct("room", () => again()));
let seen = null;
const again = follow(`${base}room/state`, tell, (isThere) => notice("line", isThere ? null : say("offline")));
tabs?.addEventListener("message", again);

function tell(state) {
  notice("ended", state.ended && say("ended", { day: day(state.ended) }));
  setText(find("people"), say(state.people === 1 ? "people_one" : "people", { count: state.people }));
  redraw(find("now"), { sheet: state.sheet, note: state.note }, offered);
  timer.update(state.timer_ends, state.now);
  const open = waiting(state.votes);
  votes.sync(open.map((vote) => ({ ...vote, key: vote.id })));
  find("votes-part").hidden = !open.length;
  const byId = new Map(state.votes.map((vote) => [vote.id, vote]));
  const shown = state.results.map((id) => byId.get(id));
  results.sync(shown.map((vote) => ({ ...vote, key: vote.id })));
  find("results-part").hidden = !shown.length;
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

const offered = ({ sheet, note }) => (sheet
  ? [
    h("p", { class: "suggests" }, say("suggests", { title: sheetTitle(sheet) })),
    h("p", { class: "small" }, `${data.sheets[sheet]?.headline ?? ""} · ${say("minutes", { minutes: data.sheets[sheet]?.minutes ?? "" })}`),
    note && h("p", { dir: "auto" }, note),
    h("p", { class: "buttons" }, h("a", { class: "button", href: sheetLink(sheet) }, say("go")), h("span", { class: "small" }, say("go_hint"))),
  ]
  : h("p", {}, say("no_sheet")));

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
