// A round of situations: what each of them is and how sure one is, sent together; and their reasons, once they are shown.
import { h, newId, setText } from "./dom.js";
import { say } from "./page.js";

const SURE = [50, 60, 70, 80, 90, 100];
const PLACE = "pb:situations:"; // what is not sent yet is kept in this browser, by vote

/** @param {any} vote */
export function situationsControl(vote, { labelled, changed }) {
  const all = vote.situations.length;
  const chosen = kept(vote.id);
  let sent = null;
  const missing = h("p", { class: "small", role: "alert" });
  const parts = vote.situations.map(({ id, text }, place) => part(id, text, place + 1));
  const send = h("button", { type: "button", class: "button", "data-answer": true, onclick: press }, say("situations_send", { all }));

  function part(id, text, number) {
    const heading = newId();
    const pick = (key, value, label) => {
      const input = h("input", { type: "radio", name: `${vote.id}-${id}-${key}`, value: String(value), checked: chosen[id]?.[key] === value,
        onchange: () => { chosen[id] = { ...chosen[id], [key]: value }; keep(vote.id, chosen); setText(missing, ""); } });
      return h("label", { class: "choice radio" }, input, h("span", {}, h("span", { dir: "auto" }, label)));
    };
    const group = (key, look, list) => {
      const name = newId();
      return [h("p", { class: "ask", id: name }, say(`situation_${key === "sure" ? "sure" : "what"}`)),
        h("div", { class: `choices ${look}`, role: "radiogroup", "aria-labelledby": `${heading} ${name}` }, list)];
    };
    return h("li", {}, h("h4", { id: heading }, say("situation", { number, all })), h("p", { dir: "auto" }, text),
      group("answer", "", vote.choices.map((choice) => pick("answer", choice.id, choice.label))),
      group("sure", "tens", SURE.map((value) => pick("sure", value, say(value === 50 || value === 100 ? `situation_${value}` : "situation_percent", { value })))));
  }

  function press() {
    const lacks = vote.situations.flatMap(({ id }, place) => {
      const { answer, sure } = chosen[id] ?? {};
      return answer && sure ? [] : [say(answer ? "situations_missing_sure" : "situations_missing_what", { number: place + 1 })];
    });
    setText(missing, lacks.length ? say("situations_missing", { missing: lacks.join(", ") }) : "");
    if (lacks.length) return;
    sent = vote.situations.map(({ id }) => `${id} ${chosen[id].answer} ${chosen[id].sure}`);
    changed(0);
  }

  return {
    element: h("div", {}, h("p", { class: "small", dir: "auto" }, vote.lead), h("ol", { class: "situations", "aria-labelledby": labelled }, parts), h("p", { class: "small" }, say("situations_seal")), missing, h("p", {}, send)),
    read: () => sent,
    write(value) {
      sent = value ?? null;
      if (value) forget(vote.id);
    },
  };
}

/** Each situation with one's own answer, the one that can be defended, and why. */
export function situationsReasons(situations) {
  const one = ({ text, mine, answer, why, sources }, place) => h("li", {},
    h("h4", {}, say("situation", { number: place + 1, all: situations.length })), h("p", { class: "small", dir: "auto" }, text),
    mine && h("p", {}, say("situation_mine", { answer: mine.label, sure: mine.sure })),
    h("p", {}, h("strong", {}, say("situation_answer", { answer }))), h("p", { dir: "auto" }, why),
    h("details", {}, h("summary", {}, "(i)"), h("p", { class: "small" }, say("situation_sources", { sources: sources.join(", ") }))));
  return h("section", {}, h("h4", {}, say("situations_why")), h("p", { class: "small" }, say("situations_ours")), h("ol", { class: "situations" }, situations.map(one)));
}

function kept(vote) {
  try { return JSON.parse(localStorage.getItem(PLACE + vote) ?? "{}"); } catch { return {}; }
}

function keep(vote, chosen) {
  try { localStorage.setItem(PLACE + vote, JSON.stringify(chosen)); } catch { /* then it lasts as long as the page */ }
}

function forget(vote) {
  try { localStorage.removeItem(PLACE + vote); } catch { /* nothing was kept */ }
}
