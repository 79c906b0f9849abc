// The page's line to its kernel: one websocket after the other, under one session, so that what the kernel said
// meanwhile is handed over by the server when the line is back.
import { decode, encode, newId, PROTOCOL } from "./wire.js";
/** @import { Message } from "./wire.js" */

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 4_000;
const GONE = [403, 404]; // what the server says of a kernel that ended, or is somebody else's

/** A line to one kernel. `heard(message)` is told what comes, `opened()` each time that the line stands. */
export class Line {
  /** @type {WebSocket | null} */
  #socket = null;
  /** @type {Uint8Array<ArrayBuffer>[]} */
  #waiting = []; // what was sent while there was no line
  #failures = 0;
  /** @type {any} */
  #timer = 0; // a number in a browser
  #session = newId();
  /** A socket that the page opened before this script was there (template/early.js), and what it has heard.
   * @type {{ session: string, socket: WebSocket, heard: ArrayBuffer[] } | undefined} */
  #early;

  /** @param {{ base: string, kernel: string, heard: (message: Message) => void, opened: () => void }} options */
  constructor({ base, kernel, heard, opened }) {
    this.#kernel = new URL(`${base}api/kernels/${kernel}`, location.href);
    this.#heard = heard;
    this.#opened = opened;
    // Where the network is back, or somebody looks again, there is nothing to wait for.
    globalThis.addEventListener("online", () => this.#connect());
    document.addEventListener("visibilitychange", () => document.hidden || this.#connect());
    this.#early = /** @type {any} */ (globalThis).pbEarly;
    if (this.#early) this.#session = this.#early.session;
    delete (/** @type {any} */ (globalThis).pbEarly);
    this.#connect();
  }

  #kernel;
  #heard;
  #opened;

  /** Send a message on the shell channel, now or when the line is back; its msg_id.
   * @param {string} kind the message's type
   * @param {any} content
   * @param {{ metadata?: any, buffers?: any[] }} [more]
   * @returns {string} */
  send(kind, content, { metadata = {}, buffers = [] } = {}) {
    const header = {
      msg_id: newId(), msg_type: kind, session: this.#session, username: "", version: "5.3", date: new Date().toISOString(),
    };
    const bytes = encode({ channel: "shell", header, parent: {}, metadata, content, buffers });
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(bytes);
    else if (this.#failures < Infinity) this.#waiting.push(bytes);
    return header.msg_id;
  }

  /** Hang up for good. */
  close() {
    clearTimeout(this.#timer);
    this.#failures = Infinity;
    this.#waiting = [];
    this.#socket?.close();
  }

  #connect() {
    clearTimeout(this.#timer);
    if (this.#failures === Infinity || (this.#socket && this.#socket.readyState !== WebSocket.CLOSED)) return;
    const early = this.#early;
    this.#early = undefined;
    const socket = this.#socket = early?.socket ?? new WebSocket(this.#place(), [PROTOCOL]);
    let stood = false;
    socket.binaryType = "arraybuffer";
    socket.onopen = () => {
      stood = true;
      this.#failures = 0;
      this.#waiting.splice(0).forEach((bytes) => socket.send(bytes));
      this.#opened();
    };
    socket.onmessage = ({ data }) => this.#heard(decode(data));
    socket.onclose = () => this.#again(stood);
    if (early) queueMicrotask(() => this.#catchUp(early));
  }

  #place() {
    const place = new URL(`${this.#kernel.pathname}/channels?session_id=${this.#session}`, this.#kernel);
    place.protocol = place.protocol.replace("http", "ws");
    return place;
  }

  /** What happened to a socket before anybody listened. */
  #catchUp({ socket, heard }) {
    const { readyState: state } = socket;
    if (state === WebSocket.OPEN) socket.onopen(null);
    heard.forEach((data) => this.#heard(decode(data)));
    if (state === WebSocket.CLOSED) socket.onclose(null);
  }

  /** Try again after a while; not when the server says that there is nothing to connect to. */
  async #again(stood) {
    if (!stood && (await this.#isGone())) return this.close();
    const wait = Math.min(FIRST_WAIT_MS * 2 ** this.#failures, LONGEST_WAIT_MS);
    this.#failures += 1;
    this.#timer = setTimeout(() => this.#connect(), wait * (0.5 + Math.random() / 2)); // sixty phones, one network
  }

  async #isGone() {
    try {
      return GONE.includes((await fetch(this.#kernel)).status);
    } catch {
      return false; // no network, no server
    }
  }
}
