// The brief's door beside a gate's verdict.
import { h } from "../common/dom.js";
import { connectCard, tellKernel } from "../cards/card.js";
import { makeBriefDoor } from "./brief.js";

function render({ model, el }) {
  const root = h("div", {});
  let door = null;
  const show = ({ stage, words }) => {
    if (door) return;
    door = makeBriefDoor(stage, words, (message) => tellKernel(model, message));
    root.append(door.element);
  };
  el.classList.add("pb");
  el.append(root);
  return connectCard(model, root, { show, brief: (reply) => door?.receive(reply) });
}

export default { render };
