// The search for the best groups: begun, followed and ended from the page, which applies what it found.
import { h, makeButton, setText } from "../../common/dom.js";
import { answerRows } from "./people.js";
/** @import { Context } from "../../form/context.js" */

const AGAIN_MS = 300;

/** {element, find(), button}: `done()` hears when a plan was applied. */
export function makeSearch(/** @type {Context} */ ctx, say, done) {
  const told = h("span", {}), end = makeButton("button quiet mini", stop, say("stop"));
  const element = h("p", { class: "search", role: "status", hidden: true }, told, " ", end);
  const button = makeButton("button mini", find, say("find"));
  let turn = 0;

  function show(text, running) {
    setText(told, text);
    element.hidden = !text;
    end.hidden = !running;
    button.disabled = running;
  }

  async function find() {
    const mine = ++turn, sheet = ctx.state.worksheet.id;
    show(say("finding", { percent: 0 }), true);
    try {
      let { search } = await ctx.ask("find_groups", {});
      while (!search.done) {
        await new Promise((go) => setTimeout(go, AGAIN_MS));
        if (mine !== turn || sheet !== ctx.state.worksheet.id) return show("", false);
        ({ search } = await ctx.ask("find_progress", {}));
        show(say("finding", { percent: Math.round(100 * search.share) }), true);
      }
      apply(search);
    } catch (error) {
      show(error.message, false);
    }
  }

  function apply(search) {
    if (!search.groups) return show(search.problem ?? say("no_search"), false);
    answerRows(ctx, Object.fromEntries(Object.entries(search.groups).map(([row, group]) => [row, { group }])));
    show(say("found", { quality: search.quality }), false);
    done();
  }

  async function stop() {
    try {
      await ctx.ask("find_stop", {});
    } catch (error) {
      show(error.message, false);
    }
  }
  return { element, button };
}
