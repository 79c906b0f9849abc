// One's own answer in words, as it stands beside what came later.
import { say } from "./page.js";
import { letter } from "./picture.js";

/** An answer to a vote as text; null for none, or one that this page does not know. */
export function ownWords({ choices, form, unit, kind }, value) {
  if (value === null || value === undefined) return null;
  if (form === "range") return say("range_told", { low: value[0], high: value[1], unit }).trim();
  if (kind.endsWith("text")) return value;
  const place = Object.fromEntries(choices.map(({ id }, at) => [id, at]));
  const named = [value].flat().filter((id) => id in place).map((id) => (form === "sure" ? say("sure_of", { value: choices[place[id]].label }) : `${letter(place[id])} ${choices[place[id]].label}`));
  return named.length ? named.join(form === "order" ? " → " : ", ") : null;
}
