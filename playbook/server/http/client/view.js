// What one widget looks like in one place: an element that follows its model's classes, layout and title.
/** @import { Model } from "./model.js" */

/** A view. `drawn` is done when it shows what it is for; it fails when it can't. */
export class View {
  el = document.createElement("div");
  /** @type {Promise<unknown>} */
  drawn = Promise.resolve();
  #gone = new AbortController();
  #styled = []; // the properties that the layout set

  /** @param {Model} model */
  constructor(model) {
    this.model = model;
    this.signal = this.#gone.signal;
    this.listen(model, "change:_dom_classes", () => this.#addClasses(model.get("_dom_classes"), model.previous("_dom_classes")));
    this.listen(model, "change:layout", () => this.#follow(model.get("layout"), model.previous("layout")));
    this.listen(model, "change:tooltip", () => this.#entitle());
    this.listen(model, "msg:custom", (content) => { if (["focus", "blur"].includes(content?.do)) this.el[content.do](); });
    this.listen(model, "destroy", () => this.remove());
    this.#addClasses(model.get("_dom_classes"), []);
    this.#follow(model.get("layout"), null);
    this.#entitle();
  }

  /** Listen while this view is there.
   * @param {Model} model
   * @param {string} names
   * @param {(...told: any[]) => void} callback */
  listen(model, names, callback) {
    model.on(names, callback, this);
    this.signal.addEventListener("abort", () => model.off(names, callback, this));
  }

  /** Take it out of the page, for good. */
  remove() {
    this.#gone.abort("the view is gone");
    this.el.remove();
  }

  #addClasses(now = [], before = []) {
    this.el.classList.remove(...before.filter((name) => !now.includes(name)));
    this.el.classList.add(...now);
  }

  #follow(layout, before) {
    before?.off(null, null, this);
    if (layout) this.listen(layout, "change", () => this.#style(layout));
    this.#style(layout);
  }

  /** A layout's attributes are CSS properties, but for those by which it is a widget. */
  #style(layout) {
    for (const name of this.#styled) this.el.style.removeProperty(name);
    const set = Object.entries(layout?.attributes ?? {}).filter(([name, value]) => !name.startsWith("_") && typeof value === "string");
    this.#styled = set.map(([name]) => name.replaceAll("_", "-"));
    set.forEach(([, value], place) => this.el.style.setProperty(this.#styled[place], value));
  }

  #entitle() {
    const title = this.model.get("tooltip");
    if (title) this.el.title = title;
    else this.el.removeAttribute("title");
  }
}
