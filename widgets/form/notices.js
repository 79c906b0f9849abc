// What the page has to say above the questions: the host's notices, the result of the last action,
// and answers that could not be saved or collided where no question shows them any more.
import { h, makeButton, makeList } from "../common/dom.js";
import { makeClash } from "./conflicts.js";
import { tryExport } from "./toolbar.js";
/** @import { Context } from "./context.js" */

/** The notices: {element, update(), say(text, bad)}. */
export function makeNotices(/** @type {Context} */ ctx) {
  const element = h("div", {});
  const kinds = { host: hostNotice, clash: clashNotice, draft: draftNotice, said: saidNotice };
  const list = makeList(element, ({ kind, of, bad }) => kinds[kind](ctx, of, bad, hush));
  let said = [];

  function hush() {
    said = [];
    ctx.changed();
  }

  function update() {
    const unseen = (field) => !ctx.unfilled.length && !ctx.fields.has(field);
    const clashes = ctx.state.conflicts.map((conflict) => conflict.field).filter(unseen);
    const items = { host: ctx.state.notices, clash: [...new Set(clashes)], draft: ctx.queue.refused.filter(unseen) };
    const lines = Object.entries(items).flatMap(([kind, all]) => all.map((of) => ({ key: `${kind} ${of}`, kind, of })));
    list.sync([...lines, ...said]);
  }

  function say(text, bad) {
    said = !text ? [] : [{ key: `said ${bad} ${text}`, kind: "said", of: text, bad }];
    update();
  }
  return { element, update, say };
}

function hostNotice(/** @type {Context} */ ctx, text) {
  const keep = makeButton("button quiet", () => tryExport(ctx), ctx.say("export"));
  return { element: h("div", { class: "notice" }, h("p", {}, text), ctx.state.mode === "memory" && keep) };
}

function clashNotice(/** @type {Context} */ ctx, field) {
  const clash = makeClash(ctx, field);
  const element = h("div", { class: "notice" }, h("p", {}, ctx.labels.field(field)), clash.element);
  return { element, update: clash.update };
}

function draftNotice(/** @type {Context} */ ctx, field) {
  const value = ctx.labels.shown(ctx.labels.question(field), ctx.value(field));
  const text = ctx.say("lost", { question: ctx.labels.field(field), value, text: ctx.problem(field) });
  const forget = () => { ctx.queue.forget(field); ctx.changed(); };
  return { element: h("div", { class: "notice" }, h("p", { dir: "auto" }, text), dismissButton(ctx, forget)) };
}

function saidNotice(/** @type {Context} */ ctx, text, bad, hush) {
  return { element: h("div", { class: bad ? "notice bad" : "notice good" }, h("p", {}, text), dismissButton(ctx, hush)) };
}

function dismissButton(/** @type {Context} */ ctx, run) {
  return makeButton("link", run, ctx.say("dismiss"));
}
