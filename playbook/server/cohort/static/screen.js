// The projector: what the class looks at together. It asks nobody for anything.
import { h, placeChildren } from "./dom.js";
import { follow } from "./follow.js";
import { announce, base, data, find, notice, say } from "./page.js";
import { makeTimer } from "./timer.js";
import { makeWall } from "./wall.js";
import { exhibitScene, factsScene, situationScene } from "./wall_case.js";
import { agreedScene, galleryScene, joinScene, matrixScene, noteScene, teamsScene } from "./wall_class.js";
import { sceneOf } from "./wall_scene.js";
import { resultScene, voteScene } from "./wall_votes.js";

const BLANK_KEYS = ["b", "B", "."]; // as in other programs that present
const DRAWN = {
  join: (scene) => joinScene(scene, title),
  note: (scene) => noteScene(scene, title),
  vote: voteScene,
  result: resultScene,
  teams: teamsScene,
  matrix: matrixScene,
  gallery: (scene) => galleryScene(scene, data.cohort),
  agreed: agreedScene,
  case: situationScene,
  exhibit: exhibitScene,
  facts: factsScene,
  blank: () => ({ title: "", body: [h("p", { class: "visually-hidden" }, say("blank"))] }),
};

const title = find("head").textContent; // of the class, as the page came
const timer = makeTimer(find("timer"), announce);
const wall = makeWall(find("wall"), find("head"), find("body"), title);
/** @type {any} */
let scene = { kind: "blank" };
let isBlank = false, drawn = "", shown = "";
follow(`${base}screen/${data.cohort}/state`, tell, (isThere) => notice("line", isThere ? null : say("offline")));
addEventListener("keydown", ({ key, repeat, ctrlKey, metaKey, altKey }) => {
  if (repeat || ctrlKey || metaKey || altKey || !BLANK_KEYS.includes(key)) return;
  isBlank = !isBlank;
  draw();
});

/** Show a state of the class. */
export function tell(state) {
  notice("ended", state.door.over ? say("ended") : null);
  timer.update(state.timer_ends, state.now);
  scene = sceneOf(state);
  foot(state);
  if (shown && shown !== place(scene)) isBlank = false; // the desk shows something else
  shown = place(scene);
  draw();
}

const place = ({ kind, vote }) => `${kind} ${vote?.id ?? ""}`;

/** Anew only when something is another than before: a page of the gallery loads once. */
function draw() {
  const now = isBlank ? { kind: "blank" } : scene;
  const text = JSON.stringify(now);
  if (text === drawn) return;
  drawn = text;
  find("wall").dataset.kind = now.kind;
  find("timer").classList.toggle("visually-hidden", now.kind === "blank");
  wall.show(() => DRAWN[now.kind](now));
}

/** Whoever comes late finds the way in below everything. */
function foot({ door, step }) {
  const left = step?.title || title;
  const late = door.open && scene.kind !== "join" && [say("late"), " ", h("b", {}, door.at.replace(/^https:\/\//, "")), door.code && [` · ${say("join_code")} `, h("b", {}, door.code)]];
  placeChildren(find("foot"), [h("span", { dir: "auto" }, left), late && h("span", {}, late)].filter(Boolean));
}
