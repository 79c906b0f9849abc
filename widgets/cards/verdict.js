// The verdict with its reasons and what to do next; it changes while somebody answers.
import { fill, h, newId, placeChildren, setAttr, setText } from "../common/dom.js";
import { connectCard, pageLink } from "./card.js";
import { makeDock } from "./dock.js";

function render({ model, el }) {
  const card = makeSays();
  el.classList.add("pb");
  el.append(card.element);
  const dock = makeDock(card.element);
  const show = (payload) => {
    card.update(payload);
    dock.update(payload);
  };
  const leave = connectCard(model, card.element, { show });
  return () => {
    dock.remove();
    leave();
  };
}

/** The card: {element, update(payload)}. What did not change is not touched, so an open "Says who?" stays open. */
function makeSays() {
  const label = h("h2", { id: newId(), class: "visually-hidden" });
  const parts = [makeLines(), makeReasons(), makeNext(), makeNumbers()];
  // Filled before it is put in, so that it is read aloud when the verdict changes and not before.
  const head = h("p", { role: "status" });
  const element = h("section", { class: "verdict-card card", id: newId(), tabindex: "-1", "aria-labelledby": label.id });
  return {
    element,
    update(payload) {
      const { verdict, words } = payload;
      setText(label, words.label);
      if (!verdict) return placeChildren(element, [label, h("p", { class: "small" }, words.waiting)]);
      setAttr(head, "class", `head verdict ${verdict.level}`);
      setText(head, verdict.head);
      parts.forEach((part) => part.update(payload));
      placeChildren(element, [label, head, ...parts.map((part) => part.element)]);
    },
  };
}

/** Which candidate it is about, how far the answers reach, what changed in the sheet. */
function makeLines() {
  const about = h("p", { dir: "auto" });
  const progress = h("p", { class: "small" });
  const changed = h("p", { class: "changed" });
  return {
    element: h("div", {}, about, progress, changed),
    update(payload) {
      const { words } = payload;
      setLine(about, payload.about_text);
      setLine(progress, words.progress);
      setLine(changed, payload.changed);
    },
  };
}

function setLine(element, text) {
  setText(element, text || "");
  setAttr(element, "hidden", !text);
}

/** The findings: the gravest stand open, the rest behind one more click. */
function makeReasons() {
  const made = new Map();
  const first = h("ul", { class: "findings" }), rest = h("ul", { class: "findings" });
  const summary = h("summary", {});
  const more = h("details", { class: "more" }, summary, rest);
  return {
    element: h("div", {}, first, more),
    update({ findings, open, next, words }) {
      const listed = new Set(next.map((step) => step.text)); // said once: below, as what to do next
      const told = findings.map((finding) => ({ ...finding, advice: listed.has(finding.advice) ? "" : finding.advice }));
      const elements = told.map((finding) => reuse(made, finding, () => findingElement(finding, words)));
      forget(made, elements);
      placeChildren(first, elements.slice(0, open));
      placeChildren(rest, elements.slice(open));
      const left = findings.length - open;
      setText(summary, fill(left === 1 ? words.more_one : words.more_many, { count: left }));
      setAttr(more, "hidden", !left);
    },
  };
}

/** The element made for `value` before, or a new one. */
function reuse(made, value, make) {
  const key = JSON.stringify(value);
  if (!made.has(key)) made.set(key, make());
  return made.get(key);
}

function forget(made, kept) {
  for (const [key, element] of made) if (!kept.includes(element)) made.delete(key);
}

function findingElement(finding, words) {
  const { level, word, heading, text, advice, scope } = finding;
  return h("li", { class: `finding edge-${level}` },
    h("h3", {}, h("span", { class: `verdict ${level}` }, heading), h("span", { class: "visually-hidden" }, ` (${word})`)),
    h("p", { dir: "auto" }, text, advice && " ", advice),
    scope && h("p", { class: "small" }, fill(words.only_for, { scope })),
    whoElement(finding, words));
}

/** "Says who?", which opens to the source, the place in it and our reading. */
function whoElement({ who, ours }, words) {
  const { basis } = who;
  const lines = ours
    ? [[words.who_ours, who.reading], [words.who_basis, [sourceElement(basis), " ", basis.reading]]]
    : [[words.who_source, sourceElement(who)], [words.who_reading, who.reading]];
  return h("details", { class: "who" },
    h("summary", {}, h("span", {}, words.says_who), ours && h("span", { class: "ours" }, words.ours)),
    h("dl", {}, lines.map(([term, said]) => h("div", {}, h("dt", {}, term), h("dd", {}, said)))),
    h("p", { class: "row-id" }, who.row));
}

const sourceElement = ({ source, place }) => [h("cite", {}, source), place ? `: ${place}.` : "."];

/** What to do next, in order. */
function makeNext() {
  const heading = h("h3", {});
  const list = h("ol", {});
  const made = new Map();
  const element = h("div", { class: "next" }, heading, list);
  return {
    element,
    update({ next, words }) {
      setText(heading, words.next);
      placeChildren(list, next.map((step) => reuse(made, step, () => stepElement(step))));
      setAttr(element, "hidden", !next.length);
    },
  };
}

function stepElement({ text, href }) {
  return h("li", { dir: "auto" }, href ? pageLink(href, {}, text) : text);
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
