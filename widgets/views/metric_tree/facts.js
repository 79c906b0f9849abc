// What the kernel works out of the tree, asked anew when something was saved.
import { makeLatestRequest } from "../../form/latest_request.js";
/** @import { Context } from "../../form/context.js" */

const SAVED_PAUSE_MS = 250;

/** What the kernel works out of the tree, asked anew when something was saved: {of(row), refusal, text,
 * update(shown)}. changed() hears when there is news. */
export function makeFacts(/** @type {Context} */ ctx, changed) {
  let known = { nodes: {}, problems: [] }, refusal = "", asked = null;
  const request = makeLatestRequest(ctx, "tree", SAVED_PAUSE_MS, (answer) => {
    known = answer.reply?.tree ?? known;
    refusal = answer.refusal ?? "";
    changed();
  });
  function update(shown) {
    const { link } = ctx.view, now = `${ctx.state.worksheet.id} ${ctx.state.seq} ${link.connected}`;
    if (!shown || ctx.queue.busy || !link.connected || now === asked) return;
    asked = now;
    request.ask();
  }
  return {
    update,
    of: (row) => known.nodes[row],
    get refusal() { return refusal; },
    get problems() { return known.problems; },
  };
}
