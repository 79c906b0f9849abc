// What opens and closes: dialogs and small menus, both native elements.
import { h, makeButton, makeList, newId, setAttr, setText } from "./dom.js";

/** Show a modal dialog below `root`; a promise of what the chosen action returns, null when closed.
 *
 * actions: [{label, run, danger}]; an action whose run() returns undefined leaves it open. A button in `body`
 * that has a value closes it with that value. */
export function showDialog(root, { title, close, body = [], actions = [], wide = false }) {
  return new Promise((resolve) => {
    const id = newId();
    let answer = null;
    const finish = (run) => {
      const given = run();
      if (given === undefined) return;
      answer = given;
      dialog.close();
    };
    const buttons = actions.map((action) =>
      makeButton(action.danger ? "button danger" : "button", () => finish(action.run), action.label));
    buttons.push(makeButton("button quiet", () => finish(() => null), close));
    const picked = ({ target }) => {
      const button = target.closest("button[value]");
      if (button) finish(() => button.value);
    };
    const done = () => { dialog.remove(); resolve(answer); };
    const content = h("div", { class: "dialog-body", onclick: picked }, body);
    const dialog = h("dialog", { class: wide ? "dialog wide" : "dialog", "aria-labelledby": id, onclose: done },
      h("h2", { id }, title), content, h("p", { class: "buttons" }, buttons));
    root.append(dialog);
    dialog.showModal();
    if (actions.some((action) => action.danger)) buttons.at(-1).focus(); // Enter twice must not erase
  });
}

/** A dialog that asks for one line or more of text; a promise of the text, null when closed. */
export function askText(root, { title, label, value = "", ok, close, rows = 0, hint = "" }) {
  const id = newId(), hintId = newId();
  const send = (event) => {
    if (event.key !== "Enter" || event.isComposing || rows) return;
    event.preventDefault(); // or it would open the menu that has the focus again
    event.target.closest("dialog").querySelector("button").click();
  };
  const props = { id, autofocus: true, dir: "auto", onkeydown: send, "aria-describedby": hint ? hintId : null };
  const input = rows ? h("textarea", { ...props, rows }) : h("input", { ...props, type: "text", autocomplete: "off" });
  input.value = value;
  const body = [h("label", { for: id }, label), hint && h("p", { class: "small", id: hintId }, hint), input];
  return showDialog(root, { title, close, body, actions: [{ label: ok, run: () => input.value.trim() || undefined }] });
}

/** A <details> that floats closes when somebody presses or goes elsewhere, or presses Escape. */
function closeByLeaving(details, summary) {
  const outside = (event) => { if (!details.contains(event.target)) details.open = false; };
  details.addEventListener("toggle", () => {
    const change = details.open ? "addEventListener" : "removeEventListener";
    document[change]("pointerdown", outside, true);
  });
  details.addEventListener("focusout", ({ relatedTarget: target }) => { if (target) outside({ target }); });
  details.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !details.open) return;
    details.open = false;
    summary.focus();
  });
}

/** A small button that opens a panel above what is there. */
export function makePopover(name, label, ...body) {
  const summary = h("summary", {}, label);
  const element = h("details", { class: `menu popover ${name}` }, summary, h("div", { class: "popover-panel", tabindex: "0" }, body));
  closeByLeaving(element, summary);
  return { element };
}

/** A button that opens a list of actions. set([{key, label, note, run, stay, current}]) says what is in
 * it; an item without run is a heading, one with stay leaves the menu open. */
export function makeMenu(props, ...label) {
  const summary = h("summary", {}, label);
  const list = h("ul", { class: "menu-list" });
  const details = h("details", { ...props, class: `menu ${props?.class ?? ""}` }, summary, list);
  let wanted = []; // its items; there only once it is opened, as a page has hundreds of menus
  closeByLeaving(details, summary);
  details.addEventListener("toggle", () => details.open && items.sync(wanted));
  const pick = (item) => {
    details.open = Boolean(item.stay);
    if (!item.stay) summary.focus(); // so that a dialog's end, too, finds its way back here
    item.run();
  };
  const items = makeList(list, (first) => {
    let item = first;
    const text = h("span", { dir: "auto" }), note = h("span", { class: "small" });
    const heading = h("span", { class: "menu-heading" }, text);
    const shown = first.run ? makeButton(null, () => pick(item), text, note) : heading;
    const update = (now) => {
      item = now;
      setText(text, now.label);
      setText(note, now.note ?? "");
      setAttr(shown, "aria-current", now.current && "true");
    };
    return { element: h("li", {}, shown), update };
  });
  function set(all) {
    wanted = all;
    if (!details.open) return;
    const inside = list.contains(document.activeElement);
    items.sync(all);
    if (inside && !list.contains(document.activeElement)) list.querySelector("button")?.focus();
  }
  return { element: details, set };
}
