// The strip under the bar of a notebook page: what the class does now. It never takes the focus and never
// moves the page: its height is the same with and without news.
//
//   <link rel="stylesheet" href="{static}/strip.css">
//   <div data-pb-strip='{"base": "/", "here": "02_catalyst.ipynb", "sheets": {...}, "words": {...}}'></div>
//   <script type="module" src="{static}/strip.js"></script>
//
// `sheets` and `words` are what playbook.server.cohort.page_data.strip_data gives. mountStrip(place) does it for
// a place that comes later.
import { fill, h, setText } from "./dom.js";
import { follow } from "./follow.js";

/** Fill `place` (with data-pb-strip) and keep it up to date. */
export function mountStrip(place) {
  const { base, here, sheets, words } = JSON.parse(place.dataset.pbStrip);
  const say = (key, values = {}) => fill(words[key], values);
  const text = h("span", { class: "text", role: "status", dir: "auto" });
  const go = h("a", { class: "go", hidden: true });
  const link = (address, key) => h("a", { href: base + address }, say(key));
  place.classList.add("pb-strip");
  place.setAttribute("role", "region");
  place.setAttribute("aria-label", say("label"));
  place.replaceChildren(text, go, h("span", { class: "ways" }, link("room", "room"), link("place", "place")));

  function offer(key, address) {
    go.hidden = !address;
    if (!address) return;
    go.href = base + address;
    setText(go, say(key));
  }

  follow(`${base}room/state`, (state) => {
    const sheet = sheets[state.sheet];
    const until = state.timer_ends && Date.parse(state.timer_ends) > Date.parse(state.now)
      ? `, ${say("until", { time: new Date(state.timer_ends).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" }) })}` : "";
    const vote = state.votes.some(({ state: is, mine }) => is === "open" && !mine);
    const isHere = sheet?.notebook === here;
    if (vote) { setText(text, say("vote")); offer("vote_go", "room"); return; }
    if (!sheet) { setText(text, say("calm")); offer("go", null); return; }
    setText(text, say(isHere ? "here" : "suggests", { title: sheet.title }) + until);
    offer("go", isHere ? null : `voila/render/${sheet.notebook}`);
  });
}

for (const place of document.querySelectorAll("[data-pb-strip]")) mountStrip(place);
