// A field that may stand in two places of a page: in the chain and in the panel of the tree.
import { makeField } from "../../form/field.js";
import { fieldOf } from "./model.js";
/** @import { Context } from "../../form/context.js" */

/** The question of a metric as a field. When it goes, the one that stood there before counts again. */
export function makeShared(/** @type {Context} */ ctx, question, row) {
  const name = fieldOf(row, question.id), before = ctx.fields.get(name);
  const field = makeField(ctx, question, name);
  const close = () => {
    if (ctx.fields.get(name) !== field) return;
    if (before?.element.isConnected) ctx.fields.set(name, before);
    else ctx.fields.delete(name);
  };
  return { ...field, id: question.id, close };
}
