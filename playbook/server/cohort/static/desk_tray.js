// The tray of a vote: texts without names, each shown or hidden alone, and put into groups. Nothing goes out by itself.
import { h, makeList, newId, setText } from "./dom.js";
import { say } from "./page.js";

/** {element, update(texts)}. */
export function makeTray(act) {
  const heading = h("h4", {});
  const place = h("ul", { class: "plain tray" });
  const list = makeList(place, (text) => makeText(text, act));
  const element = h("section", { hidden: true }, heading, place);
  return {
    element,
    update(texts) {
      element.hidden = !texts.length;
      setText(heading, say("tray", { count: texts.length, shown: texts.filter(({ shown }) => shown).length }));
      list.sync(texts.map((text) => ({ ...text, key: text.id })));
    },
  };
}

function makeText({ id, text }, act) {
  const words = h("span", { dir: "auto", id: newId() }, text);
  const toggle = h("button", { type: "button", class: "button quiet", "aria-describedby": words.id });
  toggle.addEventListener("click", () => act("let_out", { text: id, shown: toggle.dataset.to === "show" }, say(toggle.dataset.to === "show" ? "did_let_out" : "did_let_out_none")));
  const group = h("input", { type: "text", maxlength: 40, id: newId(), autocomplete: "off", "aria-describedby": words.id });
  group.addEventListener("change", () => act("group", { text: id, heading: group.value }));
  return {
    element: h("li", {}, words, h("span", { class: "buttons" }, toggle, h("label", { for: group.id }, say("tray_group")), group)),
    update({ shown, heading }) {
      toggle.dataset.to = shown ? "hide" : "show";
      setText(toggle, say(shown ? "tray_hide" : "tray_show"));
      if (document.activeElement !== group) group.value = heading;
    },
  };
}
