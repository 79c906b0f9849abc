// Widgets that bring a script of their own (anywidget): loading it, its style, and what it is given to work with.
import { newId } from "./wire.js";
import { View } from "./view.js";
/** @import { Model } from "./model.js" */

const REF = "anywidget:"; // how a widget names another one
const ANSWER_MS = 3_000;
const READY_MS = 10_000;

/** @typedef {(() => void | Promise<void>) | undefined | void} CleanUp */
/** @typedef {{ initialize?: (given: any) => any, render?: (given: any) => any }} Widget what a widget's script exports */

/** @type {WeakMap<Model, Runtime>} */
const runtimes = new WeakMap();

/** A model's script, while it is there: begun once, drawn for each view. */
export class Runtime {
  /** What the script's `initialize` offers to other widgets. */
  exports = undefined;
  #begin = Promise.withResolvers();
  #views = new Set();
  #turn = 0; // counts the texts that its script has had
  /** @type {Promise<Widget>} */
  #widget;
  #gone = new AbortController(); // of the script as it is now

  /** @param {Model} model @returns {Runtime} */
  static of(model) {
    if (!runtimes.has(model)) runtimes.set(model, new Runtime(model));
    return runtimes.get(model);
  }

  /** @param {Model} model */
  constructor(model) {
    this.model = model;
    this.ready = this.#begin.promise.catch(() => {}); // views say what went wrong; messages are heard anyway
    model.on("change:_esm", () => this.#load(), this);
    model.on("change:_css", () => addStyle(model), this);
    model.on("destroy", () => this.#end());
    addStyle(model);
    this.#load();
  }

  /** Draw the widget in a view, again whenever its script changes.
   * @param {AnyView} view */
  async draw(view) {
    this.#views.add(view);
    view.signal.addEventListener("abort", () => this.#views.delete(view));
    await this.#drawIn(view);
  }

  #load() {
    const turn = ++this.#turn;
    this.#gone.abort("the script is another one now");
    const gone = this.#gone = new AbortController();
    this.#widget = this.#initialized(gone.signal);
    this.#widget.then(() => this.#begin.resolve(), (error) => this.#begin.reject(error));
    if (turn > 1) for (const view of this.#views) this.#drawIn(view).catch(reportError);
  }

  /** @param {AbortSignal} signal */
  async #initialized(signal) {
    const { model } = this;
    const widget = await loadWidget(model.get("_esm"));
    signal.throwIfAborted();
    const mine = Symbol("initialize");
    signal.addEventListener("abort", () => model.off(null, null, mine));
    const given = await widget.initialize?.({ model: proxy(model, mine), signal, experimental: experimental(model) });
    const ends = typeof given === "function" ? given : undefined;
    this.exports = typeof given === "object" && given !== null ? given : undefined;
    whenAborted(signal, () => cleanUp(ends));
    signal.throwIfAborted();
    return widget;
  }

  /** @param {AnyView} view */
  async #drawIn(view) {
    const { model } = this;
    const signal = either(this.#gone.signal, view.signal);
    view.el.replaceChildren();
    const widget = await this.#widget.catch((error) => { if (!signal.aborted) throw error; });
    if (signal.aborted || !widget) return;
    await this.render(widget, { el: view.el, signal, host: makeHost(model, signal) }, view);
  }

  /** Run the script's `render` in an element.
   * @param {Widget} widget
   * @param {{ el: HTMLElement, signal: AbortSignal, host: any }} place
   * @param {any} context by which its listeners are known */
  async render(widget, place, context) {
    const { model } = this;
    const mine = { context };
    const ends = await widget.render?.({ ...place, model: proxy(model, mine), experimental: experimental(model) });
    whenAborted(place.signal, () => {
      model.off(null, null, mine);
      cleanUp(ends);
    });
  }

  /** The script, begun. */
  get widget() {
    return this.#widget;
  }

  /** Its views first, as they rest on what `initialize` made. */
  #end() {
    this.model.off(null, null, this);
    for (const view of this.#views) view.remove();
    this.#gone.abort("the widget is gone");
  }
}

/** An anywidget in one place. */
export class AnyView extends View {
  /** @param {Model} model */
  constructor(model) {
    super(model);
    this.drawn = Runtime.of(model).draw(this);
  }
}

/** What a widget's script sees of its model; `context` is by which its listeners are taken away.
 * @param {Model} model
 * @param {any} context */
function proxy(model, context) {
  return {
    get: model.get.bind(model),
    set: model.set.bind(model),
    save_changes: model.save_changes.bind(model),
    send: model.send.bind(model),
    on: (name, callback) => { model.on(name, callback, context); },
    off: (name, callback) => { model.off(name, callback, context); },
    widget_manager: model.widget_manager,
  };
}

const experimental = (model) => ({ invoke: (name, message, options) => invoke(model, name, message, options) });

/** Ask the kernel's side of a widget for something; [answer, buffers].
 * @param {Model} model
 * @param {string} name
 * @param {any} msg
 * @param {{ signal?: AbortSignal, buffers?: any[] }} [options] */
function invoke(model, name, msg, { signal = AbortSignal.timeout(ANSWER_MS), buffers = [] } = {}) {
  const id = newId();
  return new Promise((resolve, reject) => {
    const hear = (told, answered) => {
      if (told?.id !== id) return;
      model.off("msg:custom", hear);
      resolve([told.response, answered]);
    };
    whenAborted(signal, () => {
      model.off("msg:custom", hear);
      reject(signal.reason);
    });
    model.on("msg:custom", hear);
    model.send({ id, kind: "anywidget-command", name, msg }, undefined, buffers);
  });
}

/** The way from one widget to others.
 * @param {Model} model
 * @param {AbortSignal} signal */
function makeHost(model, signal) {
  const named = (ref) => {
    if (typeof ref === "string" && ref.startsWith(REF)) return model.widget_manager.get_model(ref.slice(REF.length));
    throw new Error(`[anywidget] Invalid widget reference: ${JSON.stringify(ref)}`);
  };
  const host = {
    async getModel(ref) {
      const other = await named(ref);
      const mine = Symbol("getModel");
      signal.addEventListener("abort", () => other.off(null, null, mine));
      return proxy(other, mine);
    },
    async getWidget(ref) {
      const other = await named(ref);
      const runtime = runtimes.get(other);
      if (!runtime) throw new Error(`[anywidget] No binding found for widget ${other.model_id}`);
      const late = new Promise((_, reject) => setTimeout(() => reject(new Error(`[anywidget] Timed out waiting for widget ${other.model_id} to initialize`)), READY_MS));
      const widget = await Promise.race([runtime.widget, late]);
      return {
        exports: runtime.exports,
        render: ({ el, signal: own = signal }) => runtime.render(widget, { el, signal: own, host }, el),
      };
    },
  };
  return host;
}

/** @param {string} esm @returns {Promise<Widget>} */
async function loadWidget(esm) {
  const loaded = await loadModule(esm);
  if (loaded.render) return { render: loaded.render }; // as widgets had it before 0.9
  if (!loaded.default) throw new Error("[anywidget] module must export a default function or object.");
  return typeof loaded.default === "function" ? await loaded.default() : loaded.default;
}

const isAddress = (text) => /^https?:\/\//.test(text);

async function loadModule(esm) {
  if (isAddress(esm)) return await import(esm);
  const url = URL.createObjectURL(new Blob([esm], { type: "text/javascript" }));
  try {
    return await import(url);
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** A widget's style, once for all widgets of its class. @param {Model} model */
function addStyle(model) {
  const css = model.get("_css"), id = model.get("_anywidget_id");
  if (!css || !id) return;
  const before = document.getElementById(id);
  const style = isAddress(css)
    ? Object.assign(document.createElement("link"), { id, rel: "stylesheet", href: css })
    : Object.assign(document.createElement("style"), { id, textContent: css });
  if (before) before.replaceWith(style);
  else document.head.append(style);
}

/** @param {CleanUp} run */
async function cleanUp(run) {
  try {
    if (typeof run === "function") await run();
  } catch (error) {
    reportError(error);
  }
}

function whenAborted(signal, run) {
  if (signal.aborted) run();
  else signal.addEventListener("abort", run);
}

/** A signal that says what the first of two says. AbortSignal.any is younger than many a phone.
 * @param {AbortSignal} one
 * @param {AbortSignal} other */
function either(one, other) {
  const both = new AbortController();
  for (const signal of [one, other]) whenAborted(signal, () => both.abort(signal.reason));
  return both.signal;
}
