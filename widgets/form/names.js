// Names of people stay in this browser: a question that is answered with codes sends codes, and nothing else that is typed.
/** @import { Context } from "./context.js" */

const CODE = /^\p{L}{0,3}[-_.]?\d{1,12}$/u, LETTER = /^\p{L}$/u;
const BETWEEN = /\s*[,;]\s*/;

/** Whether this is a code, such as H01 or 4711, and not somebody's name. */
export const isCode = (text) => CODE.test(text) || LETTER.test(text);

/** The next number that nobody has: P01, P02, … `taken` are codes in small letters. */
export function freeCode(taken) {
  for (let number = 1; ; number += 1) {
    const code = `P${String(number).padStart(2, "0")}`;
    if (!taken.has(code.toLowerCase())) return code;
  }
}

/** Names by code, of the worksheet that is open, in this browser alone. */
export function makeNames(/** @type {Context} */ ctx) {
  const { local } = ctx.view.browser;
  const keyOf = (worksheet) => `pb:names:${worksheet}`, key = () => keyOf(ctx.state.worksheet.id), wish = "pb:names-shown";
  let read = null, text = null; // what was read last, and from what
  function all() {
    const now = local.get(key());
    if (read && now === text) return read;
    text = now;
    try {
      read = JSON.parse(now ?? "{}");
    } catch {
      read = {};
    }
    return read;
  }
  const write = (names) => (Object.keys(names).length ? local.set(key(), JSON.stringify(names)) : local.remove(key()));
  return {
    all,
    any: () => Object.keys(all()).length > 0,
    get shown() { return local.get(wish) !== "no"; },
    set shown(shown) { local.set(wish, shown ? "yes" : "no"); },
    of: (code) => (local.get(wish) === "no" ? "" : all()[code] ?? ""),
    codeOf: (name) => Object.entries(all()).find(([, one]) => one.toLowerCase() === name.toLowerCase())?.[0],
    add: (more) => write({ ...all(), ...more }),
    forget: (codes) => write(Object.fromEntries(Object.entries(all()).filter(([code]) => !codes.includes(code)))),
    drop: (worksheet) => local.remove(keyOf(worksheet)),
    hidden: (said) => withCodes(said, all()),
  };
}

/** `said` with the code in place of every full name that `names` has. */
export function withCodes(said, names) {
  const known = Object.entries(names).filter(([, name]) => name.includes(" ")).sort(([, one], [, other]) => other.length - one.length);
  return known.reduce((text, [code, name]) => text.replace(wholeName(name), code), said);
}

const wholeName = (name) => new RegExp(`(?<![\\p{L}\\d])${name.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")}(?![\\p{L}\\d])`, "giu");

/** Pasted rows as they may be sent, with codes where people are asked for: {text, strange}; `strange` are those whom no code is known of. */
export function withCodesInRows(text, columns, names) {
  const lines = names.hidden(text).split(/\r\n?|\n/).map((line) => line.split("\t"));
  const named = (cell) => columns.find(({ id, short, text: asked }) => [id, short, asked].some((one) => one?.toLowerCase() === cell.trim().toLowerCase()));
  const heads = lines[0].map(named), places = heads[0] ? heads : columns;
  const strange = [], ofPeople = columns.some(({ codes }) => codes);
  const code = (said) => (isCode(said) ? said : names.codeOf(said) ?? (strange.push(said), said));
  const sent = lines.map((line, at) => line.map((cell, place) => {
    if (!places[place]) return ofPeople ? "" : cell; // nobody asks for it, and it may be names
    if (!places[place].codes || (heads[0] && at === 0)) return cell;
    return cell.replaceAll('"', "").trim().split(BETWEEN).filter(Boolean).map(code).join(", ");
  }).join("\t"));
  return { text: sent.join("\n"), strange };
}

/** What stands between the control of a question that is answered with codes and the form: a name is held back while it
 * is typed, and is a code when the field is left. {holds, trouble, changed(value, wait), note(value)}. */
export function makeCodesOnly(/** @type {Context} */ ctx, name) {
  const { table, row, question } = ctx.labels.at(name), { names } = ctx;
  const label = ctx.labels.table(table).label === question ? question : null;
  const parts = (text) => (label ? [text.trim()] : text.split(BETWEEN)).filter(Boolean);
  const taken = () => new Set(Object.keys(names.all()).concat(ctx.rows(table).filter((one) => one !== row)
    .map((one) => ctx.value(`${table}/${one}/${label}`) ?? "")).map((code) => code.toLowerCase()));
  let held = null;

  /** Which other lines of the list have the same code. */
  function twice(code) {
    const lines = ctx.rows(table).map((one, at) => ({ one, line: at + 1 })).filter(({ one }) => one !== row
      && (ctx.value(`${table}/${one}/${label}`) ?? "").toLowerCase() === code.toLowerCase()).map(({ line }) => line);
    return lines.length ? ctx.say("code_twice", { code, lines: lines.join(", ") }) : "";
  }

  function settle(text) {
    const strange = parts(text).filter((part) => !isCode(part) && !(!label && names.codeOf(part)));
    if (!label && strange.length) {
      it.trouble = ctx.say("name_unknown", { name: strange.join(", ") });
      return;
    }
    held = null;
    if (!strange.length) return void ctx.edit(name, parts(text).map((part) => (isCode(part) ? part : names.codeOf(part))).join(", ") || null, 0);
    const code = freeCode(taken());
    names.add({ [code]: strange[0] });
    ctx.edit(name, code, 0);
    ctx.announce(ctx.say("name_kept", { name: strange[0], code }));
  }

  const it = {
    trouble: "",
    get holds() { return held !== null; },
    changed(value, wait) {
      if (wait !== null) {
        it.trouble = "";
        held = parts(value ?? "").every((part) => CODE.test(part)) ? null : value;
        if (held === null) ctx.edit(name, value, wait);
        return;
      }
      if (held !== null) settle(held);
      ctx.left(name);
    },
    note: (value) => (label && value ? [twice(value), names.of(value) && ctx.say("name_beside", { name: names.of(value) })].filter(Boolean).join(" ") : ""),
  };
  return it;
}
