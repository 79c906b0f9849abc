// The brief's door beside a gate's verdict.
import { h } from "../common/dom.js";
import { connectCard, tellKernel } from "../cards/card.js";
import { hearBriefAsked } from "../common/goto.js";
import { makeBriefDoor } from "./brief.js";

const QUIET_MS = 1_000; // a brief is put together for its count: not at every key

function render({ model, el }) {
  const root = h("div", {});
  let door = null;
  const show = ({ stage, words }) => {
    if (door) return;
    door = makeBriefDoor(stage, words, (message) => tellKernel(model, message));
    door.element.classList.add("at-gate");
    root.append(door.element);
  };
  let late = null;
  const changed = () => {
    clearTimeout(late);
    late = setTimeout(() => door?.recount(), QUIET_MS);
  };
  el.classList.add("pb");
  el.append(root);
  const deaf = hearBriefAsked(() => door?.open());
  const leave = connectCard(model, root, { show, changed, brief: (reply) => door?.receive(reply) });
  return () => {
    deaf();
    leave();
  };
}

export default { render };
