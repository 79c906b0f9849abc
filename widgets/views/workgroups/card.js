// One person on the board: code, name, what differs, where to move, and a lock.
import { h, makeButton, setAttr, setText } from "../../common/dom.js";
import { svgPart } from "../../common/drawing.js";

/** The card of one person; `desk` has say, by, pick(row), picked, move(row, group), lock(row), names and rare(row). */
export function makeCard(person, desk) {
  const { say } = desk;
  let now = person;
  const code = makeButton("code", () => desk.pick(now.key));
  const name = h("span", { class: "name", dir: "auto" });
  const left = makeButton("tool", () => desk.move(now.key, now.group - 1), h("span", { "aria-hidden": "true" }, "←"));
  const right = makeButton("tool", () => desk.move(now.key, now.group + 1), h("span", { "aria-hidden": "true" }, "→"));
  const shackle = svgPart("path", { fill: "none", stroke: "currentColor", "stroke-width": "1.6" });
  const body = svgPart("rect", { x: "3", y: "7", width: "10", height: "7", rx: "1", fill: "currentColor" });
  const padlock = svgPart("svg", { viewBox: "0 0 16 16", width: "16", height: "16", "aria-hidden": "true" }, body, shackle);
  const lock = makeButton("tool lock", () => desk.lock(now.key), padlock);
  const told = h("p", {}), why = h("p", { class: "small", role: "status", dir: "auto" }), swap = h("div", { class: "swap", role: "status" });
  const element = h("li", { class: "person", "data-row": person.key }, h("div", { class: "who" }, code, name, left, right, lock), told, why, swap);
  code.addEventListener("keydown", (event) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!by || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const to = now.group + by;
    if (to >= 1 && to <= desk.columns) desk.move(now.key, to);
  });

  function update(next) {
    now = next;
    setText(code, now.code);
    setText(name, desk.names.of(now.code));
    setAttr(code, "aria-pressed", String(desk.picked === now.key));
    setAttr(left, "aria-label", say("move", { code: now.code, number: now.group - 1 }));
    setAttr(right, "aria-label", say("move", { code: now.code, number: now.group + 1 }));
    left.hidden = now.group < 2;
    right.hidden = now.group >= desk.columns;
    setAttr(lock, "aria-pressed", String(now.locked));
    setAttr(lock, "aria-label", say(now.group ? "lock" : "lock_nowhere", { code: now.code, number: now.group }));
    setAttr(shackle, "d", now.locked ? "M5 7V5a3 3 0 0 1 6 0v2" : "M5 7V4.5a3 3 0 0 1 5.8-1");
    lock.hidden = !now.group || desk.by === "cell";
    const rare = desk.rare(now.key), key = JSON.stringify([now.told, rare]);
    if (told.dataset.key !== key) {
      told.replaceChildren(...now.told.flatMap((one, place) => [place ? " · " : "", one === rare ? h("strong", {}, one) : one]));
      told.dataset.key = key;
    }
    element.classList.toggle("picked", desk.picked === now.key);
    const reason = desk.picked === now.key && desk.why?.row === now.key ? desk.why.text : "";
    setText(why, reason);
    why.hidden = !reason;
    showSwap(swap, desk, now);
  }
  return { element, update, focus: () => code.focus() };
}

/** What it would cost to swap the picked person with this one, and the two answers to that. */
function showSwap(box, desk, now) {
  const offer = desk.offer?.other === now.key ? desk.offer : null, key = JSON.stringify(offer);
  box.hidden = !offer;
  if (box.dataset.key === key) return;
  box.dataset.key = key;
  if (!offer) return box.replaceChildren();
  box.replaceChildren(h("p", {}, h("strong", {}, desk.say("swap_title", { code: offer.code, other: now.code })), " ", offer.text),
    h("p", { class: "buttons" }, makeButton("button quiet mini", () => desk.swap(), desk.say("swap_anyway")),
      makeButton("button quiet mini", () => desk.pick(null), desk.say("keep"))));
}
