// A file with weekly figures, read again while the page is open. What differs is saved like anything that is typed; a
// file that can't be read changes nothing, and the page says how old the last good figures are.
import { h, makeButton, setText } from "../../common/dom.js";
/** @import { Context } from "../../form/context.js" */

const AGAIN_MS = 3_000, MINUTE_MS = 60_000;

/** The view above the question for the file's place. */
export function makeView(/** @type {Context} */ ctx) {
  const say = (key, values) => ctx.say(`weekly_file.${key}`, values);
  const told = h("p", { role: "status", dir: "auto" });
  const now = makeButton("button quiet", () => { seen = ""; look(); }, say("again"));
  const element = h("div", { class: "weekly-file" }, told, now);
  let seen = "", good = null, last = null, looking = false, timer = null;

  const age = () => {
    if (good === null) return say("age_none");
    const minutes = Math.floor((Date.now() - good) / MINUTE_MS);
    return minutes < 1 ? say("age_now") : say("age_minutes", { count: minutes });
  };

  function tell() {
    if (!last) setText(told, "");
    else if (!last.here) setText(told, last.said);
    else setText(told, last.problem ? say("problem", { problem: last.problem, age: age() }) : say("good", { said: last.said, age: age() }));
    now.hidden = !ctx.value("data_file") || last?.here === false;
  }

  async function look() {
    if (looking || !ctx.value("data_file") || document.hidden) return;
    looking = true;
    try {
      const { weekly_file: found } = await ctx.ask("weekly_file", { seen });
      if (!found.same) take(found);
    } catch {
      // no connection, or a page that is closing: it is read again later
    } finally {
      looking = false;
      tell();
    }
  }

  function take(found) {
    seen = found.stamp ?? "";
    last = found;
    if (!found.here || found.problem) return;
    good = Date.now();
    for (const table of ["measures", "figures"]) {
      if (Object.keys(found[table]).length) ctx.op("answer_rows", { table, rows: found[table] });
    }
    for (const answers of found.added) ctx.op("add_row", { table: "figures", answers });
  }

  let path = null;
  function update() {
    const given = ctx.value("data_file");
    if (given !== path) {
      path = given;
      [seen, last] = ["", null];
      if (!ctx.queue.busy) look();
      else path = null; // once it is saved
    }
    timer ??= setInterval(() => (element.isConnected ? look() : stop()), AGAIN_MS);
    tell();
  }

  function stop() {
    clearInterval(timer);
    timer = null;
  }
  return { element, update };
}
