// A new class: what was typed stays until it is made.
import { whyNot } from "./act.js";
import { send } from "./ask.js";
import "./forget.js";
import { base, find, notice } from "./page.js";

const form = find("new");
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const text = (name) => form.elements[name].value;
  const given = { title: text("title"), host: text("host"), ends: text("ends"), erase_on: text("erase_on") };
  const chosen = { in_teams: text("in_teams") === "yes", sees_answers: text("sees_answers") === "yes" };
  for (const field of form.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
  try {
    const { id } = await send("desk/new", { ...given, ...chosen });
    location.assign(`${base}desk/${id}`);
  } catch (error) {
    notice("wrong", whyNot(error));
    const field = form.elements[error.field];
    field?.setAttribute?.("aria-invalid", "true");
    field?.focus?.();
  }
});
