// The map as a matrix: a row changes a column; a press on a cell goes on from no link to helps, unsure, harms.
import { h, setAttr } from "../../common/dom.js";
import { nextEffect } from "./model.js";

const MOST = 40; // parts in one matrix; a larger map is looked at block by block
const SIGNS = { helps: "+", unsure: "?", harms: "−" };
const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/** {element, update(map)}: drawn while it is open. */
export function makeMatrix(say, changes) {
  let map = { parts: [], links: [] }, focus = null;
  const body = h("div", { class: "scrolls", role: "group", "aria-label": say("matrix"), tabindex: "0" });
  const block = h("select", { "aria-label": say("matrix_block"), hidden: true, onchange: () => draw() });
  const element = h("details", { class: "twin", ontoggle: () => draw() }, h("summary", {}, say("matrix")), h("p", { class: "small" }, say("matrix_about")), block, body);

  body.addEventListener("click", ({ target }) => {
    const cell = target.closest("button[data-from]");
    if (!cell) return;
    const { from, to } = cell.dataset;
    focus = `${from} ${to}`;
    changes.setEffect(from, to, nextEffect(changes.linkAt(from, to)?.effect));
  });
  body.addEventListener("keydown", (event) => {
    const step = STEPS[event.key], cell = /** @type {HTMLElement} */ (event.target).closest("td");
    if (!step || !cell) return;
    event.preventDefault();
    const line = cell.closest("tr"), rows = [...body.querySelectorAll("tbody tr")], [down, right] = step;
    let [y, x] = [rows.indexOf(line) + down, [...line.children].indexOf(cell) + right];
    if (rows[y]?.children[x] && !rows[y].children[x].querySelector("button")) [y, x] = [y + down, x + right]; // over the diagonal
    const next = /** @type {HTMLElement | null} */ (rows[y]?.children[x]?.querySelector("button"));
    if (next) { for (const one of body.querySelectorAll("button[tabindex='0']")) one.setAttribute("tabindex", "-1"); next.tabIndex = 0; next.focus(); }
  });

  function draw() {
    if (!element.open) return;
    const isLarge = map.parts.length > MOST;
    block.hidden = !isLarge;
    if (isLarge) {
      const blocks = [...new Set(map.parts.map((one) => one.block))], before = block.value;
      block.replaceChildren(...blocks.map((one) => h("option", { value: one }, one ? say(`blocks.${one}`) : say("no_block"))));
      if (blocks.includes(before)) block.value = before;
    }
    const rows = isLarge ? map.parts.filter((one) => one.block === block.value) : map.parts, effects = new Map(map.links.map((link) => [`${link.from} ${link.to}`, link]));
    const columns = isLarge ? map.parts.filter((one) => rows.includes(one) || rows.some(({ key }) => effects.has(`${key} ${one.key}`))) : map.parts;
    const had = body.contains(document.activeElement);
    const cell = (row, column) => {
      if (row === column) return h("td", { class: "self" });
      const link = effects.get(`${row.key} ${column.key}`), told = link ? say(`effects.${link.effect}`) : say("no_link");
      return h("td", {}, h("button", { type: "button", "data-from": row.key, "data-to": column.key, tabindex: "-1", "aria-label": say("cell", { part: row.name, other: column.name, effect: told }) }, link ? SIGNS[link.effect] ?? "?" : "·"));
    };
    body.replaceChildren(h("table", { "aria-label": say("matrix") }, h("thead", {}, h("tr", {}, h("td", {}), columns.map(({ name }) => h("th", { scope: "col", dir: "auto" }, name || say("unnamed"))))),
      h("tbody", {}, rows.map((row) => h("tr", {}, h("th", { scope: "row", dir: "auto" }, row.name || say("unnamed")), columns.map((column) => cell(row, column)))))));
    const all = [...body.querySelectorAll("button")], here = all.find(({ dataset }) => `${dataset.from} ${dataset.to}` === focus) ?? all[0];
    setAttr(here ?? body, "tabindex", "0");
    if (had) here?.focus({ preventScroll: true });
  }

  function update(now) {
    map = now;
    draw();
  }
  return { element, update };
}
