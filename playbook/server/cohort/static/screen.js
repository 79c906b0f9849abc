// The projector: what the class looks at together. It asks nobody for anything.
import { agreedList } from "./agreed.js";
import { h, makeList, setText } from "./dom.js";
import { follow } from "./follow.js";
import { makeGallery } from "./gallery.js";
import { announce, base, data, find, notice, redraw, say, sheetTitle } from "./page.js";
import { resultView } from "./result.js";
import { makeTimer } from "./timer.js";

const timer = makeTimer(find("timer"), announce);
const drawGallery = makeGallery(find("gallery"));
const votes = makeList(find("votes"), (vote) => {
  const count = h("p", { class: "turnout" });
  return {
    element: h("article", { class: "card" }, h("h2", { dir: "auto" }, vote.text), vote.about && h("p", { dir: "auto" }, say("about", { about: vote.about })), count),
    update: (now) => setText(count, `${say("waiting", { answered: now.turnout.answered, all: now.turnout.of })}${now.state === "closed" ? ` · ${say("closed")}` : ""}`),
  };
});
const results = makeList(find("results"), (vote) => {
  const place = h("div", {});
  return {
    element: h("article", { class: "card" }, h("h2", { dir: "auto" }, vote.text), vote.about && h("p", { dir: "auto" }, say("about", { about: vote.about })), place),
    update: (now) => redraw(place, now.result, () => resultView(now)),
  };
});
follow(`${base}screen/${data.cohort}/state`, tell, (isThere) => notice("line", isThere ? null : say("offline")));

function tell(state) {
  notice("ended", state.door.over ? say("ended") : null);
  const byId = new Map(state.votes.map((vote) => [vote.id, { ...vote, key: vote.id, turnout: state.turnout[vote.id] }]));
  const again = new Set(state.votes.map((vote) => vote.before));
  const open = state.votes.filter((vote) => !again.has(vote.id) && (vote.state === "open" || (vote.state === "closed" && vote === state.votes.at(-1)))).map((vote) => byId.get(vote.id));
  const shown = state.results.map((id) => byId.get(id)).filter((vote) => vote.state === "revealed");
  timer.update(state.timer_ends, state.now);
  redraw(find("now"), { sheet: state.sheet, note: state.note }, ({ sheet, note }) => sheet && [
    h("h2", {}, sheetTitle(sheet)), h("p", {}, data.sheets[sheet]?.headline ?? ""), note && h("p", { dir: "auto" }, note),
  ]);
  votes.sync(open);
  results.sync(shown);
  const pages = drawGallery(state.gallery);
  redraw(find("agreed"), state.agreements.filter((one) => !one.review), (list) => list.length && agreedList(list));
  const busy = Boolean(state.sheet || open.length || shown.length || pages);
  drawDoor(state.door, state.people, busy);
}

function drawDoor(door, people, busy) {
  const place = find("door");
  place.hidden = !door.open;
  place.classList.toggle("aside", busy);
  redraw(place, { door: { ...door, left: null }, people }, () => [
    h("div", {}, h("h2", {}, say("join")), h("p", { class: "at" }, door.at),
      door.code ? h("p", {}, `${say("join_code")} `, h("strong", { class: "code" }, door.code)) : h("p", {}, say("join_none")),
      h("p", {}, say("joined", { count: people }))),
    door.qr && h("img", { src: door.qr, alt: say("door_qr"), class: "qr" }),
  ]);
}
