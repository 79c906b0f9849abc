// The strip under the bar of a notebook page: what the class does now. It never takes the focus and never
// moves the page: its height is the same with and without news.
//
// A page needs <div class="pb-strip" data-pb-strip></div>, this script and strip.css, and under "pbStripData" of its
// jupyter-config-data what playbook.server.cohort.host.page_data.strip_data gives.
import { fill, h, setText } from "./dom.js";
import { follow } from "./follow.js";

/** Fill `place` and keep it up to date. `told` is {base, sheets, words}, `here` the notebook's file name. */
export function mountStrip(place, { base, sheets, words }, here) {
  const say = (key, values = {}) => fill(words[key], values);
  const text = h("span", { class: "text", role: "status", dir: "auto" });
  const time = h("span", { class: "time" });
  const go = h("a", { class: "go", hidden: true });
  place.setAttribute("role", "region");
  place.setAttribute("aria-label", say("label"));
  place.replaceChildren(text, time, go);

  function offer(sentence, key, address) {
    setText(text, sentence);
    go.hidden = !address;
    if (!address) return;
    go.href = base + address;
    setText(go, say(key));
  }

  follow(`${base}room/state`, (state) => {
    const sheet = sheets[state.sheet];
    const line = [...new Set([state.step?.say, state.note])].filter(Boolean).join(" ");
    const vote = state.votes.findLast(({ state: is, mine, late }) => is === "open" && !mine && !late);
    setText(time, until(state, say));
    if (state.ended) offer(say("ended", { day: new Date(`${state.ended}T12:00`).toLocaleDateString("en-GB", { dateStyle: "long" }) }), "go", null);
    else if (vote) offer(say("vote", { text: vote.text }), "vote_go", "room");
    else if (!sheet) offer(state.step ? say("step", { title: state.step.title, line }) : say("calm"), "go", null);
    else if (sheet.notebook === here) offer(say(line ? "here_line" : "here", { title: sheet.title, line }), "go", null);
    else offer(say(line ? "suggests_line" : "suggests", { title: sheet.title, line }), "go", `voila/render/${sheet.notebook}`);
  });
}

/** When the time is over: on its own, so that a long line never hides it. */
function until({ timer_ends: ends, now }, say) {
  if (!ends || Date.parse(ends) <= Date.parse(now)) return "";
  return say("until", { time: new Date(ends).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" }) });
}

function start() {
  const told = JSON.parse(document.getElementById("jupyter-config-data").textContent).pbStripData;
  mountStrip(document.querySelector("[data-pb-strip]"), told, decodeURIComponent(location.pathname.split("/").at(-1)));
}

start();
