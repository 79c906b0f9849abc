// The search for the best groups: begun, followed and ended from the page. What it finds is shown as soon as there is
// something, and becomes one change when the search is over or somebody moves a person.
import { h, makeButton, setText } from "../../common/dom.js";
import { answerRows } from "./people.js";
/** @import { Context } from "../../form/context.js" */

const AGAIN_MS = 300, PROOF_MS = 1000;

/** {element, button, preview, settle()}: `preview` is groups by row that are shown and not kept yet; settle() keeps them and ends the
 * search. `changed()` hears that there are others, `done()` that they are kept. */
export function makeSearch(/** @type {Context} */ ctx, say, changed, done) {
  const told = h("span", {}), end = makeButton("button quiet mini", stop, say("stop"));
  const element = h("p", { class: "search", role: "status", hidden: true }, told, " ", end);
  const button = makeButton("button mini", find, say("find"));
  const it = { element, button, preview: null, settle };
  let turn = 0;
  // Whoever leaves while a search goes on keeps what they saw; before the form sends what is waiting.
  addEventListener("pagehide", () => it.preview && element.isConnected && settle(), { capture: true });

  function show(text, running) {
    setText(told, text);
    element.hidden = !text;
    end.hidden = !running;
    button.disabled = running;
  }

  async function find() {
    const mine = ++turn, sheet = ctx.state.worksheet.id;
    const wait = (pause) => new Promise((go) => setTimeout(go, pause));
    let answer = 0, kept = false;
    show(say("finding", { percent: 0 }), true);
    try {
      let { search } = await ctx.ask("find_groups", {});
      for (;;) {
        if (mine !== turn || sheet !== ctx.state.worksheet.id) return;
        if (search.groups && search.answer > answer) {
          [answer, it.preview, kept] = [search.answer, search.groups, false];
          changed();
        }
        if (search.done && !kept) {
          keep(search);
          kept = true;
        }
        if (search.done && !search.proving) break;
        if (!search.done) show(doing(search), true);
        await wait(search.done ? PROOF_MS : AGAIN_MS);
        if (mine !== turn) return;
        ({ search } = await ctx.ask("find_progress", {}));
      }
      if (search.groups) show(say("found"), false);
      done();
    } catch (error) {
      it.preview = null;
      show(error.message, false);
      changed();
    }
  }

  function doing({ doing: what, share, quality }) {
    const percent = Math.round(100 * share);
    if (what === "waiting") return say("waiting");
    return quality ? say("finding_better", { quality, percent }) : say("finding", { percent });
  }

  function keep(search) {
    if (!search.groups) return show(search.problem ?? say("no_search"), false);
    answerRows(ctx, Object.fromEntries(Object.entries(search.groups).map(([row, group]) => [row, { group }])));
    it.preview = null;
    show(say("found"), false);
    done();
  }

  /** What is shown is kept, and the search is over: somebody goes on by hand. */
  function settle() {
    if (button.disabled) stop();
    turn += 1;
    if (it.preview) answerRows(ctx, Object.fromEntries(Object.entries(it.preview).map(([row, group]) => [row, { group }])));
    show(it.preview ? say("found_kept") : "", false); // what was said of the groups found is no longer true of these
    it.preview = null;
  }

  async function stop() {
    try {
      await ctx.ask("find_stop", {});
    } catch (error) {
      show(error.message, false);
    }
  }
  return it;
}
