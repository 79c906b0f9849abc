// The form that the server sent with the page stands until the live one is drawn. What was typed into it meanwhile goes over
// by the browser's storage, as it does after a reload: the live form takes it up from there, and sends it.
import { DRAFTS, FORM_DRAWN, lastOf, OPS, rowIdOf } from "../../../../widgets/form/kept.js";

const GO_TO_FIELD = "playbook:go-to-field"; // as widgets/common/goto.js hears it
const BAR_PX = 72; // what the page's bar covers

/** The form of the page, which goes when the live one is there; done() is called then. Null where the page has none.
 * @param {Document} page
 * @param {() => void} done */
export function standIn(page, done) {
  const form = /** @type {HTMLFormElement | null} */ (page.querySelector("form[data-pb-plain]"));
  const made = form && new PlainForm(form, done);
  return form?.isConnected ? made : null;
}

export class PlainForm {
  #kept = new Set(); // the keys of what this form put into the storage

  /** @param {HTMLFormElement} form
   * @param {() => void} done */
  constructor(form, done) {
    this.form = form;
    this.done = done;
    this.sheet = form.dataset.pbPlain;
    this.version = Number(form.dataset.version);
    this.worksheet = told(form, "_worksheet");
    /** @type {Record<string, [number, string]>} */
    this.seen = JSON.parse(told(form, "_seen"));
    this.storage = storageOf("localStorage");
    this.tab = storageOf("sessionStorage");
    this.scrolled = scrollY > 0; // asked later, it would have both forms laid out to no end
    addEventListener("scroll", () => { this.scrolled = true; }, { once: true, passive: true });
    for (const place of this.places()) this.keep(place); // typed before this script was there
    const last = this.tab?.getItem(lastOf(this.sheet));
    const other = last && last !== this.worksheet && !new URL(location.href).searchParams.has("worksheet");
    if (other && !this.#kept.size) return void this.#root().remove(); // this tab goes on with another worksheet
    form.addEventListener("input", ({ target }) => this.#heard(target));
    form.addEventListener("change", ({ target }) => this.#heard(target));
    document.addEventListener(FORM_DRAWN, (event) => this.#drawn(/** @type {CustomEvent} */ (event)));
  }

  /** @returns {HTMLElement[]} the questions of the form */
  places() {
    return [...this.form.querySelectorAll("[data-field]")].map((one) => /** @type {HTMLElement} */ (one));
  }

  #heard(target) {
    const place = target.closest("[data-field]");
    if (place) this.keep(place);
  }

  /** Keep what a question says now, as the live form keeps a draft; nothing where it says what it said at first,
   * or what may not be sent. */
  keep(place) {
    const field = place.dataset.field, key = `${DRAFTS}${this.worksheet}:${field}`;
    const now = answerOf(place, "now"), first = answerOf(place, "first");
    if (JSON.stringify(now) === JSON.stringify(first) || isRefused(place)) this.#forget(key);
    else this.#put(key, { value: now, base_rev: this.seen[field]?.[0] ?? 0, at: 0, tab: "", page: 0 });
    this.#keepRow(place.closest("[data-row-op]"));
    if (this.#kept.size) this.tab?.setItem(lastOf(this.sheet), this.worksheet); // so that this one is opened
  }

  /** The row that the form offers is made where something was typed into it. */
  #keepRow(row) {
    if (!row) return;
    const { rowOp: op, table } = row.dataset;
    const key = `${OPS}${this.worksheet}:${op}`;
    const starts = `${DRAFTS}${this.worksheet}:${table}/${rowIdOf(op)}/`;
    if (![...this.#kept].some((one) => one.startsWith(starts))) this.#forget(key);
    else if (!this.#kept.has(key))
      this.#put(key, { op_id: op, kind: "add_row", table, version: this.version, worksheet: this.worksheet, made: Date.now() });
  }

  #put(key, value) {
    this.#kept.add(key);
    this.storage?.setItem(key, JSON.stringify({ ...value, plain: true }));
  }

  #forget(key) {
    if (this.#kept.delete(key)) this.storage?.removeItem(key);
  }

  // -- the hand-over

  /** @param {CustomEvent} event */
  #drawn({ detail, target }) {
    if (detail.sheet !== this.sheet || !this.form.isConnected) return;
    if (this.#kept.size && !this.storage) return; // nothing can go over: it stays to be sent as it is
    const at = this.#whereabouts();
    this.#root().remove();
    this.done();
    if (at) this.#goOn(at, /** @type {HTMLElement} */ (target));
  }

  /** Where somebody is: the question that has the focus, else the first one in sight once they have scrolled. */
  #whereabouts() {
    const active = /** @type {HTMLElement} */ (document.activeElement);
    if (this.form.contains(active)) {
      const place = /** @type {HTMLElement | null} */ (active.closest("[data-field]"));
      return place && { field: place.dataset.field, top: active.getBoundingClientRect().top, ...caretOf(active) };
    }
    const first = this.scrolled && scrollY > 0 && this.places().find((one) => one.getBoundingClientRect().bottom > BAR_PX);
    return first ? { field: first.dataset.field, top: first.getBoundingClientRect().top } : null;
  }

  /** Go on at the same question of the live form, at the same height of the screen.
   * @param {{ field: string, top: number, caret?: [number, number], value?: string }} at
   * @param {HTMLElement} live */
  #goOn({ field, top, caret, value }, live) {
    const find = () => /** @type {HTMLElement | null} */ (live.querySelector(`[data-field="${CSS.escape(field)}"]`));
    const hasFocus = value !== undefined;
    if (hasFocus && !find()?.checkVisibility()) // folded, or in a row that is not on the screen
      document.dispatchEvent(new CustomEvent(GO_TO_FIELD, { cancelable: true, detail: { sheet: this.sheet, field } }));
    const place = find();
    if (!place?.checkVisibility()) return;
    const control = hasFocus ? controlOf(place, value) : place;
    if (hasFocus) control?.focus({ preventScroll: true });
    if (caret && control instanceof HTMLTextAreaElement) control.setSelectionRange(...caret);
    scrollBy(0, (control ?? place).getBoundingClientRect().top - top);
  }

  #root() {
    return this.form.closest(".pb-sheet");
  }
}

/** What a question of the form is answered with, `now` or at `first`: text, a list, or null; as the live form has it. */
export function answerOf(place, when) {
  const now = when === "now";
  const values = [...place.querySelectorAll("input, textarea, select")].flatMap((one) => {
    if (one.type === "radio" || one.type === "checkbox") return (now ? one.checked : one.defaultChecked) ? [one.value] : [];
    if (one.type === "select-one") return [now ? one.value : ([...one.options].find((it) => it.defaultSelected)?.value ?? "")];
    return [now ? one.value : one.defaultValue];
  }).filter(Boolean);
  if (!values.length) return null;
  return "several" in place.dataset ? values : values[0];
}

/** Whether something stands there that a browser would not send, such as a name where codes are asked for. */
const isRefused = (place) => [...place.querySelectorAll("input")].some(({ validity }) => validity?.patternMismatch);

const told = (form, name) => form.querySelector(`input[name="${name}"]`).value;

/** @returns {{ value: string, caret?: [number, number] }} */
function caretOf(control) {
  if (control instanceof HTMLTextAreaElement) return { value: "", caret: [control.selectionStart, control.selectionEnd] };
  return { value: ["radio", "checkbox"].includes(control.type) ? control.value : "" };
}

/** @returns {HTMLElement | null} */
function controlOf(place, value) {
  const choice = value && place.querySelector(`input[value="${CSS.escape(value)}"]`);
  return choice || place.querySelector("textarea, input:not([type=radio], [type=checkbox]), select, input:checked, input, button");
}

/** A storage of the browser, or null where it keeps nothing. @returns {Storage | null} */
function storageOf(name) {
  try {
    const storage = globalThis[name];
    storage.setItem("pb:try", "1");
    storage.removeItem("pb:try");
    return storage;
  } catch {
    return null;
  }
}
