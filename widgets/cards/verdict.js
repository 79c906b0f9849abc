// The verdict, the one next step and the reasons; it changes while somebody answers.
import { fill, h, makeButton, newId, placeChildren, setAttr, setText } from "../common/dom.js";
import { makePopover } from "../common/dialog.js";
import { askForBrief, fieldLink, hearStepAsked, pageLink } from "../common/goto.js";
import { connectCard } from "./card.js";
import { makeDock } from "./dock.js";
import { stepLink } from "./step.js";

function render({ model, el }) {
  const card = makeSays();
  el.classList.add("pb");
  el.append(card.element);
  const dock = makeDock(card.element);
  let sheet = "";
  const show = (payload) => {
    ({ sheet } = payload);
    card.update(payload);
    dock.update(payload);
  };
  const leave = connectCard(model, card.element, { show });
  const deaf = hearStepAsked((wanted) => { if (wanted === sheet) card.toStep(); });
  return () => {
    dock.remove();
    deaf();
    leave();
  };
}

/** The card: {element, update(payload)}. What did not change is not touched, so what is open stays open. */
function makeSays() {
  const label = h("h2", { id: newId(), class: "visually-hidden" });
  const waiting = h("p", { class: "small" });
  const parts = [makeHead(), makeNext(), makeDoor(), makeMusts(), makeReasons(), makeNumbers()];
  const element = h("section", { class: "verdict-card card", id: newId(), tabindex: "-1", "aria-labelledby": label.id });
  setAttr(element, "hidden", true); // it may stand here before its kernel answers, and has no name until then
  return {
    element,
    /** To the field of the next step; to its link where it is on another sheet, and to the word where there is none. */
    toStep() {
      const link = element.querySelector(".next a");
      if (link?.hash && link.pathname === location.pathname) link.click();
      else (link ?? element).focus();
    },
    update(payload) {
      const { verdict, words } = payload;
      setText(label, words.label);
      setText(waiting, words.waiting);
      if (verdict) parts.forEach((part) => part.update(payload));
      placeChildren(element, [label, ...(verdict ? parts.map((part) => part.element) : [waiting])]);
      setAttr(element, "hidden", false);
    },
  };
}

/** The word, the sentence, which candidate it is about, what changed in the sheet; behind (i) where it comes from. */
function makeHead() {
  // Filled before it is put in, so that it is read aloud when the verdict changes and not before.
  const word = h("span", { class: "verdict" }), says = h("span", { class: "sentence" });
  const status = h("p", { class: "head", role: "status" }, word, " ", says);
  const about = h("p", { class: "small", dir: "auto" }), changed = h("p", { class: "changed" });
  const sources = makeSources();
  return {
    element: h("div", { class: "top" }, status, sources.element, about, changed),
    update(payload) {
      const { verdict } = payload;
      setAttr(word, "class", `verdict ${verdict.level}`);
      setText(word, verdict.word);
      setText(says, verdict.says);
      setLine(about, payload.about_text);
      setLine(changed, payload.changed);
      sources.update(payload);
    },
  };
}

function setLine(element, text) {
  setText(element, text || "");
  setAttr(element, "hidden", !text);
}

/** One (i) for all: each reason with its source, the place in it and our reading. */
function makeSources() {
  const label = h("span", { class: "visually-hidden" }), title = h("h3", {}), list = h("ul", { class: "plain" });
  const made = new Map();
  const { element } = makePopover("sources", [h("span", { "aria-hidden": "true" }, "i"), label], title, list);
  return {
    element,
    update({ musts, reasons, words }) {
      setText(label, words.sources);
      setText(title, words.sources);
      const all = [...musts, ...reasons].map(({ heading, who, ours }) => ({ heading, who, ours }));
      placeChildren(list, listed(made, all, (told) => sourceItem(told, words)));
    },
  };
}

function sourceItem({ heading, who, ours }, words) {
  const { basis } = who;
  const lines = ours
    ? [[words.who_ours, who.reading], [words.who_basis, [sourceElement(basis), " ", basis.reading]]]
    : [[words.who_source, sourceElement(who)], [words.who_reading, who.reading]];
  return h("li", {}, h("p", {}, h("strong", {}, heading), " ", ours && h("span", { class: "ours" }, words.ours)),
    h("dl", {}, lines.map(([term, said]) => h("div", {}, h("dt", {}, term), h("dd", {}, said)))),
    h("p", { class: "row-id" }, who.row));
}

const sourceElement = ({ source, place }) => [h("cite", {}, source), place ? `: ${place}.` : "."];

/** One thing to do next, a sentence that leads to where it is done. */
function makeNext() {
  const heading = h("h3", { class: "eyebrow" }), made = new Map();
  const step = h("p", { dir: "auto" });
  const element = h("div", { class: "next" }, heading, step);
  return {
    element,
    update({ next, sheet, words }) {
      setText(heading, words.next);
      placeChildren(step, listed(made, next ? [next] : [], (now) => stepLink(sheet, now, {}, now.text)));
      setAttr(element, "hidden", !next);
    },
  };
}

/** At a gate: the brief, where a leader looks after the verdict; the door further down has all its forms. */
function makeDoor() {
  const button = makeButton("button quiet", () => askForBrief(button), "");
  const element = h("p", { class: "to-brief" }, button);
  return {
    element,
    update({ brief }) {
      setText(button, brief ?? "");
      setAttr(element, "hidden", !brief);
    },
  };
}

/** What a gate asks of other sheets, each by its name with the word and the sentence of that sheet. */
function makeMusts() {
  const heading = h("h3", { class: "eyebrow" }), list = h("ul", { class: "reasons musts" }), made = new Map();
  const element = h("div", { class: "why" }, heading, list);
  return {
    element,
    update({ musts, words }) {
      setText(heading, words.musts);
      placeChildren(list, listed(made, musts, mustElement));
      setAttr(element, "hidden", !musts.length);
    },
  };
}

function mustElement({ level, word, heading, text, href }) {
  return h("li", { class: "must" }, h("span", { class: `mark ${level}` }),
    h("p", {}, href ? pageLink(href, {}, heading) : heading, h("span", { class: level }, word)), h("p", {}, text));
}

/** Why: what made the verdict stands open, all else is behind one more click. */
function makeReasons() {
  const made = new Map();
  const heading = h("h3", { class: "eyebrow" });
  const first = h("ul", { class: "reasons" }), rest = h("ul", { class: "reasons" });
  const summary = h("summary", {});
  const more = h("details", { class: "more" }, summary, rest);
  const element = h("div", { class: "why" }, heading, first, more);
  return {
    element,
    update({ reasons, open, sheet, words }) {
      setText(heading, words.why);
      const elements = listed(made, reasons, (reason) => reasonElement(reason, sheet, words));
      placeChildren(first, elements.slice(0, open));
      placeChildren(rest, elements.slice(open));
      setText(summary, fill(reasons.length === 1 ? words.more_one : words.more_all, { count: reasons.length }));
      setAttr(first, "hidden", !open);
      setAttr(more, "hidden", reasons.length === open);
      setAttr(element, "hidden", !reasons.length);
    },
  };
}

function reasonElement({ level, word, question, heading, field, answer, text, scope }, sheet, words) {
  const name = question || heading;
  return h("li", { class: "reason" }, h("span", { class: `mark ${level}` }),
    h("p", {}, field ? fieldLink(sheet, field, {}, name) : h("strong", {}, name), h("span", { class: "visually-hidden" }, ` (${word})`)),
    h("p", { dir: "auto" }, [answer, text, scope && fill(words.only_for, { scope })].filter(Boolean).join(" ")));
}

/** The elements for `values`, those made before for the same again; what is no longer there is forgotten. */
function listed(made, values, make) {
  const keys = values.map((value) => JSON.stringify(value));
  for (const key of [...made.keys()]) if (!keys.includes(key)) made.delete(key);
  return values.map((value, place) => {
    if (!made.has(keys[place])) made.set(keys[place], make(value));
    return made.get(keys[place]);
  });
}

/** The figures behind it, closed. */
function makeNumbers() {
  const summary = h("summary", {}), list = h("dl", {});
  const element = h("details", { class: "numbers" }, summary, list);
  return {
    element,
    update({ numbers, words }) {
      setText(summary, words.numbers);
      placeChildren(list, numbers.map(([name, figure]) => h("div", {}, h("dt", {}, name), h("dd", {}, figure))));
      setAttr(element, "hidden", !numbers.length);
    },
  };
}

export default { render };
