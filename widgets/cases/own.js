// The form for a case of one's own: what is written waits in this browser until it is kept.
import { h, makeButton, newId } from "../common/dom.js";
import { makeAsk } from "./decision.js";

/** `kept` is what was written and not kept yet; keep(given) holds it, send(given) has it checked and kept. */
export function makeOwnForm(page, { kept, keep, send, kept_now: keptNow }, act) {
  const { sections, answers, problem, playable, own_words: words } = page;
  const given = { ...answers, ...kept };
  const fields = sections.map(({ title, asks }) => ({ title, asks: asks.map((ask) => ({ ask, field: makeAsk(ask, page.words, given[ask.id], (value) => { given[ask.id] = value; keep(given); draw(); }, false) })) }));
  function draw() {
    for (const { asks } of fields) for (const { ask, field } of asks) field.element.hidden = !ask.if.every(({ ask: of, any }) => any.includes(given[of]));
  }
  draw();
  return h("div", { class: "pb-form own" },
    fields.map(({ title, asks }) => {
      const id = newId();
      return h("section", { class: "card decide", "aria-labelledby": id }, h("h2", { id }, title), asks.map(({ field }) => field.element));
    }),
    problem && h("p", { class: "hinge" }, problem),
    playable && h("p", { class: "opened" }, words.playable),
    h("p", { class: "buttons" }, h("button", { type: "button", class: playable ? "button quiet" : "button", "data-key": "keep", onclick: () => { keptNow(); send(given); } }, words.keep),
      playable && makeButton("button", () => act.begin(page.case, 5), words.try_it)));
}
