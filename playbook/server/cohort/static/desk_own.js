// Ask something of one's own: ten seconds, or kept for later; and what a sheet gives to talk about.
import { h, makeList, newId } from "./dom.js";
import { find, redraw, say } from "./page.js";

const CHOICES = ["one", "many", "scale", "order", "links"];

/** The form and the lists; the function that takes the state. */
export function makeOwn(act) {
  const form = find("own");
  const text = (name) => form.elements[name].value;
  const parts = { choices: CHOICES, axes: ["grid"], range: ["range"] };

  function draw() {
    for (const [part, forms] of Object.entries(parts)) find(`own-${part}-part`).hidden = !forms.includes(text("form"));
  }

  const read = () => ({
    form: text("form"), text: text("text"), choices: text("choices").split("\n"),
    across: text("across"), up: text("up"), unit: text("unit"), fact: text("fact"), bound: text("bound"), source: text("source"), by_team: form.elements.by_team.checked,
  });

  async function ask(later) {
    const told = await act("ask_own", { ...read(), later }, say(later ? "did_keep" : "did_ask"));
    if (!told) return;
    const kind = text("form");
    form.reset();
    form.elements.form.value = kind;
    draw();
  }

  form.elements.form.addEventListener("change", draw);
  form.addEventListener("submit", (event) => { event.preventDefault(); ask(false); });
  find("own-later").addEventListener("click", () => ask(true));
  draw();

  const prepared = makeList(find("prepared"), ({ id, text: asked, form: kind }) => {
    const named = h("span", { id: newId(), dir: "auto" }, asked);
    const button = (key, look, more) => h("button", { type: "button", class: look, "aria-describedby": named.id, onclick: () => act("ask_prepared", { question: id, ...more }, say(more.delete ? "did_unkeep" : "did_ask")) }, say(key));
    return { element: h("li", {}, named, " ", h("span", { class: "small" }, say(`form_${kind}`)),
      h("p", { class: "buttons" }, button("own_ask", "button", {}), button("own_delete", "button quiet", { delete: true }))) };
  });

  return (state) => {
    prepared.sync(state.prepared.map((one) => ({ ...one, key: one.id })));
    find("prepared-part").hidden = !state.prepared.length;
    find("prompts-part").hidden = !state.prompts.length;
    redraw(find("prompts"), state.prompts, () => state.prompts.map(({ title, text: lead }) => h("li", {},
      h("strong", {}, title), h("p", { class: "small" }, lead),
      h("p", { class: "buttons" },
        h("button", { type: "button", class: "button quiet", onclick: () => act("ask_own", { form: "text", text: title, lead }, say("did_ask")) }, say("prompt_text"), h("span", { class: "visually-hidden" }, `: ${title}`)),
        h("button", { type: "button", class: "button quiet", onclick: () => act("ask_own", { form: "yes_no", text: title, lead }, say("did_ask")) }, say("prompt_yes_no"), h("span", { class: "visually-hidden" }, `: ${title}`))))));
  };
}
