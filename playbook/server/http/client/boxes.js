// Boxes of widgets: their children in order, in a row, a column, or as their own style sheet says.
import { View } from "./view.js";
/** @import { Model } from "./model.js" */

const CLASSES = { BoxView: [], HBoxView: ["widget-hbox"], VBoxView: ["widget-vbox"] };
const STYLES = { success: "alert-success", info: "alert-info", warning: "alert-warning", danger: "alert-danger" };

/** A Box, HBox or VBox. */
export class BoxView extends View {
  /** @type {Promise<View[]>} */
  #children = Promise.resolve([]);

  /** @param {Model} model */
  constructor(model) {
    super(model);
    this.el.classList.add("jupyter-widgets", "widget-container", "widget-box", ...CLASSES[model.get("_view_name")]);
    this.listen(model, "change:children", () => this.#follow(model.get("children")).catch(reportError));
    this.listen(model, "change:box_style", () => this.#mark());
    this.#mark();
    this.drawn = this.#follow(model.get("children"));
  }

  /** @override */
  remove() {
    this.#children.then((views) => views.forEach((view) => view.remove()));
    super.remove();
  }

  /** Show these, and no others: the first ones that stay keep their views. */
  async #follow(models) {
    this.#children = this.#children.then(async (views) => {
      const differs = views.findIndex((view, place) => view.model !== models[place]);
      const kept = differs < 0 ? views : views.slice(0, differs);
      views.slice(kept.length).forEach((view) => view.remove());
      const more = await Promise.all(models.slice(kept.length).map(viewOf));
      this.el.append(...more.map((view) => view.el));
      return [...kept, ...more];
    });
    await Promise.all((await this.#children).map((view) => view.drawn));
  }

  #mark() {
    const now = STYLES[this.model.get("box_style")];
    this.el.classList.remove("alert", ...Object.values(STYLES));
    if (now) this.el.classList.add("alert", now);
  }
}

/** A view of a model; where there can be none an empty one, which is never drawn. @param {Model} model @returns {Promise<View>} */
const viewOf = (model) => model.widget_manager.create_view(model).catch((error) => Object.assign(new View(model), { drawn: Promise.reject(error) }));
