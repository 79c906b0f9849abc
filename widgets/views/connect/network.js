// The connections as the form has them: who is linked with whom, and where each stands in the picture.
/** @import { Context } from "../../form/context.js" */

export const TABLE = "connections";
const GROUPS = "groups";
const BETWEEN = /\s*[,;]\s*/;
const INSIDE = ["within", "across"];

/** The codes in "H05, H22", each once, in capitals. */
export const codesIn = (text) => [...new Set((text ?? "").trim().split(BETWEEN).filter(Boolean).map((code) => code.toUpperCase()))];

/** An answer of a connection in the words of its question. */
export const answerOf = (/** @type {Context} */ ctx, question, value) => ctx.labels.shown(ctx.labels.question(`${TABLE}//${question}`), value || null);

/** What the form has: {connections: [{row, partner, ring, tie, hours, led, members, others, came}], groups: [{name, members}]}. */
export function readNetwork(/** @type {Context} */ ctx) {
  const said = (table, row, question) => ctx.value(`${table}/${row}/${question}`);
  const connections = ctx.rows(TABLE).map((row) => ({
    row, partner: (said(TABLE, row, "partner") ?? "").trim(), ring: said(TABLE, row, "kind") ?? "", tie: said(TABLE, row, "tie") ?? "",
    hours: said(TABLE, row, "hours"), led: said(TABLE, row, "led_by") ?? "", came: said(TABLE, row, "came_of_it") ?? "",
    members: codesIn(said(TABLE, row, "member")), others: codesIn(said(TABLE, row, "with_code")),
  })).filter(({ partner, ring, tie, members }) => partner || ring || tie || members.length);
  const groups = ctx.rows(GROUPS).map((row) => ({ name: (said(GROUPS, row, "group") ?? "").trim(), members: codesIn(said(GROUPS, row, "members")) }));
  return { connections, groups: groups.filter(({ members }) => members.length) };
}

/** What the picture is made of: boxes of members, partners by band, and links between their keys.
 * {boxes: [{name, members: [{key, code, alone}]}], partners: {customers, inside, outside, unsorted: [{key, name, ring}]}, links}. */
export function pictured({ connections, groups }) {
  const linked = new Set(connections.flatMap(({ members, others }) => [...members, ...others]));
  const listed = new Set(groups.flatMap(({ members }) => members));
  const member = (code) => ({ key: `member ${code}`, code, alone: !linked.has(code) });
  const rest = [...linked].filter((code) => !listed.has(code));
  const boxes = [...groups, ...(rest.length ? [{ name: "", members: rest }] : [])].map(({ name, members }) => ({ name, members: members.map(member) }));
  const partners = { customers: [], inside: [], outside: [], unsorted: [] }, links = [];
  for (const { row, partner, ring, tie, hours, led, members, others } of connections) {
    const from = members.length ? members.map((code) => `member ${code}`) : ["groups"];
    const to = others.length ? others.map((code) => `member ${code}`) : partner ? [`partner ${partner.toLowerCase()}`] : [];
    if (!others.length && partner) {
      const band = partners[INSIDE.includes(ring) ? "inside" : ring || "unsorted"];
      if (!Object.values(partners).flat().some(({ key }) => key === to[0])) band.push({ key: to[0], name: partner, ring });
    }
    for (const one of from) for (const other of to) if (one !== other) links.push({ row, from: one, to: other, tie, led, hours, partner });
  }
  return { boxes, partners, links };
}
