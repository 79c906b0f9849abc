// All widgets of a page: made from what the kernel has when the line stands, told what it says, drawn where they belong.
import { AnyView, Runtime } from "./anywidget.js";
import { BoxView } from "./boxes.js";
import { Line } from "./line.js";
import { Model, REFERENCE } from "./model.js";
import { putBuffers } from "./values.js";
import { newId } from "./wire.js";
/** @import { Message } from "./wire.js" */
/** @import { View } from "./view.js" */

const CONTROL = "jupyter.widget.control";
const WIDGET = "jupyter.widget";
const PATIENCE_MS = 2_000; // for a model that somebody asks for before the kernel has told of it

const ANYWIDGET = "anywidget";
const BOXES = ["BoxModel", "HBoxModel", "VBoxModel"];

/** Keeps a page's models, by their ids, in step with its kernel. `started` is done when it has all that there were. */
export class Manager {
  /** @type {Map<string, Promise<Model>>} */
  #models = new Map();
  /** @type {Map<string, Promise<unknown>>} */
  #turns = new Map(); // by model: what it hears, one after the other
  #done = new Map(); // id of a message -> what to do when the kernel has dealt with it
  #control = "";
  #start = Promise.withResolvers();

  /** `states` is where the states are that any kernel of this page has at first; without it the kernel is asked.
   * @param {{ base: string, kernel: string, states?: string | null }} place */
  constructor({ states, ...place }) {
    this.started = this.#start.promise;
    this.#knows = Boolean(states);
    if (states) this.#begin(states);
    this.line = new Line({ ...place, heard: (message) => this.#hear(message), opened: () => this.#opens() });
  }

  #knows; // the kernel's state, as far as it has said anything

  // -- what widgets ask for

  /** The model of that id; it may come a little later.
   * @param {string} id
   * @returns {Promise<Model>} */
  async get_model(id) {
    const end = Date.now() + PATIENCE_MS;
    while (!this.#models.has(id) && Date.now() < end) await new Promise((go) => setTimeout(go, 50));
    if (!this.#models.has(id)) throw new Error(`There is no widget ${id}.`);
    return this.#models.get(id);
  }

  /** @param {string} id */
  has_model(id) {
    return this.#models.has(id);
  }

  /** A new view of a model, not in the page yet.
   * @param {Model} model
   * @returns {Promise<View>} */
  // deno-lint-ignore require-await -- it fails as a promise does, as widgets are used to
  async create_view(model) {
    const { _model_module: place, _model_name: name } = model.attributes;
    if (place === ANYWIDGET) return new AnyView(model);
    if (BOXES.includes(name)) return new BoxView(model);
    throw new Error(`This page can't show ${name} of ${place}.`);
  }

  /** Call `run` when the kernel has dealt with a message.
   * @param {string} id the message's
   * @param {() => void} run */
  whenDone(id, run) {
    this.#done.set(id, run);
  }

  /** A state in which references to models are these models, where its widget has any.
   * @param {any} state
   * @param {Model} [model] whose state, if it exists already */
  async resolved(state, model) {
    const name = state._model_name ?? model?.get("_model_name");
    const references = ["layout", "style", ...(BOXES.includes(name) ? ["children"] : [])].filter((one) => one in state);
    const found = await Promise.all(references.map((one) => this.#unpacked(state[one])));
    return { ...state, ...Object.fromEntries(references.map((one, place) => [one, found[place]])) };
  }

  #unpacked(value) {
    if (Array.isArray(value)) return Promise.all(value.map((one) => this.#unpacked(one)));
    const refers = typeof value === "string" && value.startsWith(REFERENCE);
    return refers ? this.get_model(value.slice(REFERENCE.length)) : value;
  }

  // -- the line

  async #begin(states) {
    try {
      this.#take(await (await fetch(states)).json());
    } catch {
      this.#ask(); // an address of before the notebook was changed
    }
  }

  #opens() {
    if (this.#knows) this.#knows = false; // when the line is back it may not
    else this.#ask();
  }

  /** Ask for the states of all widgets: what was said while there was no line may be lost. */
  #ask() {
    for (const run of [...this.#done.values()]) run();
    this.#done.clear();
    this.#control = newId();
    this.line.send("comm_open", { comm_id: this.#control, target_name: CONTROL, data: {} }, { metadata: { version: "1.0.0" } });
    this.line.send("comm_msg", { comm_id: this.#control, data: { method: "request_states" } });
  }

  /** @param {Message} message */
  #hear(message) {
    const { header: { msg_type: kind }, parent, content } = message;
    if (kind === "status" && content.execution_state === "idle") {
      this.#done.get(parent.msg_id)?.();
      this.#done.delete(parent.msg_id);
    } else if (kind === "comm_open" && content.target_name === WIDGET) this.#opened(message);
    else if (kind === "comm_msg" && content.comm_id === this.#control) this.#told(message);
    else if (kind === "comm_msg") this.#inTurn(content.comm_id, (model) => model.hear(message));
    else if (kind === "comm_close") this.#inTurn(content.comm_id, (model) => this.#closed(model));
  }

  /** All states, as the kernel has them now. @param {Message} message */
  #told({ content: { data }, buffers }) {
    if (data.method !== "update_states") return;
    this.line.send("comm_close", { comm_id: this.#control, data: {} });
    putBuffers(data.states, data.buffer_paths, buffers);
    this.#take(data.states);
  }

  #take(states) {
    for (const [id, { state }] of Object.entries(states)) {
      if (this.has_model(id)) this.#inTurn(id, async (model) => model.take(await this.resolved(state, model)));
      else this.#make(id, state);
    }
    this.#start.resolve();
  }

  /** A widget that was made after the page had opened. @param {Message} message */
  #opened({ content: { comm_id: id, data }, buffers }) {
    if (this.has_model(id)) return;
    putBuffers(data.state, data.buffer_paths ?? [], buffers);
    this.#make(id, data.state);
  }

  #make(id, state) {
    const comm = (data, buffers = []) => this.line.send("comm_msg", { comm_id: id, data }, { buffers });
    // A moment later, when all that came with it are known by their ids.
    const made = Promise.resolve().then(() => this.resolved(state)).then((attributes) => {
      const model = new Model(id, attributes, this, comm);
      if (model.get("_model_module") === ANYWIDGET) model.ready = Runtime.of(model).ready;
      return model;
    });
    made.catch(reportError);
    this.#models.set(id, made);
  }

  /** Do something with a model when all that came before is done. */
  #inTurn(id, run) {
    if (!this.has_model(id)) return;
    const turn = (this.#turns.get(id) ?? Promise.resolve()).then(() => this.#models.get(id)).then((model) => model && run(model)).catch(reportError);
    this.#turns.set(id, turn);
  }

  #closed(model) {
    this.#models.delete(model.model_id);
    this.#turns.delete(model.model_id);
    model.close();
  }
}
