// One picture with its text twin. Nothing is made or loaded until it comes into sight.
import { h, newId, placeChildren, setText } from "../common/dom.js";
import { connectCard, tellKernel } from "../cards/card.js";
import { loadVega } from "./bundle.js";
import { makeTip } from "./tip.js";

const NEAR = "300px";
const whenIdle = globalThis.requestIdleCallback ?? ((run) => setTimeout(run, 50));

function render({ model, el }) {
  const figure = makeFigure(model);
  const place = h("div", { class: "chart-place" }, figure.element);
  let near = false, stale = false, asked = false;

  function ask() {
    if (!near || !stale || asked) return;
    asked = true;
    whenIdle(() => {
      stale = false;
      tellKernel(model, { type: "draw" });
    });
  }
  const sight = new IntersectionObserver(([entry]) => {
    near = entry.isIntersecting;
    ask();
  }, { rootMargin: NEAR });

  function later() {
    stale = true;
    ask();
  }
  function show(payload) {
    asked = false;
    figure.update(payload);
    ask();
  }

  el.classList.add("pb");
  el.append(place);
  sight.observe(place);
  const leave = connectCard(model, place, { later, show });
  return () => {
    sight.disconnect();
    figure.clear();
    leave();
  };
}

/** The figure: {element, update(payload), clear()}; hidden while there is nothing to draw. */
function makeFigure(model) {
  const title = h("h2", { id: newId() });
  const label = h("summary", {}), twin = h("details", { class: "twin" });
  const problem = h("p", { class: "small", hidden: true });
  const box = h("div", { class: "picture", "aria-hidden": "true" });
  const tip = makeTip(box);
  const element = h("figure", { class: "chart card", hidden: true, "aria-labelledby": title.id },
    h("figcaption", {}, title), problem, box, tip.element, twin);
  const fit = new ResizeObserver(() => fitTo(view, box));
  let view = null, latest = 0;

  async function draw(spec) {
    const turn = ++latest;
    const embed = await loadVega(model);
    if (turn !== latest || !spec) return;
    const made = await embed(box, spec, {
      actions: false, ast: true, defaultStyle: false, renderer: "svg", tooltip: tip.show,
    });
    if (turn !== latest) return made.finalize();
    view?.finalize();
    view = made.view;
    fit.observe(box);
  }

  function clear() {
    latest += 1;
    fit.disconnect();
    view?.finalize();
    view = null;
    placeChildren(box, []);
  }

  return {
    element, clear,
    update({ spec, title: text, summary, table, words }) {
      element.hidden = !spec;
      if (!spec) return clear();
      setText(title, text);
      setText(label, words.summary); // the same one each time: it may have the focus
      placeChildren(twin, [label, ...summary.map((sentence) => h("p", { dir: "auto" }, sentence)), table && makeTable(table, title.id)].filter(Boolean));
      draw(spec).then(() => { problem.hidden = true; }, () => {
        setText(problem, words.failed);
        problem.hidden = false;
      });
    },
  };
}

/** The picture as a table: {head, rows}, the first cell of each row its heading. */
function makeTable({ head, rows }, labelledby) {
  const cell = (text, place) => place
    ? h("td", { role: "cell", "data-label": head[place], dir: "auto" }, text)
    : h("th", { role: "rowheader", scope: "row", dir: "auto" }, text);
  const line = (cells) => h("tr", { role: "row" }, cells);
  return h("div", { class: "cards" }, h("table", { role: "table", "aria-labelledby": labelledby },
    h("thead", { role: "rowgroup" }, line(head.map((text) => h("th", { role: "columnheader", scope: "col" }, text)))),
    h("tbody", { role: "rowgroup" }, rows.map((cells) => line(cells.map(cell))))));
}

/** Vega looks at its place when the window changes; here it changes with the layout, too. */
function fitTo(view, box) {
  const width = box.clientWidth;
  if (view && width && Math.abs(view.width() - width) > 1) view.width(width).runAsync();
}

export default { render };
