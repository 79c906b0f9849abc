// Callbacks by the name of what happens, as models of Jupyter widgets have them (Backbone's events).

/** @typedef {(...told: any[]) => void} Callback */

/** Something that callbacks can be told of. Names may be several, with blanks between; "all" hears everything. */
export class Events {
  /** @type {{ name: string, callback: Callback, context: any }[]} */
  #listeners = [];

  /** Tell `callback` whenever that happens; `context` is its `this`, and a name by which `off` finds it.
   * @param {string} names
   * @param {Callback} callback
   * @param {any} [context] */
  on(names, callback, context) {
    for (const name of split(names)) this.#listeners.push({ name, callback, context });
    return this;
  }

  /** The same, the first time alone.
   * @param {string} names
   * @param {Callback} callback
   * @param {any} [context] */
  once(names, callback, context) {
    for (const name of split(names)) {
      const run = Object.assign((...told) => {
        this.off(name, run);
        callback.apply(context ?? this, told);
      }, { callback });
      this.on(name, run, context);
    }
    return this;
  }

  /** Tell no more: those of these names, this callback, this context; what is left out means all.
   * @param {string | null} [names]
   * @param {Callback | null} [callback]
   * @param {any} [context] */
  off(names, callback, context) {
    const named = names ? split(names) : null;
    const meant = (one) => !callback || one.callback === callback || one.callback.callback === callback;
    this.#listeners = this.#listeners.filter((one) =>
      (named && !named.includes(one.name)) || !meant(one) || (context && one.context !== context));
    return this;
  }

  /** Tell everybody who listens now.
   * @param {string} name
   * @param {...any} told */
  trigger(name, ...told) {
    const now = [...this.#listeners];
    for (const one of now) if (one.name === name) one.callback.apply(one.context ?? this, told);
    for (const one of now) if (one.name === "all") one.callback.apply(one.context ?? this, [name, ...told]);
    return this;
  }
}

const split = (names) => names.split(/\s+/).filter(Boolean);
