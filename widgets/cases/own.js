// The form for a case of one's own: what is written waits in this browser until it is kept.
import { h, makeButton, newId } from "../common/dom.js";
import { makeAsk } from "./decision.js";

/** `kept` is what was written and not kept yet; keep(given) holds it, send(given) has it checked and kept. */
export function makeOwnForm(page, { kept, keep, send, kept_now: keptNow }, act) {
  const { sections, answers, problem, playable, own_words: words } = page;
  const given = { ...answers, ...kept };
  const fields = sections.map(({ title, asks }) => {
    const made = asks.map((ask) => ({ ask, field: makeAsk(ask, page.words, given[ask.id], (value) => { given[ask.id] = value; keep(given); draw(); }, ask.optional) }));
    const id = newId();
    return { asks: made, section: h("section", { class: "card decide", "aria-labelledby": id }, h("h2", { id }, title), made.map(({ field }) => field.element)) };
  });
  function draw() {
    for (const { section, asks } of fields) {
      for (const { ask, field } of asks) field.element.hidden = !ask.if.every(({ ask: of, any }) => any.includes(given[of]));
      section.hidden = asks.every(({ field }) => field.element.hidden);
    }
  }
  draw();
  return h("div", { class: "pb-form own" },
    fields.map(({ section }) => section),
    problem && h("p", { class: "hinge" }, problem),
    playable && h("p", { class: "opened" }, words.playable),
    h("p", { class: "buttons" }, h("button", { type: "button", class: playable ? "button quiet" : "button", "data-key": "keep", onclick: () => { keptNow(); send(given); } }, words.keep),
      playable && makeButton("button", () => act.begin(page.case, page.minutes), words.try_it)));
}
