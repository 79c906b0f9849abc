// A result as bars, with every number and word as text in the same list.
import { h } from "./dom.js";
import { data, say } from "./page.js";
import { rangesView } from "./ranges.js";

/** The result of a vote; `own` are the ids of one's own choices, to be marked for oneself alone. */
export function resultView(vote, own = []) {
  const { result } = vote;
  const label = Object.fromEntries(vote.choices.map((choice) => [choice.id, choice.label]));
  return h("div", { class: "result" },
    h("div", {},
      h("p", {}, respondents(result)),
      result.learned && learned(result.learned),
      result.before && result.counts ? beforeAndAfter(vote, own) : result.counts && counted(vote, own),
      result.counts && !result.before && h("p", {}, summary(result, label).join(" ")),
      result.ranges && rangesView(vote),
      result.texts && texts(result.texts)),
    result.before && h("p", { class: "changed" }, changed(result.before, label).join(" ")),
    result.predictions && predictions(vote, result.predictions),
    differences(vote), otherGroup(vote),
    beside(vote));
}

/** Where two groups see a map differently, in the order in which to talk about it. */
export function differences({ differences: lines = [] }) {
  return lines.length > 0 && h("ol", { class: "texts" }, lines.map((line) => h("li", { dir: "auto" }, line)));
}

function otherGroup({ parts = [] }) {
  const lead = parts.find(({ form, result }) => form === "links_lead" && result?.counts);
  return lead && h("div", {}, h("h4", { dir: "auto" }, lead.text), h("p", {}, respondents(lead.result)), bars(lead.choices, lead.result.counts, lead.result.respondents, lead.mine?.value ?? [], "own"));
}

/** How sure people were, in one sentence; empty where too few said so. */
export function howSure({ parts = [] }) {
  const sure = parts.find(({ form, result }) => form === "certain" && result?.counts);
  if (!sure) return "";
  const { choices, result: { counts, respondents: all } } = sure;
  return say("how_sure", { count: all, told: choices.map(({ id, label }) => `${label} ${counts[id]}`).join(", ") });
}

/** What was asked beside a vote: how sure people were, and what they let out of what would change their minds. */
function beside(vote) {
  const sure = howSure(vote);
  const mind = (vote.parts ?? []).find(({ form, result }) => form === "mind" && result?.texts?.length);
  return [
    sure && h("p", { class: "how-sure" }, sure),
    mind && [h("p", { class: "small" }, mind.text), h("ul", { class: "texts" }, mind.result.texts.map(({ text }) => h("li", { dir: "auto" }, text)))],
  ].flat().filter(Boolean);
}

function respondents(result) {
  const { respondents: count, hands } = result;
  if (!result.counts && !result.texts && !result.ranges && !result.learned) return say("too_few", { count, least: data.least });
  return hands ? say("answered_hands", { count, hands }) : say("answered", { count });
}

/** Shares of right answers before and after; or why they are not shown. */
function learned({ before, after, hidden, says }) {
  const bar = (key, share, look) => h("li", {}, h("span", { class: `half ${look}` }, h("span", { class: "small" }, say(key)),
    h("span", { class: "amount", "aria-hidden": "true", style: `--share: ${share / 100}` }), h("span", { class: "count" }, `${share}%`)));
  return [!hidden && h("ul", { class: "bars" }, bar("before", before, "was"), bar("after", after, "is")), ...says.map((line) => h("p", {}, line))];
}

/** Bars of counts; of an order, of points. */
function counted({ choices, form, result }, own) {
  if (form !== "order") return bars(choices, result.counts, result.respondents, own, "own");
  const most = result.respondents * choices.length;
  const inOrder = [...choices].sort((one, other) => result.counts[other.id] - result.counts[one.id]);
  return [h("p", { class: "small" }, say("points_hint", { count: choices.length })), bars(inOrder, result.counts, most, [], "own", "points")];
}

function beforeAndAfter({ choices, result }, own) {
  const { before } = result;
  const bar = (key, count, all, look) => h("span", { class: `half ${look}` }, h("span", { class: "small" }, say(key)),
    h("span", { class: "amount", "aria-hidden": "true", style: `--share: ${all ? count / all : 0}` }), h("span", { class: "count" }, say("counted", { count, all })));
  return h("ul", { class: "bars pairs" }, choices.map(({ id, label }) => h("li", { class: own.includes(id) ? "own" : null },
    h("span", { class: "label", dir: "auto" }, label), own.includes(id) && h("span", { class: "small mark" }, say("own")),
    bar("before", before.counts[id], before.respondents, "was"), bar("after", result.counts[id], result.respondents, "is"))));
}

function changed({ both, changed: count, moves }, label) {
  if (both === null) return [];
  if (count === null) return [say("changed_unsaid", { least: data.least })];
  const named = moves.map(([one, other, people]) => say("moved", { count: people, from: label[one], to: label[other] }));
  return [say("changed", { count, all: both }), ...named];
}

function bars(choices, counts, all, own, mark, unit = "counted") {
  const one = ({ id, label }) => {
    const count = counts[id];
    const text = count === null ? say("hidden") : say(unit, { count, all });
    return h("li", { class: own.includes(id) ? "own" : null },
      h("span", { class: "label", dir: "auto" }, label), own.includes(id) && h("span", { class: "small mark" }, say(mark)),
      h("span", { class: "count" }, text),
      count !== null && h("span", { class: "amount", "aria-hidden": "true", style: `--share: ${all ? count / all : 0}` }));
  };
  return h("ul", { class: "bars" }, choices.map(one));
}

/** What counts say, in sentences; `label` names the choices by their ids. */
export function summary({ most_common: common, spread, disagreement }, label) {
  const quoted = (id) => `“${label[id]}”`;
  const lines = [];
  if (common.length && common.length < Object.keys(label).length) lines.push(say("common", { names: common.map(quoted).join(", ") }));
  if (spread) lines.push(say(spread[0] === spread[1] ? "spread_same" : "spread", { low: label[spread[0]], high: label[spread[1]] }));
  if (disagreement !== null) lines.push(say(`apart_${band(disagreement)}`));
  return lines;
}

const band = (far) => (far < data.apart.some ? "little" : far < data.apart.much ? "some" : "much");

/** Texts by their groups; nothing is there before the trainer has read it and let it out. */
function texts(list) {
  if (!list.length) return h("p", {}, say("texts_unread"));
  const groups = [...new Set(list.map(({ heading }) => heading))];
  return [
    h("p", { class: "small" }, say("texts")),
    ...groups.flatMap((group) => [
      group && h("h4", { dir: "auto" }, group),
      h("ul", { class: "texts" }, list.filter(({ heading }) => heading === group).map(({ text }) => h("li", { dir: "auto" }, text))),
    ]),
  ];
}

function predictions(vote, { respondents: all, counts, right }) {
  const told = right === null ? say("guessed_many") : say("guessed", { right, all });
  return h("details", { open: true }, h("summary", {}, told), bars(vote.choices, counts, all, vote.mine?.guess ? [vote.mine.guess] : [], "own_guess"));
}
