// What was typed and is not saved yet. Operations and drafts wait in the browser's storage, so that
// a reload, a dead kernel or a lost connection loses nothing; an operation may be sent twice, because
// its op_id makes the kernel do it once.
import { same, uuid } from "../common/dom.js";
import { DRAFTS, OPS, rowIdOf } from "./kept.js";

const TYPING_MS = 5_000; // a draft older than this is not being typed in another tab
const parsed = (text) => { try { return JSON.parse(text); } catch { return null; } };

/** Unsaved edits of one page. `send(op, worksheet)` puts an operation on the wire, `changed()` hears
 * of every change here, `tab` is an id that survives a reload of this tab. */
export class Queue {
  #ops = new Map(); // op_id -> operation, in the order they were made
  #drafts = new Map(); // field -> {value, base_rev, error}
  #timers = new Map(); // field -> timer until it is sent
  #echoes = new Map(); // field -> the revision our own last save made
  #waiters = [];
  #marked = []; // what had been sent when the last beat went out
  #made = 0;
  trouble = ""; // why nothing can be saved just now, as the kernel said; "" once something was

  constructor({ storage, tab, send, changed }) {
    this.storage = storage;
    this.tab = tab;
    this.send = send;
    this.changed = changed;
    this.worksheet = this.last = null;
  }

  /** Turn to a worksheet: take up what this browser still holds for it, and for `others` of its kind. */
  open(worksheet, others) {
    this.#reset();
    this.worksheet = worksheet;
    const mine = new Set([worksheet, ...others]);
    for (const key of this.storage.keys(OPS)) {
      const op = parsed(this.storage.get(key));
      if (op && mine.has(op.worksheet)) this.#ops.set(op.op_id, op);
    }
    this.#ops = new Map([...this.#ops].sort(([, one], [, other]) => one.made - other.made));
    this.#made = Math.max(this.#made, ...[...this.#ops.values()].map((op) => op.made)); // the clock may have been set back
    for (const field of this.#draftFields()) this.#adopt(field, parsed(this.storage.get(this.#draftKey(field))));
    this.resend();
    for (const field of this.#drafts.keys()) this.submit(field);
  }

  #draftFields() {
    const start = this.#draftKey("");
    return this.storage.keys(start).map((key) => key.slice(start.length));
  }

  #adopt(field, draft) {
    if (!draft || draft.page === performance.timeOrigin) return; // another view of this page has it
    const elsewhere = draft.tab !== this.tab && Date.now() - draft.at < TYPING_MS;
    if (!elsewhere) this.#drafts.set(field, { value: draft.value, base_rev: draft.base_rev });
  }

  // -- what is there

  /** The operations of this worksheet that wait, in order. */
  get ops() {
    return [...this.#ops.values()].filter((op) => op.worksheet === this.worksheet);
  }

  /** Whether anything is on its way (what was refused is not). */
  get busy() {
    return this.#ops.size + this.#timers.size > 0;
  }

  /** The fields that hold a value that was refused. */
  get refused() {
    return [...this.#drafts].filter(([, draft]) => draft.error).map(([field]) => field);
  }

  /** The unsaved edit of a field: {value, base_rev, error}, or undefined. */
  draft(field) {
    return this.#drafts.get(field);
  }

  /** Whether revision `rev` of a field is what this page saved last, so nothing new to show. */
  isEcho(field, rev) {
    return this.#echoes.get(field) === rev;
  }

  /** A promise that nothing is on its way any more. */
  settled() {
    this.flush();
    return this.busy ? new Promise((resolve) => this.#waiters.push(resolve)) : Promise.resolve();
  }

  /** Let those who wait for settled() go on: nobody answers. */
  release() {
    this.#waiters.splice(0).forEach((resolve) => resolve());
  }

  /** Whether an operation on this field is under way. */
  pending(field) {
    return this.#under(field) !== undefined;
  }

  // -- edits

  /** Note a field's new value, edited from revision `rev`; send it after `wait` milliseconds. */
  edit(field, value, rev, wait) {
    const base = this.#drafts.get(field)?.base_rev ?? this.#under(field)?.base_rev ?? rev;
    this.#keep(field, { value, base_rev: base });
    clearTimeout(this.#timers.get(field));
    this.#timers.set(field, setTimeout(() => this.submit(field), wait));
    if (!wait) this.submit(field);
    this.changed();
  }

  /** Send a field's edit now, unless one of the same field is under way: then its answer does. */
  submit(field) {
    clearTimeout(this.#timers.get(field));
    this.#timers.delete(field);
    const draft = this.#drafts.get(field);
    if (draft && !draft.error && !this.#under(field))
      this.add("set", { field, value: draft.value, base_rev: draft.base_rev });
    else this.#told();
  }

  /** Send what is still waiting for the next key. */
  flush() {
    for (const field of [...this.#timers.keys()]) this.submit(field);
  }

  /** Make, keep and send an operation; its id. */
  add(kind, args, opId = uuid()) {
    this.#made = Math.max(Date.now(), this.#made + 0.01);
    const op = { op_id: opId, kind, ...args, worksheet: this.worksheet, made: this.#made };
    this.#ops.set(opId, op);
    this.storage.set(OPS + this.worksheet + ":" + opId, JSON.stringify(op));
    this.last = opId;
    this.#send(op);
    this.changed();
    return opId;
  }

  /** Send everything that was not answered, again and in order. */
  resend() {
    for (const op of this.#ops.values()) this.#send(op);
  }

  /** Note what has been sent so far; catchUp() sends again what is not answered by then. Messages keep
   * their order, so an operation is lost when a later beat is answered before it. */
  mark() {
    this.#marked = [...this.#ops.values()];
  }

  catchUp() {
    for (const op of this.#marked) if (this.#ops.has(op.op_id)) this.#send(op);
  }

  /** Take in what became of an operation; the operation, or undefined when it was not ours, or waits:
   * what can't be saved just now stays here, and goes out again with the beats. */
  ack({ op_id: opId, status, text, state }) {
    const op = this.#ops.get(opId);
    if (!op) return undefined;
    this.trouble = status === "later" ? text : "";
    if (status === "later") {
      this.release();
      this.changed();
      return undefined;
    }
    this.#ops.delete(opId);
    this.storage.remove(OPS + op.worksheet + ":" + opId);
    if (op.kind === "set" && op.worksheet === this.worksheet) this.#settle(op, status, text, state);
    else if (status !== "refused") this.#dropStored(op);
    this.#told();
    return op;
  }

  /** Forget the unsaved edit of a field. */
  forget(field) {
    clearTimeout(this.#timers.get(field));
    this.#timers.delete(field);
    for (const op of this.ops) if (op.field === field) this.#dropOp(op);
    this.#dropDraft(field);
  }

  /** Forget everything about this worksheet. */
  drop() {
    for (const start of [OPS, DRAFTS])
      for (const key of this.storage.keys(start + this.worksheet + ":")) this.storage.remove(key);
    this.#reset();
  }

  // -- inside

  #settle(op, status, text, state) {
    const { field } = op;
    const draft = this.#drafts.get(field);
    const newer = draft && !same(draft.value, op.value);
    const rev = Math.min(op.base_rev + 1, state?.fields[field]?.rev ?? Infinity);
    const waits = state?.conflicts.some((one) => one.field === field && same(one.value, op.value));
    const stored = (status === "saved" || status === "repeated") && !waits;
    if (stored) this.#echoes.set(field, rev);
    if (newer) {
      if (stored) this.#keep(field, { value: draft.value, base_rev: rev });
      if (!this.#timers.has(field)) this.submit(field);
    } else if (status === "refused") {
      this.#keep(field, { value: op.value, base_rev: op.base_rev, error: text });
    } else if (draft) {
      this.#dropDraft(field);
    } else {
      this.#dropStored(op);
    }
  }

  /** Forget a draft that another tab, or this one before a reload, kept of what is saved now. */
  #dropStored({ worksheet, field, value }) {
    const key = this.#draftKey(field, worksheet);
    if (same(parsed(this.storage.get(key))?.value, value)) this.storage.remove(key);
  }

  #under(field) {
    return this.ops.find((op) => op.kind === "set" && op.field === field);
  }

  #send({ made: _, worksheet, ...op }) {
    this.send(op, worksheet);
  }

  #keep(field, draft) {
    this.#drafts.set(field, draft);
    const { value, base_rev } = draft;
    const kept = { value, base_rev, at: Date.now(), tab: this.tab, page: performance.timeOrigin };
    this.storage.set(this.#draftKey(field), JSON.stringify(kept));
  }

  #dropDraft(field) {
    this.#drafts.delete(field);
    this.storage.remove(this.#draftKey(field));
  }

  #dropOp(op) {
    this.#ops.delete(op.op_id);
    this.storage.remove(OPS + op.worksheet + ":" + op.op_id);
  }

  #draftKey(field, worksheet = this.worksheet) {
    return DRAFTS + worksheet + ":" + field;
  }

  #reset() {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    for (const kept of [this.#ops, this.#drafts, this.#timers, this.#echoes]) kept.clear();
    this.trouble = "";
  }

  #told() {
    this.changed();
    if (!this.busy) this.release();
  }
}

/** The state as it will be once `ops` are done: rows and values only, the rest stays as it is told. */
export function project(state, ops) {
  if (!ops.length) return state; // hundreds of rows are not copied for a key that is typed
  const rows = Object.fromEntries(Object.entries(state.rows).map(([table, ids]) => [table, [...ids]]));
  const fields = { ...state.fields };
  for (const op of ops) EFFECTS[op.kind]?.(op, rows[op.table] ?? [], fields);
  return { ...state, rows, fields };
}

const EFFECTS = {
  set: (op, _, fields) => { fields[op.field] = { value: op.value, rev: fields[op.field]?.rev ?? 0 }; },
  add_row: (op, rows, fields) => {
    const row = rowIdOf(op.op_id);
    if (!insertRow(rows, row, rows.length)) return;
    answer(op, row, fields);
  },
  remove_row: (op, rows) => {
    for (const row of [op.row, ...(op.with ?? [])]) if (rows.includes(row)) rows.splice(rows.indexOf(row), 1);
  },
  move_row: (op, rows, fields) => {
    const from = rows.indexOf(op.row);
    if (from < 0) return;
    rows.splice(Math.max(from + op.by, 0), 0, ...rows.splice(from, 1));
    answer(op, op.row, fields);
  },
  answer_rows: (op, rows, fields) => {
    for (const [row, answers] of Object.entries(op.rows)) if (rows.includes(row)) answer({ ...op, answers }, row, fields);
  },
  duplicate_row: (op, rows, fields) => {
    const copy = rowIdOf(op.op_id), start = `${op.table}/${op.row}/`;
    if (!insertRow(rows, copy, rows.indexOf(op.row) + 1)) return;
    for (const [field, { value }] of Object.entries(fields)) {
      const question = field.startsWith(start) && value !== null && field.slice(start.length);
      if (question) fields[`${op.table}/${copy}/${question}`] = { value, rev: 1 };
    }
  },
};

function answer(op, row, fields) {
  for (const [question, value] of Object.entries(op.answers ?? {})) {
    const field = `${op.table}/${row}/${question}`;
    fields[field] = { value, rev: (fields[field]?.rev ?? 0) + 1 };
  }
}

function insertRow(rows, id, place) {
  if (rows.includes(id)) return false;
  rows.splice(place, 0, id);
  return true;
}
