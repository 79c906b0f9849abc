// Small helpers to make and change elements. Text goes in as text, never as HTML.

const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const randomBytes = (count) => crypto.getRandomValues(new Uint8Array(count));

/** A random UUID. crypto.randomUUID is missing on plain-http pages that are not loopback. */
export function uuid() {
  const bytes = randomBytes(16);
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return hex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

const stamp = hex(randomBytes(3)); // several bundles and views share one page
let idsMade = 0;

/** An element id that no other widget or view on the page has. */
export const newId = () => `pb-${stamp}-${++idsMade}`;

/** h("button", {class: "button", onclick: run}, "Add"): an element. null and false leave out. */
export function h(tag, props, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) setProp(element, name, value);
  element.append(...children.flat(Infinity).filter((child) => (child ?? false) !== false));
  return element;
}

/** A picture that our kernel made, every name in it escaped. */
export function drawingOf(svg) {
  const drawn = document.importNode(new DOMParser().parseFromString(svg, "image/svg+xml").documentElement, true);
  drawn.setAttribute("aria-hidden", "true"); // what it stands in says what it shows
  return drawn;
}

/** A button that runs something; `look` is its class ("button", "button quiet", "link" or none). */
export const makeButton = (look, run, ...children) => h("button", { type: "button", class: look, onclick: run }, children);

function setProp(element, name, value) {
  if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
  else setAttr(element, name, value);
}

/** Set, or with null or false remove, an attribute; nothing happens when it is so already. */
export function setAttr(element, name, value) {
  if ((value ?? false) === false) element.removeAttribute(name);
  else if (element.getAttribute(name) !== String(value === true ? "" : value))
    element.setAttribute(name, value === true ? "" : value);
}

/** Set an element's text, but only if it differs: a live region must not repeat itself. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** What has the focus.
 * @returns {HTMLElement | null} */
export const focused = () => /** @type {HTMLElement | null} */ (document.activeElement);

/** Make `elements` the children of `parent`, in order; what is in place isn't moved, and what has
 * the focus keeps it. */
export function placeChildren(parent, elements) {
  const active = focused();
  const wanted = new Set(elements);
  for (const child of [...parent.childNodes]) if (!wanted.has(child)) child.remove();
  elements.forEach((element, place) => {
    if (parent.childNodes[place] !== element) parent.insertBefore(element, parent.childNodes[place] ?? null);
  });
  if (active !== document.activeElement && parent.contains(active)) active.focus({ preventScroll: true });
}

const FOCUSABLE = "a[href], button, summary, input:not([aria-hidden]), select, textarea, [tabindex]:not([aria-hidden])";
const canFocus = (element) => element.isConnected && !element.disabled && element.checkVisibility();

/** Make a change inside `root`. Should it take away what has the focus, the next control gets it: nobody
 * would find it on the page's body, and JupyterLab would act on the keys. Where everything is new, it is what
 * `first` selects. */
export function keepFocus(root, change, first = FOCUSABLE) {
  const active = document.activeElement;
  const all = root.contains(active) ? [...root.querySelectorAll(FOCUSABLE)] : [];
  change();
  const moved = ![active, document.body].includes(document.activeElement);
  if (!all.length || moved || canFocus(active)) return;
  const place = all.indexOf(active);
  const next = all.slice(place + 1).find(canFocus) ?? all.slice(0, place).findLast(canFocus);
  (next ?? root.querySelector(first))?.focus();
}

/** Children of `parent` that follow a list: make(item) gives {element, update(item), close()} once for
 * each item.key, so that nothing is replaced under a finger or a caret. sync(items) and get(key). */
export function makeList(parent, make) {
  const parts = new Map();
  const part = (item) => {
    if (!parts.has(item.key)) parts.set(item.key, make(item));
    parts.get(item.key).update?.(item);
    return parts.get(item.key).element;
  };
  function sync(items) {
    const keys = new Set(items.map((item) => item.key));
    for (const [key, gone] of parts) if (!keys.has(key)) { gone.close?.(); parts.delete(key); }
    placeChildren(parent, items.map(part));
  }
  return { sync, get: (key) => parts.get(key) };
}

/** Keep keys typed inside `root` to itself: JupyterLab acts on those it sees (b inserts a cell, d d deletes). */
export function keepKeys(root) {
  for (const name of ["keydown", "keypress", "keyup"]) root.addEventListener(name, (event) => event.stopPropagation());
}

/** Open what is closed inside `root` (but no menu) while the page is printed; the function to stop it. */
export function openOnPaper(root) {
  const opened = [];
  const open = () => root.querySelectorAll("details:not(.menu, [open])").forEach((one) => { one.open = opened.push(one); });
  const close = () => opened.splice(0).forEach((one) => { one.open = false; });
  addEventListener("beforeprint", open);
  addEventListener("afterprint", close);
  return () => {
    removeEventListener("beforeprint", open);
    removeEventListener("afterprint", close);
  };
}

/** Whether two values of a field (text, list of texts, null) are the same. */
export const same = (one, other) => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

/** "{count} of {all}" with its names filled in. */
export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
