// A vote on the wall: what is asked while it is open, and what came of it.
import { h } from "./dom.js";
import { data, say } from "./page.js";
import { letter, svg, words } from "./picture.js";
import { rangesPicture, withUnit } from "./ranges.js";
import { differences, howSure, summary } from "./result.js";
import { picture } from "./wall.js";

const FEW = 5; // so many choices stand below each other
const CHOSEN = ["answer", "one", "many", "scale", "rank"];
const MOST_MOVES = 3;

const looks = (name, choices) => `${name} ${choices.length > FEW ? "many" : ""}`;
const share = (count, all) => `--share: ${all ? Math.min(1, count / all) : 0}`;
const key = (place) => h("span", { class: "key" }, letter(place));
const count = (number, all) => h("span", { class: "count" }, number, h("span", { class: "of" }, ` ${say("of", { all })}`));

/** A vote that is open, or closed and not shown yet. */
export function voteScene({ vote, turnout: { answered, of } }) {
  const told = vote.state === "closed" ? say("closed") : say(answers(vote));
  return {
    title: vote.text,
    lead: [vote.about && say("about", { about: vote.about }), vote.lead].filter(Boolean).join(" "),
    body: [
      asked(vote),
      h("p", { class: "turnout" }, h("strong", { class: "count" }, say("waiting", { answered, all: of })),
        h("span", { class: "rail", "aria-hidden": "true" }, h("i", { style: share(answered, of) })), h("span", { class: "soft" }, told)),
    ],
  };
}

const answers = ({ before, situations }) => (situations ? "answer_situations" : before ? "answer_again" : "answer_here");

function asked(vote) {
  if (vote.form === "grid") return picture(() => plane(vote, () => null));
  if (vote.form === "sure") return h("p", { class: "turnout text" }, say("sure_low"), h("span", { class: "rail", "aria-hidden": "true" }), say("sure_high"));
  if (!CHOSEN.includes(vote.kind)) return h("p", { class: "text" }, say(vote.form === "range" ? "asks_range" : "asks_text"));
  const few = vote.choices.length < FEW;
  return h("ol", { class: looks("choices", vote.choices) }, vote.choices.map(({ label, hint }, place) => h("li", {}, key(place),
    h("span", { dir: "auto" }, label, few && hint && h("span", { class: "hint spare" }, hint)))));
}

/** What came of a vote, and how sure people were of it. */
export function resultScene({ vote }) {
  const scene = counted({ vote }), sure = howSure(vote);
  return sure ? { ...scene, body: [scene.body, h("p", { class: "sure-told" }, sure)].flat() } : scene;
}

function counted({ vote }) {
  const { result } = vote;
  const lead = result.hands ? say("answered_hands", { count: result.respondents, hands: result.hands }) : say("answered", { count: result.respondents });
  const head = { title: vote.text, lead: [vote.about && say("about", { about: vote.about }), lead].filter(Boolean).join(" · ") };
  if (result.learned) return { ...head, title: say("right"), ...learnedScene(result.learned) };
  if (result.texts) return { ...head, ...texts(result.texts) };
  if (result.ranges) return { ...head, lead: "", body: [picture((width, height) => rangesPicture(vote, width, height)), rangesTold(vote)] };
  if (!result.counts) return { ...head, lead: "", body: [h("p", { class: "text" }, say("too_few", { count: result.respondents, least: data.least }))] };
  if (vote.form === "grid") return { ...head, body: [picture(() => plane(vote, fieldOf(result))), hides(result) && h("p", { class: "soft spare" }, say("hidden_fields", { least: data.least }))] };
  if (result.before) return { ...head, lead: say("answered_twice", { before: result.before.respondents, after: result.respondents }), body: beforeAndAfter(vote) };
  if (vote.form === "links" && vote.differences.length) return { title: say("links_differ"), lead: say("links_groups", { work: result.respondents, lead: vote.parts[0].result.respondents }), body: [differences(vote)] };
  if (vote.form === "sure") return { ...head, body: [picture((width, height) => dots(vote, width, height)), h("p", { class: "says" }, sureWords(vote))] };
  return { ...head, body: [bars(vote), next(vote)] };
}

/** Right answers before and after, and what may be said of them. */
function learnedScene({ before, after, hidden, says }) {
  if (hidden) return { body: says.map((line) => h("p", { class: "text" }, line)) };
  const bar = (key, share, look) => h("li", {}, h("span", {}, say(key)), h("span", {}), h("span", { class: "count" }, say("percent", { value: share })),
    h("span", { class: `rail ${look}`, "aria-hidden": "true" }, h("i", { style: `--share: ${share / 100}` })));
  const [, effect, ...more] = says;
  return { lead: "", body: [h("ul", { class: "bars" }, bar("before_share", before, "was"), bar("after_share", after, "is")), h("p", { class: "says" }, effect), ...more.map((line) => h("p", { class: "soft" }, line))] };
}

const hides = ({ counts }) => Object.values(counts).includes(null);

function bars(vote) {
  const { choices, form, result: { counts, respondents } } = vote;
  const isOrder = form === "order";
  const all = isOrder ? respondents * choices.length : respondents;
  const told = choices.map((choice, place) => ({ ...choice, place, count: counts[choice.id] }));
  if (isOrder) told.sort((one, other) => other.count - one.count);
  return h("ul", { class: looks("bars", choices) }, told.map(({ label, place, count: its }) => h("li", {}, key(place), h("span", { dir: "auto" }, label),
    its === null ? h("span", { class: "soft" }, say("not_shown")) : count(its, all),
    its !== null && h("span", { class: "rail", "aria-hidden": "true" }, h("i", { style: share(its, all) })))));
}

/** What the numbers say, and nothing that they teach. */
function next({ choices, form, result }) {
  const label = Object.fromEntries(choices.map((choice) => [choice.id, choice.label])); // words, as phones say it
  const lines = form === "order" ? [say("points_hint", { count: choices.length })] : summary(result, label);
  if (result.predictions) {
    const { right, respondents } = result.predictions;
    lines.push(right === null ? say("guessed_none") : say("guessed", { right, all: respondents }));
  }
  return lines.length && h("p", { class: "says spare" }, lines.join(" "));
}

function beforeAndAfter({ choices, result }) {
  const { before } = result;
  const one = (name, its, all, look) => [h("span", {}, say(name)), h("span", { class: `rail ${look}`, "aria-hidden": "true" }, its > 0 && h("i", { style: share(its, all) })),
    h("span", { class: "count" }, its ?? "–")];
  const list = h("ul", { class: looks("bars pairs", choices) }, choices.map(({ id, label }, place) => h("li", {}, key(place), h("span", { dir: "auto" }, label),
    h("span", { class: "pair" }, one("before", before.counts[id], before.respondents, "was"), one("after", result.counts[id], result.respondents, "is")))));
  return [list, changed(before, choices)];
}

function changed({ both, changed: some, moves }, choices) {
  if (both === null) return null;
  if (some === null) return h("p", { class: "says" }, say("changed_unsaid", { least: data.least }));
  const named = Object.fromEntries(choices.map(({ id }, place) => [id, letter(place)]));
  return h("p", { class: "says changed" },
    h("span", {}, h("strong", { class: "count" }, `${some} `), say("changed_of", { all: both })),
    moves.slice(0, MOST_MOVES).map(([from, to, people]) => h("span", {}, say("moved_letters", { count: people, from: named[from], to: named[to] }))),
    h("span", { class: "soft spare" }, say("ask_who_moved")));
}

/** How many ranges hold the fact, or surely don't, large; who says so beside it. */
function rangesTold(vote) {
  const { fact, ranges } = vote.result;
  if (!fact) return h("p", { class: "says" }, h("strong", { class: "count" }, say("ranges_no_fact", { all: ranges.length })));
  const { held, below, above, bound, source } = fact;
  const [many, key] = { exact: [held, "ranges_hold"], more: [below, "ranges_too_low"], less: [above, "ranges_too_high"] }[bound];
  return h("p", { class: "says" }, h("strong", { class: "count" }, say("counted", { count: many, all: ranges.length })), " ",
    say(key, { value: withUnit(fact.value, vote.unit), below, above }), source && ` ${say("fact_source", { source })}`);
}

/** Two axes as a plane: the upper fields first, as `choices` have them. `field(id)` is what stands in one. */
function plane({ choices, axes, text }, field) {
  const named = axes ?? { across: "", up: "" };
  const axis = (name, look) => h("div", { class: look }, h("span", { class: "soft" }, say("axis_low")), h("b", { dir: "auto" }, name), h("span", { class: "soft" }, say("axis_high")));
  const one = ({ id, label }, place) => {
    const told = field(id);
    return h("div", { class: `field ${told?.hidden ? "hidden" : ""}`, style: `--share: ${told?.share ?? 0}`, role: "listitem", "aria-label": `${label} ${told?.text ?? ""}` },
      told ? h("span", { class: told.hidden ? "soft" : "count" }, told.text) : h("span", { class: "key" }, letter(place)));
  };
  const [first, second, third, fourth] = choices.map(one);
  return h("div", { class: "plane", role: "list", "aria-label": text }, axis(named.up, "up"), first, second, third, fourth, h("span", {}), axis(named.across, "across"));
}

const fieldOf = ({ counts, respondents }) => (id) => {
  const its = counts[id];
  return its === null ? { hidden: true, text: say("not_shown") } : { share: its / respondents, text: String(its) };
};

/** How sure people are: one dot is one person, above the number they gave. */
function dots({ choices, result: { counts, middle } }, width, height) {
  const top = 100, foot = 50, base = height - foot;
  const most = Math.max(1, ...Object.values(counts));
  const step = (width - 120) / (choices.length - 1);
  const rise = Math.min(step * 0.8, (base - top) / most);
  const at = (place) => 60 + place * step;
  const stack = ({ id }, place) => Array.from({ length: counts[id] }, (_, level) => svg("circle", { class: "dot", cx: at(place), cy: base - (level + 0.5) * rise, r: rise * 0.44 }));
  const numbers = choices.map(({ id, label }, place) => [
    svg("text", { x: at(place), y: base + 38, "text-anchor": "middle", class: "soft" }, [document.createTextNode(label)]),
    counts[id] > 0 && svg("text", { x: at(place), y: base - counts[id] * rise - 8, "text-anchor": "middle", class: "strong count" }, [document.createTextNode(counts[id])]),
  ]);
  const told = choices.map(({ id, label }) => `${label}: ${counts[id]}`).join(", ");
  const half = choices.findIndex(({ id }) => id === middle);
  return svg("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": told, class: "sure" }, [
    half >= 0 && svg("line", { class: "middle", x1: at(half), x2: at(half), y1: top - 10, y2: base + 8 }),
    svg("line", { class: "axis", x1: 0, x2: width, y1: base, y2: base }), choices.map(stack), numbers,
    half >= 0 && words(at(half), 32, say("middle_here"), width, "strong"),
  ]);
}

function sureWords({ choices, result: { middle } }) {
  const label = choices.find(({ id }) => id === middle)?.label;
  return [say("one_dot"), label && say("middle", { value: label })].filter(Boolean).join(" ");
}

/** What the trainer let out of the tray; as much of it as fits. */
function texts(list) {
  if (!list.length) return { body: [h("p", { class: "text" }, say("texts_unread"))] };
  const groups = [...new Set(list.map(({ heading }) => heading))];
  const items = groups.map((group) => [group && h("h2", { dir: "auto" }, group), h("ul", { class: "texts" }, list.filter(({ heading }) => heading === group).map(({ text }) => h("li", { dir: "auto" }, text)))]);
  const place = h("div", { class: "columns", style: `--columns: ${list.length < FEW ? 1 : list.length < 3 * FEW ? 2 : 3}` }, items);
  const more = h("p", { class: "soft" });
  let left = 0;
  return {
    body: [place, more],
    less() {
      const [last] = [...place.querySelectorAll("li")].slice(-1);
      if (!last) return false;
      last.remove();
      more.textContent = say("more_here", { count: ++left });
      return true;
    },
  };
}
