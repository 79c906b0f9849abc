// A new class: what was typed stays until it is made.
import { whyNot } from "./act.js";
import { send } from "./ask.js";
import "./forget.js";
import { base, find, notice } from "./page.js";

const form = find("new");
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const text = (name) => form.elements[name].value;
  const given = { title: text("title"), host: text("host"), day: text("day"), ends: text("ends"), erase_on: text("erase_on") };
  const chosen = { in_teams: text("in_teams") === "yes", sees_answers: text("sees_answers") === "yes", programme: text("programme") };
  await make(form, "desk/new", { ...given, ...chosen });
});

/** @type {NodeListOf<HTMLFormElement>} */
const copies = document.querySelectorAll("form.copy");
for (const copy of copies) copy.addEventListener("submit", (event) => {
  event.preventDefault();
  const text = (name) => /** @type {HTMLInputElement} */ (copy.elements[name]).value;
  make(copy, "desk/copy", { cohort: copy.dataset.cohort, title: text("title"), day: text("day") });
});

async function make(from, path, given) {
  for (const field of from.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
  try {
    const { id } = await send(path, given);
    location.assign(`${base}desk/${id}`);
  } catch (error) {
    notice("wrong", whyNot(error));
    const field = from.elements[error.field];
    field?.setAttribute?.("aria-invalid", "true");
    field?.closest?.("details")?.setAttribute("open", "");
    field?.focus?.();
  }
}
