// The form's page: its head, its sections in the order of the content, what stands below them.
import { h, makeButton, makeList, newId, setAttr, setText } from "../common/dom.js";
import { makeCandidates } from "./candidates.js";
import { whoList } from "./field.js";
import { makeNotices } from "./notices.js";
import { makeTable } from "./rows.js";
import { inOrder, makePictured, makeSection } from "./section.js";
import { makeToolbar, startOwn, tryExample } from "./toolbar.js";
/** @import { Context } from "./context.js" */

/** The page of one worksheet: {elements, update(), notice(text, bad)}. */
export function makePage(/** @type {Context} */ ctx) {
  const { notes, prompts } = ctx.sheet;
  const notices = makeNotices(ctx);
  const parts = [makeToolbar(ctx), makeHead(ctx), notices, makeWelcome(ctx), makeCarried(ctx), makeSections(ctx)];
  const [toolbar, head, said, welcome, carried, sections] = parts.map((part) => part.element);
  const first = notes.slice(0, 1).map((note) => noteCard(ctx, note, "h2"));
  const below = [[ctx.say("more_notes"), notes.slice(1)], [ctx.say("prompts"), prompts]];
  const closed = below.filter(([, all]) => all.length).map(([title, all]) =>
    h("details", { class: "deeper" }, h("summary", {}, h("h2", {}, title)), all.map((note) => noteCard(ctx, note))));
  return {
    elements: [toolbar, head, said, welcome, ...first, carried, sections, ...closed],
    // From the end: the notices say what no question shows any more.
    update: () => parts.toReversed().forEach((part) => part.update()),
    notice: notices.say,
  };
}

/** Headline, what the sheet is for, how far it is, who sees it; and that it is an example. */
function makeHead(/** @type {Context} */ ctx) {
  const { sheet, say } = ctx;
  const level = document.querySelector("h1:not(.pb-form h1)") ? "h2" : "h1";
  const id = newId();
  const bar = h("i"), progress = h("p", { id }), seen = h("p", {}), label = h("p", {});
  const meter = h("div", { class: "meter", role: "progressbar", "aria-valuemin": 0, "aria-labelledby": id }, bar);
  const privacy = h("details", { class: "privacy" }, h("summary", {}, say("privacy")), seen);
  const own = makeButton("link", () => startOwn(ctx), say("start_own"));
  const example = h("div", { class: "notice plain" }, label, own);
  const here = h("p", { role: "status" });
  const element = h("header", { class: "head" }, h(level, {}, sheet.headline), h("p", { class: "intro" }, sheet.intro),
    meter, h("div", { class: "small split" }, progress, here, privacy), example);

  function update() {
    const { answered, asked } = ctx.state.progress;
    bar.style.width = `${asked && Math.round((100 * answered) / asked)}%`;
    setAttr(meter, "aria-valuenow", answered);
    setAttr(meter, "aria-valuemax", Math.max(asked, 1));
    setText(progress, say("progress", { answered, asked, minutes: sheet.minutes }));
    setText(seen, ctx.state.privacy);
    setText(here, ctx.others.length ? say("others", { names: ctx.others.join(", ") }) : "");
    setText(label, ctx.state.label ?? "");
    example.hidden = !ctx.state.label;
  }
  return { element, update };
}

/** What somebody with a blank worksheet sees first. It stays, so that the first answer moves nothing. */
function makeWelcome(/** @type {Context} */ ctx) {
  const blank = ctx.isBlank();
  const load = makeButton("button quiet", () => tryExample(ctx), ctx.say("load_example"));
  const element = h("p", { class: "welcome" }, h("span", {}, ctx.say("welcome")), load);
  return { element, update: () => { element.hidden = !blank || Boolean(ctx.state.label); } };
}

/** What other sheets decided, to read here and to change there. */
function makeCarried(/** @type {Context} */ ctx) {
  const id = newId(), list = h("ul", { class: "plain" });
  const lines = makeList(list, ({ href, sheet }) => {
    const text = h("span", { dir: "auto" });
    const link = href && h("a", { href }, ctx.say("carried_change", { sheet }));
    return { element: h("li", {}, text, " ", link), update: (one) => setText(text, one.text) };
  });
  const element = h("section", { class: "carried", "aria-labelledby": id }, h("h2", { id }, ctx.say("carried")), list);
  function update() {
    const shown = ctx.state.carried.filter(({ text }) => text);
    element.hidden = shown.length === 0;
    lines.sync(shown.map((one) => ({ ...one, key: `${one.id} ${one.href}` })));
  }
  return { element, update };
}

/** Everything that is asked, each section once; a candidates table's sections stand together. */
function makeSections(/** @type {Context} */ ctx) {
  const { sheet, labels } = ctx;
  const parts = sheet.sections.map((section) => {
    const table = labels.table(section.table);
    if (!table) return makeSection(ctx, section);
    if (!table.candidates) return section.view ? makePictured(ctx, section, table) : makeTable(ctx, section, table);
    const together = sheet.sections.filter((other) => other.table === table.id);
    return together[0] === section && makeCandidates(ctx, table, together);
  }).filter(Boolean);
  ctx.reveal = (name) => {
    const { table, row } = labels.at(name);
    if (row && labels.table(table)?.candidates) parts.find((part) => part.turn).turn(row);
    for (let at = ctx.fields.get(name)?.element; at; at = at.parentElement) if (at.matches("details")) at.open = true;
  };
  const element = h("form", { "aria-label": sheet.title, onsubmit: (event) => event.preventDefault() }, inOrder(ctx, parts));
  return { element, update: () => parts.forEach((part) => part.update()) };
}

function noteCard(/** @type {Context} */ ctx, { title, text, who }, heading = "h3") {
  return h("article", { class: "definition" }, h(heading, {}, title), h("p", {}, text),
    who.length > 0 && h("details", { class: "says" }, h("summary", {}, ctx.say("who")), whoList(ctx, who)));
}
