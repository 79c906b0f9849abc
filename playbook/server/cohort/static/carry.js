// The last step of a case: one sentence to one's own sheet. What is typed stays, also without a network.
import { h } from "./dom.js";
import { data, redraw, say, sheetLink, sheetTitle } from "./page.js";

const KEY = `pb:draft:carry:${data.me}`;

/** draw(carry), in `place`; `act(name, given)` asks the server. */
export function makeCarry(place, act) {
  return (carry) => {
    place.hidden = !carry;
    redraw(place, carry, () => carry && form(carry, act));
  };
}

function form({ sheet }, act) {
  const title = sheetTitle(sheet);
  const told = h("p", { class: "status small", role: "status" });
  const input = h("textarea", { id: "carry-text", rows: 4, dir: "auto", maxlength: 500 });
  input.value = kept();
  input.addEventListener("input", () => keep(input.value));
  const put = async () => {
    const text = input.value.trim();
    const done = await act("carry", { text });
    if (!done) return;
    keep("");
    told.replaceChildren(done.said, " ", h("a", { href: sheetLink(sheet) }, say("carry_see", { sheet: title })));
  };
  if (!input.value) act("carried").then((found) => { if (found && !input.value) input.value = found.text; });
  return [
    h("h2", {}, h("label", { for: "carry-text" }, say("carry"))), input,
    h("p", { class: "small" }, say("carry_where", { sheet: title })),
    h("p", {}, h("button", { type: "button", class: "button", onclick: put }, say("carry_put", { sheet: title }))), told,
  ];
}

function kept() {
  try { return localStorage.getItem(KEY) ?? ""; } catch { return ""; }
}

function keep(text) {
  try {
    if (text) localStorage.setItem(KEY, text);
    else localStorage.removeItem(KEY);
  } catch { /* a browser that keeps nothing */ }
}
