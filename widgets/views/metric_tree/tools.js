// The buttons above the tree, and the note on what was just removed.
import { h, makeButton, setAttr, setText } from "../../common/dom.js";
import { TABLE, wholeBranch } from "./model.js";
/** @import { Context } from "../../form/context.js" */

/** The buttons above the tree: {element, update()}. */
export function makeToolRow(/** @type {Context} */ ctx, desk) {
  const say = (key, values) => ctx.say(`tree.${key}`, values);
  const act = (key, run) => makeButton("button quiet", () => { if (desk.current) run(desk.current); }, say(key));
  const { actions, board } = desk;
  const make = [act("child", (node) => actions.add(node)), act("sibling", (node) => actions.addBeside(node)), act("duplicate", (node) => actions.duplicate(node))];
  const remove = act("remove", (node) => actions.remove(node));
  const moves = [act("up", (node) => actions.shift(node, -1)), act("down", (node) => actions.shift(node, 1))];
  const looks = ["picture", "outline"].map((look) => ({ look, element: makeButton("button quiet", () => desk.setLook(look), say(look)) }));
  const zoom = h("span", { class: "buttons tree-zoom" }, iconButton(say("zoom_out"), "−", () => board.zoomBy(-1)),
    iconButton(say("zoom_in"), "+", () => board.zoomBy(1)), makeButton("button quiet", board.fit, say("fit")));
  const large = makeLarge(say, desk);
  const element = h("div", { class: "tree-tools" },
    h("div", { class: "buttons", role: "group", "aria-label": say("actions") }, make, moves, remove),
    h("div", { class: "buttons" }, h("span", { class: "buttons tree-looks", role: "group", "aria-label": say("look") }, looks.map((one) => one.element)), zoom, large.element));

  function update() {
    const { current } = desk;
    make.forEach((button) => { button.disabled = !current || actions.isFull; });
    [remove, ...moves].forEach((button) => { button.disabled = !current; });
    const count = current ? wholeBranch(current).length : 1;
    setText(remove, count > 1 ? say("remove_many", { count }) : say("remove"));
    for (const { look, element: button } of looks) setAttr(button, "aria-pressed", String(look === desk.look));
    zoom.hidden = desk.look !== "picture";
  }
  return { element, update };
}

function iconButton(label, sign, run) {
  return makeButton("button quiet", run, h("span", { "aria-hidden": "true" }, sign), h("span", { class: "visually-hidden" }, label));
}

/** The whole screen for the tree, in the browser's top layer; Escape leads back. */
function makeLarge(say, desk) {
  let large = false;
  const element = makeButton("button quiet", () => turn(!large), say("larger"));
  const escape = (event) => { if (event.key === "Escape" && !event.defaultPrevented) turn(false); };
  function turn(wanted) {
    const { root } = desk;
    large = wanted;
    if (large) { root.popover = "manual"; root.showPopover(); root.addEventListener("keydown", escape); }
    else { root.removeAttribute("popover"); root.removeEventListener("keydown", escape); }
    setText(element, say(large ? "smaller" : "larger"));
    desk.update();
    desk.board.fit();
    element.focus();
  }
  element.hidden = !("popover" in HTMLElement.prototype);
  return { element };
}

/** The note on the row that was removed last, where it was removed. */
export function makeUndoNote(/** @type {Context} */ ctx, where) {
  const undo = makeButton("button quiet", () => ctx.undo(), ctx.say(`${where}.undo`));
  const text = h("span", { dir: "auto" }), element = h("p", { class: "note", hidden: true }, text, " ", undo);
  function update() {
    const { removed, queue } = ctx;
    element.hidden = !(removed?.table === TABLE && removed.where === where && removed.op === queue.last);
    if (!element.hidden) setText(text, removed.text);
  }
  return { element, update };
}
