// One vote as a participant has it: answer while it is open, see where one's answer is, then wait.
import { h, newId, setAttr, setText } from "./dom.js";
import { ownWords } from "./own_answer.js";
import { orderControl, rangeControl, sureControl } from "./own_controls.js";
import { data, say } from "./page.js";
import { situationsControl } from "./situations.js";
import { letter } from "./picture.js";

const TYPING_MS = 700;
const CHOOSING_MS = 250; // arrow keys run through the choices

/** kind -> (vote, {labelled, changed}) => {element, read(), write(value), hint?}. */
const KINDS = {
  answer: (vote, use) => choices("radio", vote, use),
  one: (vote, use) => choices("radio", vote, use),
  scale: (vote, use) => choices("radio", vote, use), // its points stand below each other, low to high
  many: (vote, use) => ({ ...choices("checkbox", vote, use), hint: say("many_hint") }),
  text: (vote, use) => textBox(2, vote, use),
  long_text: (vote, use) => textBox(4, vote, use),
};

/** Forms of a question of the trainer's own that have a control of their own. */
const FORMS = { order: orderControl, range: rangeControl, sure: sureControl, vignettes: situationsControl, vignettes_again: situationsControl };

/** What is asked beside a vote, by its id, as long as the page is there: they have an answer on its way of their own. */
export const besides = new Map();
const PARTS = ["certain", "mind", "links_lead"];

/** {element, update(vote), told(what, text)}; answers go to `outbox`. */
export function makeVote(first, outbox) {
  const id = first.id;
  const isPart = PARTS.includes(first.form);
  const parts = (first.parts ?? []).map((part) => makeVote(part, outbox));
  parts.forEach((part, place) => besides.set(first.parts[place].id, part));
  const isOfTwo = first.form === "links"; // one's own group may be the one that is asked beside it
  const heading = newId();
  const control = (FORMS[first.form] ?? KINDS[first.kind])(first, { labelled: heading, changed: (wait) => put(wait) });
  const guessed = newId();
  const guess = first.guess && choices("radio", first, { labelled: guessed, changed: (wait) => put(wait) });
  const isText = first.kind.endsWith("text");
  const isRound = Boolean(first.situations);
  const earlier = h("p", { class: "sealed", dir: "auto", hidden: true });
  const sealed = h("p", { class: "sealed", dir: "auto", hidden: true });
  const seen = h("p", { class: "small" });
  const team = h("p", { class: "small", dir: "auto" });
  const status = h("p", { class: "status small", role: "status" });
  const turnout = h("p", { class: "turnout small" });
  const back = h("button", { type: "button", class: "button quiet", onclick: () => takeBack() }, say("take_back"));
  const more = h("div", {},
    guess && h("div", { class: "guess" }, h("p", { id: guessed, class: "ask" }, say("guess")), guess.element));
  const body = h("div", {}, control.hint && h("p", { class: "small" }, control.hint), control.element,
    isText && !first.by_team && h("p", { class: "small" }, say("text_note")), more);
  const beside = h("div", { class: "beside", hidden: true }, parts.map((part) => part.element));
  const few = first.form === "grid" ? "fields_vote" : first.about_people && "people_vote";
  const title = isPart ? [h("h4", { id: heading, dir: "auto", tabindex: -1 }, first.text, " ", first.form !== "links_lead" && h("span", { class: "small" }, say("part_optional")))]
    : [h("h3", { id: heading, dir: "auto", tabindex: -1 }, first.text)];
  const element = h(isPart ? "section" : "article", { class: isPart ? "part" : "card vote", "aria-labelledby": heading }, title,
    !isPart && first.about && h("p", { dir: "auto" }, say("about", { about: first.about })),
    seen, first.by_team && team, few && h("p", { class: "small" }, say(few, { least: data.least })), isOfTwo && h("p", { class: "small" }, say("links_side")),
    h("div", { class: "so-far" }, status, turnout), body, first.lead && !isRound && h("p", { class: "lead", dir: "auto" }, first.lead), earlier, sealed, back, beside);
  let vote = first, refused = null, kept = false;

  const read = () => ({ value: control.read(), guess: guess ? guess.read() : null, shared: isText });

  function put(wait) {
    refused = null;
    outbox.put(id, read(), wait);
  }

  function takeBack() {
    write(null);
    put(0);
  }

  function write(own) {
    control.write(own?.value ?? null);
    if (guess) guess.write(own?.guess ?? null);
  }

  function state() {
    if (refused !== null) return say("status_refused", { text: refused });
    if (outbox.waiting(id)) return say(navigator.onLine && !kept ? "status_sending" : "status_kept");
    if (vote.late) return say("status_late");
    if (isRound && (vote.mine || vote.state !== "open")) return say(vote.mine ? "situations_in" : "situations_over");
    if (vote.state !== "open") return say(vote.mine ? "status_closed_in" : "status_closed");
    if (isPart) return vote.mine ? say("status_part_in") : "";
    if (vote.mine?.settled) return say("status_settled");
    if (first.by_team) return say(!vote.team ? "team_none" : vote.mine ? "team_in" : "team_open");
    return say(vote.mine ? "status_in" : "status_none");
  }

  function draw() {
    const open = vote.state === "open" && !vote.late && !vote.mine?.settled && !(isRound && vote.mine) && (!first.by_team || vote.team);
    const given = read().value !== null;
    for (const input of body.querySelectorAll("input, textarea, [data-answer]")) {
      if (input.tagName === "TEXTAREA") input.readOnly = !open;
      else input.disabled = !open;
    }
    more.hidden = !given;
    back.hidden = !(open && given) || isRound;
    setAttr(element, "data-state", vote.state);
    setText(status, state());
    setText(turnout, open && vote.of && !isPart ? say("turnout", { answered: vote.answered, all: vote.of }) : "");
    setText(seen, open && vote.isFirst && !first.by_team && !isPart ? say("votes_private", { least: data.least }) : "");
    setText(team, vote.team ? say("team_vote", { team: vote.team }) : "");
    const before = !isRound && ownWords(vote, vote.first?.value);
    show(earlier, before && say("first_answer", { label: before }));
    const own = open || isRound ? null : ownWords(vote, vote.mine?.value);
    show(sealed, own && say("sealed", { answer: own }));
    if (!open && body.contains(document.activeElement)) document.getElementById(heading).focus({ preventScroll: true });
    body.hidden = !open;
    beside.hidden = !(parts.length && (open ? given || isOfTwo : vote.parts.some(({ mine }) => mine)));
    if (isPart) element.hidden = !open && !own;
  }

  function show(place, text) {
    place.hidden = !text;
    setText(place, text || "");
  }

  return {
    element,
    update(now) {
      vote = now;
      const waiting = outbox.waiting(id);
      if (waiting) write(waiting); // also what an earlier visit left
      else if (refused === null) write(vote.mine);
      (now.parts ?? []).forEach((part, place) => parts[place]?.update(part));
      draw();
    },
    close: () => first.parts?.forEach((part) => besides.delete(part.id)),
    told(what, why) {
      kept = what === "kept" || (kept && what === "waiting");
      if (what === "sent") vote = { ...vote, mine: read().value === null ? null : { ...read(), settled: false } };
      if (what === "refused") refused = why || say("gone");
      draw();
    },
  };
}

function choices(type, vote, { labelled, changed }) {
  const name = newId();
  const many = type === "checkbox";
  const pill = ({ id, label, hint }, place) => {
    const ids = [newId(), newId()];
    const told = hint ? { "aria-labelledby": ids[0], "aria-describedby": ids[1] } : {};
    return h("label", { class: `choice ${type}` },
      h("input", { type, name, value: id, onchange: () => changed(CHOOSING_MS), ...told }),
      h("span", {}, h("b", { class: "key", "aria-hidden": "true" }, letter(place)), h("span", { id: ids[0], dir: "auto" }, label), hint && h("span", { class: "small", id: ids[1], dir: "auto" }, hint)));
  };
  const element = h("div", { class: `choices ${vote.form === "grid" ? "grid" : vote.kind === "scale" ? "scale" : ""}`, role: many ? "group" : "radiogroup", "aria-labelledby": labelled }, vote.choices.map(pill));
  const inputs = [...element.querySelectorAll("input")];
  return {
    element,
    read() {
      const picked = inputs.filter((input) => input.checked).map((input) => input.value);
      return many ? (picked.length ? picked : null) : picked[0] ?? null;
    },
    write(value) {
      const wanted = many ? value ?? [] : [value];
      for (const input of inputs) if (input.checked !== wanted.includes(input.value)) input.checked = !input.checked;
    },
  };
}

function textBox(rows, vote, { labelled, changed }) {
  const count = h("p", { class: "small" });
  const input = h("textarea", { rows, dir: "auto", maxlength: vote.limit, "aria-labelledby": labelled });
  const left = () => { setText(count, input.value.length > vote.limit * 0.8 ? say("left", { count: vote.limit - input.value.length }) : ""); };
  input.addEventListener("input", () => { left(); changed(TYPING_MS); });
  return {
    element: h("div", {}, input, count),
    read: () => input.value.trim() || null,
    write(value) {
      const isSame = (value ?? null) === (input.value.trim() || null); // a space at the end is still being typed
      if (isSame || (document.activeElement === input && input.value)) return;
      input.value = value ?? "";
      left();
    },
  };
}
