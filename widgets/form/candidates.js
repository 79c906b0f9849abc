// The candidates: one is edited at a time, all are compared in a table, one may be built on.
import { h, makeButton, makeList, newId, setAttr, setText } from "../common/dom.js";
import { capital } from "./labels.js";
import { isPhone } from "./browser.js";
import { RowActions, makeRowButtons, makeRowMenu } from "./rows.js";
import { makePictured, makeSection } from "./section.js";
/** @import { Context } from "./context.js" */

/** The block for a candidates table: picker, the edited row's sections, comparison. What makes a row stronger
 * stands where the sheet has it: `runs` are sections that follow each other, and `later` all parts but the first. */
export function makeCandidates(/** @type {Context} */ ctx, table, sections, runs) {
  const picker = h("div", { class: "picker", role: "group", "aria-label": ctx.say("pick", { name: table.row_name }) });
  const named = h("div", {}), stack = h("div", {}); // of each row the first screen
  const actions = new RowActions(ctx, table, show);
  const buttons = makeRowButtons(ctx, table, actions);
  const compare = makeCompare(ctx, table, show);
  const asked = sections.map(withoutPicture).filter((section) => section.questions.length > 0);
  const pictures = sections.filter((section) => section.view).map((section) => makePictured(ctx, section, table, show));
  const drawnFirst = Boolean(sections[0]?.view), open = asked.filter((section) => !section.deeper);
  // On a phone the picture's own question, what the row is called, comes before the picture.
  const before = drawnFirst && isPhone() && open[0].id === sections[0].id ? open.splice(0, 1) : [];
  const names = makeList(named, (item) => plainPanel(ctx, table, before, item.key));
  const panels = makeList(stack, (item) => rowPanel(ctx, table, open, item.key, actions));
  const further = runs.map((run) => makeFurther(ctx, table, asked.filter(({ id }) => run.includes(id))));
  const pills = makeList(picker, (item) => pickerPill(ctx, table, item.key, show));
  const drawn = pictures.map((picture) => picture.element);
  const asking = before.length ? [picker, named, drawn, stack] : drawnFirst ? [drawn, picker, stack] : [picker, stack, drawn];
  const element = h("div", { class: "candidates" }, asking, compare.element, buttons.element);
  const key = `pb:row:${ctx.state.worksheet.id}:${table.id}`;
  let current = ctx.view.browser.tab.get(key);

  /** Turn to a row without moving the focus. */
  function turn(row) {
    current = row ?? current;
    update();
    ctx.view.browser.tab.set(key, current);
    ctx.changed(); // the counter tells of the row on screen
  }

  function show(row) {
    turn(row);
    (before.length ? names : panels).get(current).focus();
  }

  function update() {
    const there = actions.rows;
    const all = there.length ? there : [ctx.blankRow(table.id)];
    if (!all.includes(current)) current = [ctx.state.decisive, all[0]].find((row) => all.includes(row));
    const items = all.map((row) => ({ key: row, current: row === current }));
    ctx.row = current;
    if (before.length) names.sync(items);
    panels.sync(items);
    further.forEach((part) => part.sync(items));
    picker.hidden = all.length < 2;
    pills.sync(items);
    pictures.forEach((picture) => picture.update());
    compare.update(items);
    buttons.update();
  }
  const deeper = further.map((part) => ({ element: part.element, deeper: [part.element], update: () => {} }));
  return { element, update, turn, deeper: deeper.slice(0, 1).map((part) => part.element), later: deeper.slice(1) };
}

/** Sections that make each row stronger, of the row that is on screen. */
function makeFurther(/** @type {Context} */ ctx, table, sections) {
  const element = h("div", {});
  const panels = makeList(element, (item) => plainPanel(ctx, table, sections, item.key));
  const sync = (items) => {
    panels.sync(items);
    element.hidden = [...element.children].every((panel) => !panel.querySelector("details:not([hidden])"));
  };
  return { element, sync };
}

/** What is asked in words: of a section with a picture, all but the scales that the picture draws. */
function withoutPicture(section) {
  if (!section.view) return section;
  return { ...section, title: "", intro: "", questions: section.questions.filter(({ kind }) => kind !== "scale") };
}

function rowPanel(/** @type {Context} */ ctx, table, sections, row, actions) {
  const paste = (...given) => actions.offer(...given);
  const parts = sections.map((section) => makeSection(ctx, section, `${table.id}/${row}/`, paste));
  const fields = parts.flatMap((part) => part.fields);
  const menu = makeRowMenu(ctx, table, row, actions);
  const build = buildButton(ctx, row);
  const foot = h("p", { class: "buttons" }, build.element, menu.element);
  const element = h("div", { class: "panel", role: "group" }, parts.map((part) => part.element), foot);
  return {
    element,
    focus: () => fields.find((field) => !field.element.hidden)?.focus(),
    close: () => fields.forEach((field) => field.close()),
    update: ({ current }) => {
      setAttr(element, "aria-label", ctx.labels.row(table.id, row));
      element.classList.toggle("away", !current); // not hidden: paper shows every row
      parts.forEach((part) => part.update());
      foot.hidden = actions.rows.length === 0;
      menu.update();
      build.update();
    },
  };
}

/** Sections of one row by themselves, such as what makes it stronger. */
function plainPanel(/** @type {Context} */ ctx, table, sections, row) {
  const parts = sections.map((section) => makeSection(ctx, section, `${table.id}/${row}/`));
  const element = h("div", { role: "group" }, parts.map((part) => part.element));
  const fields = parts.flatMap((part) => part.fields);
  return {
    element,
    focus: () => fields.find((field) => !field.element.hidden)?.focus(),
    close: () => fields.forEach((field) => field.close()),
    update: ({ current }) => {
      setAttr(element, "aria-label", ctx.labels.row(table.id, row));
      element.classList.toggle("away", !current);
      parts.forEach((part) => part.update());
    },
  };
}

function pickerPill(/** @type {Context} */ ctx, table, row, show) {
  const name = h("span", { dir: "auto" }), verdict = verdictMark(ctx, row);
  const element = makeButton(null, () => show(row), name, verdict.element);
  const update = ({ current }) => {
    setText(name, ctx.labels.row(table.id, row));
    setAttr(element, "aria-pressed", String(current));
    verdict.update();
  };
  return { element, update };
}

export function verdictMark(/** @type {Context} */ ctx, row) {
  const element = h("span", {});
  const update = () => {
    const verdict = ctx.state.verdicts[row];
    element.className = verdict ? `verdict ${verdict.level}` : "";
    setText(element, verdict?.word ?? "");
  };
  return { element, update };
}

/** "Build on this one": answers the sheet's question which row was chosen, or takes it back. */
function buildButton(/** @type {Context} */ ctx, row) {
  const chosen = () => ctx.value(ctx.sheet.chosen) === row;
  const choose = () => ctx.edit(ctx.sheet.chosen, chosen() ? null : row, 0);
  const element = makeButton("button quiet build", choose, ctx.say("build"));
  const update = () => {
    element.hidden = !ctx.sheet.chosen;
    setAttr(element, "aria-pressed", String(chosen()));
  };
  return { element, update };
}

function makeCompare(/** @type {Context} */ ctx, table, show) {
  const id = newId();
  const columns = table.compare.map((question) => ctx.columns(table.id).find((one) => one.id === question)).filter(Boolean);
  const body = h("tbody", { role: "rowgroup" });
  const lines = makeList(body, ({ key }) => compareLine(ctx, table, columns, key, show));
  const heads = [capital(table.row_name), ...columns.map((question) => question.short || question.text), ctx.say("verdict")];
  const head = h("tr", { role: "row" }, heads.map((text) => h("th", { role: "columnheader", scope: "col" }, text)));
  const grid = h("div", { class: "cards" },
    h("table", { role: "table", "aria-labelledby": id }, h("thead", { role: "rowgroup" }, head), body));
  const element = h("section", { class: "compare", "aria-labelledby": id }, h("h2", { id }, table.title),
    table.intro && h("p", { class: "intro" }, table.intro), grid);
  function update(items) {
    grid.hidden = items.length < 2;
    lines.sync(items);
  }
  return { element, update };
}

function compareLine(/** @type {Context} */ ctx, table, columns, row, show) {
  const label = h("span", { dir: "auto" }), name = makeButton("link", () => show(row), label);
  const mark = h("span", { class: "ours" }), progress = h("span", { class: "small" });
  const verdict = verdictMark(ctx, row);
  const cells = columns.map(() => h("span", { dir: "auto" }));
  const cell = (head, content) => h("td", { role: "cell", "data-label": head }, content);
  const element = h("tr", { role: "row" },
    h("th", { role: "rowheader", scope: "row" }, name, " ", mark, progress),
    columns.map((question, place) => cell(question.short || question.text, cells[place])),
    cell(ctx.say("verdict"), verdict.element));

  function update({ current }) {
    setText(label, ctx.labels.row(table.id, row));
    setAttr(name, "aria-current", current && "true");
    const chosen = ctx.sheet.chosen && ctx.value(ctx.sheet.chosen) === row;
    setText(mark, chosen ? ctx.say("chosen") : ctx.state.decisive === row ? ctx.say("best") : "");
    mark.hidden = !mark.textContent;
    const done = ctx.state.rows_progress[`${table.id}/${row}`];
    setText(progress, done ? ctx.say("answered_of", done) : "");
    columns.forEach((question, place) => {
      const given = ctx.value(`${table.id}/${row}/${question.id}`);
      setText(cells[place], ctx.labels.shown(question, given) || ctx.say("open_cell"));
    });
    verdict.update();
  }
  return { element, update };
}
