// How saving stands: one line in the page's bar (or our own), and an alarm when nobody answers, or
// nothing can be saved just now.
import { h, makeButton, setText } from "../common/dom.js";

/** The save state of one form; update({state, queue, connected, lasting}) says it anew. */
export function makeSaveBar(say, reconnect) {
  const line = document.querySelector("[data-pb-save]") ?? h("span", { class: "save" });
  const alarm = document.querySelector("[data-pb-alert]") ?? h("div", { class: "alert", role: "alert" });
  const own = [line, alarm].filter((element) => !element.isConnected);
  let ringing = "";

  function text({ state, queue, connected, lasting }) {
    if (!connected) return say(queue.busy ? (lasting ? "save_waiting" : "save_waiting_here") : "save_offline");
    if (!state) return say("save_opening");
    if (queue.trouble) return say("save_later");
    if (queue.busy) return say("save_saving");
    if (queue.refused.length) return say("save_refused");
    if (!state.saved_at) return say("save_nothing");
    return say(state.mode === "memory" ? "save_memory" : "save_saved", { time: state.saved_at });
  }

  function ring(sentence, connected) {
    if (ringing === sentence) return;
    ringing = sentence;
    const again = connected ? [] : [makeButton("button quiet", reconnect, say("reconnect"))];
    alarm.replaceChildren(...(sentence ? [h("p", {}, sentence), ...again] : []));
  }

  function update(now) {
    const { queue, connected, lasting } = now;
    setText(line, text(now));
    ring(connected ? queue.trouble : say(lasting ? "offline" : "offline_here"), connected);
  }
  return { own, update, clear: () => [line, alarm].forEach((element) => element.replaceChildren()) };
}
