// One's own answer in words, as it stands beside what came later.
import { say } from "./page.js";
import { letter } from "./picture.js";
import { rangeTold } from "./ranges.js";

/** An answer to a vote as text; null for none, or one that this page does not know. */
export function ownWords({ choices, form, unit, kind }, value) {
  if (value === null || value === undefined) return null;
  if (form === "range") return rangeTold(value, unit);
  if (kind.endsWith("text")) return value;
  const place = Object.fromEntries(choices.map(({ id }, at) => [id, at]));
  const named = [value].flat().filter((id) => id in place).map((id) => (form === "sure" ? say("sure_of", { value: choices[place[id]].label }) : `${letter(place[id])} ${choices[place[id]].label}`));
  return named.length ? named.join(form === "order" ? " → " : ", ") : null;
}
