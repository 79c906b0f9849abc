// The figures of a metric: where it stands, where it should, and how both are written.
import { fieldOf } from "./model.js";
/** @import { Context } from "../../form/context.js" */

/** Where a metric stands today, and in which unit: {now, unit}; now is null while that is not known. */
export function standing(/** @type {Context} */ ctx, row) {
  const now = ctx.value(fieldOf(row, "now"));
  return { now: now === null || !Number.isFinite(Number(now)) ? null : Number(now), unit: ctx.value(fieldOf(row, "unit")) ?? "" };
}

/** The change from today to what is wanted, in whole percent; 0 where one of them is not known. */
export function planOf(/** @type {Context} */ ctx, row) {
  const { now } = standing(ctx, row), target = Number(ctx.value(fieldOf(row, "target")) ?? NaN);
  return now > 0 && Number.isFinite(target) ? (target / now - 1) * 100 : 0;
}

/** A figure with three digits that mean something, and its unit: "36%", "12,400 EUR", "£14.3 million". */
export function figure(number, unit) {
  const text = (Math.abs(number) < 1000 ? Number(number.toPrecision(3)) : Math.round(number)).toLocaleString("en");
  if ("€$£¥".includes(unit.charAt(0) || " ")) return `${unit.charAt(0)}${text} ${unit.slice(1).trim()}`.trim();
  return unit === "%" ? `${text}%` : `${text} ${unit}`.trim();
}
