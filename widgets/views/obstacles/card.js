// One obstacle on the board: what it is, its cover and owner, its age, and the arrows.
import { h, makeButton, setAttr, setText } from "../../common/dom.js";
import { STATES } from "./obstacles.js";

const BY = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -1, ArrowDown: 1 };

/** The card of one obstacle; `desk` has say, nameOf(state), move(row, state) and open(row). */
export function makeCard(obstacle, desk) {
  const { say } = desk;
  let now = obstacle;
  const step = (by) => STATES[STATES.indexOf(now.state) + by] ?? null;
  const go = (by) => step(by) && desk.move(now.key, step(by));
  const handle = makeButton("handle", () => handle.focus()), age = h("p", { class: "age" });
  const parts = { owner: h("p", { dir: "auto" }), cover: h("p", { dir: "auto" }), fix: h("p", { dir: "auto" }) };
  const arrows = [-1, 1].map((by) => makeButton("tool", () => go(by), h("span", { "aria-hidden": "true" }, by < 0 ? "←" : "→")));
  const edit = makeButton("link small", () => desk.open(now.key), h("span", { "aria-hidden": "true" }, "✎"));
  const element = h("li", { class: "obstacle", "data-row": obstacle.key }, h("div", { class: "top" }, handle, arrows[0], arrows[1], edit), age, Object.values(parts));
  handle.addEventListener("keydown", (event) => {
    if (!BY[event.key] || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    go(BY[event.key]);
  });

  function update(next) {
    now = next;
    setText(handle, now.name);
    const days = now.age === null ? !now.since && say("age_none") : now.age === 1 ? say("age_one") : say("age", { days: now.age });
    const waits = now.isOld ? say(now.mover === "sponsor" ? "with_sponsor" : "to_sponsor") : "";
    setText(age, now.isOpen ? [now.isOld && "▲", [days, waits].filter(Boolean).join(", ")].filter(Boolean).join(" ") : "");
    age.hidden = !now.isOpen;
    element.classList.toggle("old", now.isOld);
    setText(parts.owner, now.owner ? say("owner", { owner: now.owner }) : now.isOpen ? say("no_owner") : "");
    setText(parts.cover, now.cover ? say("cover", { cover: now.cover }) : now.isOpen ? say("no_cover") : "");
    setText(parts.fix, now.fix ? say("fix", { fix: now.fix }) : "");
    arrows.forEach((arrow, place) => {
      const to = step(place ? 1 : -1);
      arrow.hidden = !to;
      setAttr(arrow, "aria-label", to && say("move", { what: now.name, state: desk.nameOf(to) }));
    });
    setAttr(edit, "aria-label", say("edit", { what: now.name }));
  }
  return { element, update, focus: () => handle.focus() };
}
