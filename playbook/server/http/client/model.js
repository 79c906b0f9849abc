// One widget's model: its state, as the page has it, in step with the kernel. What widgets see of it, and when, is what
// @jupyter-widgets/base does (its WidgetModel, and Backbone's Model under it).
import { Events } from "./events.js";
import { putBuffers, same, takeBuffers } from "./values.js";
/** @import { Message } from "./wire.js" */
/** @import { Manager } from "./manager.js" */

export const REFERENCE = "IPY_MODEL_";

/** A model. `comm` is its way to the kernel: send(data, buffers) gives the message's id. */
export class Model extends Events {
  /** @type {any} */
  attributes;
  /** Done when the kernel's messages may be heard: a widget's own script begins before them.
   * @type {Promise<unknown>} */
  ready = Promise.resolve();
  closed = false;

  #before = {}; // the attributes as they were before the outermost set
  #changed = {}; // what it has changed
  #changing = false;
  #pending = null; // the options of the change that nobody was told of yet
  #unsaved = {};
  #savedWithin = {}; // saved while a set goes on: that set must not save it again
  #fromKernel = null; // what the kernel just said: no need to tell it that
  #toEcho = new Map(); // attribute -> the message by which it was saved last
  #waiting = null; // what is saved when the kernel has dealt with what was sent
  #underWay = 0;

  /**
   * @param {string} id
   * @param {any} state
   * @param {Manager} manager
   * @param {(data: any, buffers?: any[]) => string} comm */
  constructor(id, state, manager, comm) {
    super();
    this.model_id = id;
    this.widget_manager = manager;
    this.attributes = state;
    this.#comm = comm;
  }

  #comm;

  // -- what a widget reads and changes

  /** @param {string} name */
  get(name) {
    return this.attributes[name];
  }

  /** @param {string} name */
  has(name) {
    return (this.attributes[name] ?? null) !== null;
  }

  /** The value that an attribute had before the change that goes on. @param {string} name */
  previous(name) {
    return this.#before[name];
  }

  /** @param {string} [name] */
  hasChanged(name) {
    return name === undefined ? Object.keys(this.#changed).length > 0 : Object.hasOwn(this.#changed, name);
  }

  changedAttributes() {
    return this.hasChanged() ? { ...this.#changed } : false;
  }

  /** Set one attribute, or several as {name: value}. Listeners hear of each that differs, then of the whole change.
   *
   * As in @jupyter-widgets/base a set within another ends that one's change: of the whole nobody hears then.
   * @param {string | Record<string, any> | null} key
   * @param {any} [value]
   * @param {any} [options] */
  set(key, value, options) {
    if ((key ?? null) === null) return this;
    const [given, how] = typeof key === "object" ? [key, value ?? {}] : [{ [key]: value }, options ?? {}];
    const outermost = !this.#changing;
    this.#changing = true;
    try {
      if (outermost) [this.#before, this.#changed] = [{ ...this.attributes }, {}];
      this.#take(given, how);
      while (outermost && !how.silent && this.#pending) {
        const last = this.#pending;
        this.#pending = null;
        this.trigger("change", this, last);
      }
    } finally {
      [this.#pending, this.#changing] = [null, false];
    }
    const isKnown = ([name, now]) => [this.#fromKernel, this.#savedWithin].some((known) => known && Object.hasOwn(known, name) && known[name] === now);
    Object.assign(this.#unsaved, Object.fromEntries(Object.entries(this.#changed).filter((one) => !isKnown(one))));
    this.#savedWithin = {};
    return this;
  }

  #take(given, how) {
    const differing = Object.keys(given).filter((name) => !same(this.attributes[name], given[name]));
    for (const [name, value] of Object.entries(given)) {
      if (same(this.#before[name], value)) delete this.#changed[name];
      else this.#changed[name] = value;
      this.attributes[name] = value;
    }
    if (how.silent) return;
    if (differing.length) this.#pending = how;
    for (const name of differing) this.trigger(`change:${name}`, this, this.attributes[name], how);
  }

  /** Tell the kernel what was set since the last time. */
  save_changes() {
    if (this.closed) return;
    const told = this.#unsaved;
    if (this.#changing) Object.assign(this.#savedWithin, told);
    this.#unsaved = {};
    const news = Object.entries(told).filter(([name, value]) => !this.#fromKernel || this.#fromKernel[name] !== value);
    if (!news.length) return;
    const state = Object.fromEntries(news.map(([name, value]) => [name, packed(value)]));
    if (this.#underWay) this.#waiting = { ...this.#waiting, ...state };
    else this.#save(state);
  }

  #save(state) {
    const { state: rest, paths, buffers } = takeBuffers(state);
    const id = this.#comm({ method: "update", state: rest, buffer_paths: paths }, buffers);
    for (const name of Object.keys(state)) this.#toEcho.set(name, id);
    this.#underWay += 1;
    this.widget_manager.whenDone(id, () => this.dealtWith());
  }

  /** The kernel has dealt with what was saved, or never will: save what waited. */
  dealtWith() {
    this.#underWay = Math.max(0, this.#underWay - 1);
    const state = this.#waiting;
    if (this.#underWay || !state || this.closed) return;
    this.#waiting = null;
    this.#save(state);
  }

  /** Send a message of the widget's own; `_callbacks` are for views of other kinds.
   * @param {any} content
   * @param {any} [_callbacks]
   * @param {any[]} [buffers] */
  send(content, _callbacks, buffers) {
    if (!this.closed) this.#comm({ method: "custom", content }, buffers);
  }

  toJSON() {
    return REFERENCE + this.model_id;
  }

  // -- what the kernel says

  /** Take what the kernel says. @param {Message} message */
  async hear({ content: { data }, buffers, parent }) {
    await this.ready;
    if (this.closed) return;
    if (data.method === "custom") this.trigger("msg:custom", data.content, buffers);
    if (data.method !== "update" && data.method !== "echo_update") return;
    putBuffers(data.state, data.buffer_paths ?? [], buffers);
    if (data.method === "echo_update") this.#forgetEchoes(data.state, parent.msg_id);
    this.take(await this.widget_manager.resolved(data.state, this));
  }

  /** Leave out what the page has changed again since it sent this. */
  #forgetEchoes(state, id) {
    for (const name of Object.keys(state).filter((one) => this.#toEcho.has(one))) {
      const last = this.#toEcho.get(name) === id;
      if (last) this.#toEcho.delete(name);
      if (!last || (this.#waiting && Object.hasOwn(this.#waiting, name))) delete state[name];
    }
  }

  /** Set what the kernel says, which goes without saying back. @param {any} state */
  take(state) {
    this.#fromKernel = state;
    try {
      this.set(state);
    } finally {
      this.#fromKernel = null;
    }
  }

  /** The kernel has closed it, or the page does. */
  close() {
    if (this.closed) return;
    this.closed = true;
    this.trigger("comm:close");
    this.trigger("destroy", this);
  }
}

/** A value as it is sent: a copy, for it may change while it waits. */
function packed(value) {
  if (Array.isArray(value)) return value.map(packed);
  return typeof value?.toJSON === "function" ? value.toJSON() : structuredClone(value);
}
