// The map as text and as a file: written by the kernel, and read back by it as one change.
import { h, makeButton, newId, setText } from "../../common/dom.js";
import { base64Of, giveBlob } from "../../common/link.js";
import { makeLatestRequest } from "../../form/latest_request.js";
/** @import { Context } from "../../form/context.js" */

const PAUSE_MS = 200;
const bytesOf = (base64) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));

/** {element, update()}. */
export function makeOutline(/** @type {Context} */ ctx, say) {
  const text = h("textarea", { rows: 12, id: newId(), spellcheck: "false", dir: "auto" }), told = h("p", { class: "small", role: "status" });
  let asked = "", given = "";
  const latest = makeLatestRequest(ctx, "map_outline", PAUSE_MS, ({ reply, refusal }) => {
    if (refusal) return setText(told, refusal);
    if (text.value === given) text.value = reply.outline; // what somebody types stays
    given = reply.outline;
  });
  const tell = async (run) => {
    try {
      setText(told, (await run()) ?? "");
      told.classList.remove("error");
    } catch ({ message }) {
      setText(told, message);
      told.classList.add("error");
    }
  };
  const taken = async (args) => {
    const { said } = await ctx.ask("map_take", args);
    [given, asked] = [text.value, ""];
    return said;
  };
  const file = h("input", { type: "file", accept: ".csv,.xlsx,text/csv", hidden: true, "aria-hidden": "true", tabindex: "-1" });
  file.addEventListener("change", () => tell(async () => {
    const [one] = file.files;
    if (!one) return "";
    const sent = { name: one.name, base64: await base64Of(one) };
    file.value = "";
    return taken(sent);
  }));
  const give = (kind) => tell(async () => {
    const { name, base64, mime } = await ctx.ask("map_file", { kind });
    giveBlob(name, new Blob([bytesOf(base64)], { type: mime }));
  });
  const element = h("details", { class: "twin", ontoggle: () => update() }, h("summary", {}, say("outline")), h("p", { class: "small" }, say("outline_about")),
    h("label", { for: text.id }, say("outline_label")), text,
    h("p", { class: "buttons" }, makeButton("button quiet", () => tell(() => taken({ outline: text.value })), say("outline_take")), makeButton("button quiet", () => give("csv"), say("as_csv")),
      makeButton("button quiet", () => give("xlsx"), say("as_xlsx")), makeButton("button quiet", () => file.click(), say("from_file")), file), told);

  function update() {
    const { connected } = ctx.view.link, now = `${ctx.state?.worksheet.id} ${ctx.state?.seq} ${connected}`;
    if (!element.open || ctx.queue.busy || now === asked) return;
    if (!connected) return setText(told, say("offline"));
    asked = now;
    latest.ask();
  }
  return { element, update };
}
