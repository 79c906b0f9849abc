// The votes as the desk has them: how many answered, what to do next, and what everybody was shown.
import { makeTray } from "./desk_tray.js";
import { h, makeList, newId, setText } from "./dom.js";
import { data, redraw, say } from "./page.js";
import { resultView } from "./result.js";
import { situationsReasons } from "./situations.js";

const ONE_ANSWER = ["answer", "one", "scale"];

/** The list in `place`; the function that takes the state. */
export function makeDeskVotes(place, act, report) {
  const list = makeList(place, (vote) => makeVote(vote, act, report));
  return (state) => {
    const again = new Set(state.votes.map((vote) => vote.before));
    list.sync(state.votes.map((vote) => ({
      ...vote, turnout: state.turnout[vote.id], tray: [vote, ...vote.parts].flatMap(({ id }) => state.tray[id] ?? []), isAgain: again.has(vote.id), key: vote.id,
    })).reverse());
  };
}

function makeVote(first, act, report) {
  const vote = first.id;
  const heading = newId();
  const state = h("span", { class: "small" });
  const count = h("strong", {});
  const button = (name, look, run = () => act(name, { vote })) => h("button", { type: "button", class: look, onclick: run }, say(`vote_${name}`));
  const close = button("close", "button quiet");
  const reopen = button("reopen", "button quiet");
  const reveal = button("reveal", "button", () => revealed());
  const lacks = h("p", { class: "small", id: newId() });
  reveal.setAttribute("aria-describedby", lacks.id);
  const isText = first.kind.endsWith("text") && !first.by_team;
  const isRound = Boolean(first.situations);
  const again = ONE_ANSWER.includes(first.kind) && !isRound && !first.about_people && !first.by_team && !first.before && button("again", "button quiet", () => act("ask_again", { vote }));
  const mind = first.parts.find(({ form }) => form === "mind");
  const tray = (isText || mind) && makeTray(act);
  const onWall = mind && h("button", { type: "button", class: "button quiet", hidden: true, onclick: () => act("wall", { kind: "result", vote: mind.id }) }, say("mind_wall"));
  const hide = button("hide", "button quiet");
  const wall = h("button", { type: "button", class: "button quiet", onclick: () => act("wall", { kind: first.by_team && now.state === "revealed" ? "matrix" : now.state === "revealed" ? "result" : "vote", vote }) }, say("vote_wall"));
  const hands = ONE_ANSWER.includes(first.kind) && !isRound && !first.about_people && !first.by_team && makeHands(first, act);
  const shown = h("div", {});
  const element = h("article", { class: "card", "aria-labelledby": heading },
    h("h3", { id: heading, dir: "auto" }, first.text), first.about && h("p", { dir: "auto" }, say("about", { about: first.about })),
    first.before && h("p", { class: "small" }, say("vote_is_again")),
    h("p", {}, count, " ", state), h("p", { class: "buttons" }, reveal, close, again, hide, reopen, wall, onWall), lacks,
    tray && tray.element, shown, hands && hands.element, makeDrop(vote, act));

  async function revealed() {
    const told = await act("reveal", { vote }, null);
    if (told) report(say(told.waiting ? "revealed_waiting" : isText ? "revealed_read" : "revealed_new", { waiting: told.waiting, least: data.least }));
  }
  let hasResult = false, now = first;

  return {
    element,
    update(state_now) {
      now = state_now;
      const { answered, of: all, waiting, lacks: lacking } = now.turnout;
      hasResult = Boolean(now.result?.counts || now.result?.texts || now.result?.ranges || now.result?.learned);
      reveal.disabled = lacking > 0;
      setText(lacks, lacking > 0 && first.by_team ? say("next_no_decision") : lacking > 0 ? say("vote_lacks", { have: data.least - lacking, least: data.least }) : "");
      if (again) again.hidden = now.isAgain || answered === 0;
      if (tray) tray.update(now.tray);
      if (onWall) onWall.hidden = !now.parts.some(({ form, state: is }) => form === "mind" && is === "revealed");
      setText(count, say("vote_turnout", { answered, all }));
      setText(state, say(`state_${now.state}`));
      const later = hasResult && waiting ? "_again" : "";
      setText(reveal, say(`vote_${isText ? "read" : "reveal"}${later}`, { waiting }));
      reveal.hidden = now.form === "vignettes" || now.state === "revealed" && !waiting && (hasResult || first.by_team);
      hide.hidden = now.state !== "revealed";
      close.hidden = now.state !== "open";
      reopen.hidden = now.state === "open" || now.isAgain || ((now.about_people || isRound) && hasResult);
      redraw(shown, now.result && { ...now, turnout: null, tray: null }, (it) => (it ? [resultView(it), it.situations?.length && situationsReasons(it.situations)] : []));
      if (hands) hands.update(now.turnout.hands, hasResult);
    },
  };
}

function makeHands(vote, act) {
  const kept = h("p", { class: "small" });
  const fields = vote.choices.map(({ id, label }) => ({ id, label, input: h("input", { type: "number", min: 0, max: 500, inputmode: "numeric", id: newId() }) }));
  const how = newId();
  const radio = (value, checked) => h("label", { class: "line" }, h("input", { type: "radio", name: how, value, checked }), say(`vote_hands_${value}`));
  const form = h("form", {},
    h("p", { class: "small" }, say("vote_hands_lead")),
    h("div", { class: "hands" }, fields.map(({ label, input }) => h("p", {}, h("label", { for: input.id, dir: "auto" }, label), input))),
    radio("added", true), radio("instead", false),
    h("p", { class: "buttons" }, h("button", { class: "button quiet" }, say("vote_hands_save")),
      h("button", { type: "button", class: "button quiet", onclick: () => act("hands", { vote: vote.id, counts: {} }) }, say("vote_hands_clear"))));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const counts = Object.fromEntries(fields.filter(({ input }) => input.value !== "").map(({ id, input }) => [id, Number(input.value)]));
    act("hands", { vote: vote.id, counts, instead: form.elements[how].value === "instead" });
  });
  const element = h("details", {}, h("summary", {}, say("vote_hands")), form, kept);
  return {
    element,
    update(hands, isShown) {
      element.hidden = isShown;
      const all = Object.values(hands?.counts ?? {}).reduce((sum, count) => sum + count, 0);
      setText(kept, hands ? say("vote_hands_kept", { count: all }) : "");
    },
  };
}

const makeDrop = (vote, act) => h("details", {}, h("summary", {}, say("vote_drop")), h("p", { class: "small" }, say("vote_drop_sure")),
  h("p", {}, h("button", { type: "button", class: "button", onclick: () => act("drop", { vote }) }, say("vote_drop_yes"))));
