// A result as bars, with every number and word as text in the same list.
import { h } from "./dom.js";
import { data, say } from "./page.js";

/** The result of a vote; `own` are the ids of one's own choices, to be marked for oneself alone. */
export function resultView(vote, own = []) {
  const { result } = vote;
  const label = Object.fromEntries(vote.choices.map((choice) => [choice.id, choice.label]));
  return h("div", { class: "result" },
    h("div", {},
      h("p", {}, respondents(result)),
      result.counts && bars(vote.choices, result.counts, result.respondents, own, "own"),
      result.counts && h("p", {}, summary(result, label).join(" ")),
      result.texts && texts(result.texts)),
    result.predictions && predictions(vote, result.predictions));
}

function respondents(result) {
  const { respondents: count, hands } = result;
  if (!result.counts && !result.texts) return say("too_few", { count, least: data.least });
  return hands ? say("answered_hands", { count, hands }) : say("answered", { count });
}

function bars(choices, counts, all, own, mark) {
  const one = ({ id, label }) => {
    const count = counts[id];
    const text = count === null ? say("hidden") : say("counted", { count, all });
    return h("li", { class: own.includes(id) ? "own" : null },
      h("span", { class: "label", dir: "auto" }, label), own.includes(id) && h("span", { class: "small mark" }, say(mark)),
      h("span", { class: "count" }, text),
      count !== null && h("span", { class: "amount", "aria-hidden": "true", style: `--share: ${all ? count / all : 0}` }));
  };
  return h("ul", { class: "bars" }, choices.map(one));
}

function summary({ most_common: common, spread, disagreement }, label) {
  const quoted = (id) => `“${label[id]}”`;
  const lines = [];
  if (common.length && common.length < Object.keys(label).length) lines.push(say("common", { names: common.map(quoted).join(", ") }));
  if (spread) lines.push(say(spread[0] === spread[1] ? "spread_same" : "spread", { low: label[spread[0]], high: label[spread[1]] }));
  if (disagreement !== null) lines.push(say(`apart_${band(disagreement)}`));
  return lines;
}

const band = (far) => (far < data.apart.some ? "little" : far < data.apart.much ? "some" : "much");

const texts = (list) => [
  h("p", { class: "small" }, say("texts")),
  h("ul", { class: "texts" }, list.map((text) => h("li", { dir: "auto" }, text))),
];

function predictions(vote, { respondents: all, counts, right }) {
  const told = right === null ? say("guessed_many") : say("guessed", { right, all });
  return h("details", { open: true }, h("summary", {}, told), bars(vote.choices, counts, all, vote.mine?.guess ? [vote.mine.guess] : [], "own_guess"));
}
