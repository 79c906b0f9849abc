// Views whose scripts a host serves as parts (widgets/assets.py): each comes when its section is opened or scrolled to,
// or when the page has had nothing else to do for a while, so that it can be opened without a network, too.
import { h, setText } from "../common/dom.js";
/** @import { MakeView } from "./views.js" */

const NEAR = "300px";
const QUIET_MS = 4_000;
const STYLE = "min-height: 12rem"; // what follows moves less when the picture comes

/** Makers of views by the views' names. @param {Record<string, string>} modules the module of each, a path below widgets/
 * @returns {Record<string, MakeView>} */
export const laterViews = (modules) => Object.fromEntries(Object.entries(modules).map(([name, module]) => [name, later(module)]));

/** @param {string} module @returns {MakeView} */
const later = (module) => (ctx, section, table, show) => {
  const said = h("p", { class: "small", role: "status" });
  const element = h("div", { class: "later", style: STYLE }, said);
  let makeView = null, view = null, coming = null;

  function fetchPart() {
    coming ??= importPart(module).then((found) => { makeView = found; }, () => {
      coming = null;
      setText(said, ctx.say("view_failed"));
    });
    return coming;
  }

  /** Draw it, if its part is there. */
  function draw() {
    if (view || !makeView) return;
    view = makeView(ctx, section, table, show);
    ctx.coming.delete(section.id);
    sight.disconnect();
    removeEventListener("beforeprint", draw);
    element.removeAttribute("style");
    element.replaceChildren(view.element);
    view.update();
    ctx.changed(); // what stood elsewhere for want of it
  }

  const sight = new IntersectionObserver(([{ isIntersecting }]) => isIntersecting && fetchPart().then(draw), { rootMargin: NEAR });
  sight.observe(element);
  addEventListener("beforeprint", draw); // paper waits for nothing: what has come by then
  setTimeout(fetchPart, QUIET_MS);
  ctx.coming.set(section.id, () => fetchPart().then(draw));
  return { element, update: () => view?.update() };
};

/** What a module of a part exports as makeView, its style in place. @returns {Promise<MakeView>} */
async function importPart(module) {
  const part = await import(new URL(`./${module.slice(0, module.lastIndexOf("/"))}.js`, import.meta.url).href);
  await part.$styled;
  return part.$modules[module].makeView;
}
