// The tree by keyboard, after the tree view of the ARIA practices: arrows, Home and End, type-ahead; and
// with Alt, Enter, Insert and Delete whatever a pointer can do.
import { besides } from "./model.js";

const TYPING_PAUSE_MS = 700;

/** Hears keys on `list`. `desk` has current, tree, sight (the metrics in sight, in order), turn(row, "focus"),
 * setClosed(row, closed), isClosed(row) and actions. */
export function hearKeys(list, desk) {
  const typed = makeTyped();
  list.addEventListener("keydown", (event) => {
    const node = desk.current;
    if (!node || event.isComposing) return;
    const run = event.altKey ? MOVES[event.key] : event.ctrlKey || event.metaKey ? WITH_CTRL[event.key] : KEYS[event.key];
    if (run) run(desk, node);
    else if (!isLetter(event) || !desk.find(typed(event.key))) return;
    event.preventDefault();
  });
}

const isLetter = ({ key, altKey, ctrlKey, metaKey }) => [...key].length === 1 && key !== " " && !altKey && !ctrlKey && !metaKey;

/** What has been typed without a pause; one letter again and again goes from one match to the next. */
function makeTyped() {
  let text = "", last = 0;
  return (letter) => {
    const now = performance.now(), again = now - last < TYPING_PAUSE_MS && text !== letter;
    text = again ? text + letter : letter;
    last = now;
    return text;
  };
}

const goBy = (by) => (desk, node) => {
  const next = desk.sight[desk.sight.indexOf(node) + by];
  if (next) desk.turn(next.key, "focus");
};
const goTo = (at) => (desk) => desk.turn(desk.sight.at(at).key, "focus");

function goRight(desk, node) {
  if (!node.children.length) return;
  if (desk.isClosed(node.key)) desk.setClosed(node.key, false);
  else desk.turn(node.children[0].key, "focus");
}

function goLeft(desk, node) {
  if (node.children.length && !desk.isClosed(node.key)) desk.setClosed(node.key, true);
  else if (node.parent) desk.turn(node.parent.key, "focus");
}

function openBeside(desk, node) {
  for (const one of besides(desk.tree, node)) desk.setClosed(one.key, false);
}

const KEYS = {
  ArrowDown: goBy(1), ArrowUp: goBy(-1), ArrowRight: goRight, ArrowLeft: goLeft, Home: goTo(0), End: goTo(-1), "*": openBeside,
  Enter: (desk, node) => desk.turn(node.key, "edit"),
  F2: (desk, node) => desk.turn(node.key, "edit"),
  " ": (desk, node) => desk.turn(node.key, "focus"),
  Insert: (desk, node) => desk.actions.add(node),
  Delete: (desk, node) => desk.actions.remove(node),
};
const MOVES = {
  ArrowUp: (desk, node) => desk.actions.shift(node, -1),
  ArrowDown: (desk, node) => desk.actions.shift(node, 1),
  ArrowLeft: (desk, node) => desk.actions.outdent(node),
  ArrowRight: (desk, node) => desk.actions.indent(node),
};
const WITH_CTRL = { z: (desk) => desk.undo() };
