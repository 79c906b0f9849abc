// Jupyter's messages on a websocket, in the v1 format that playbook/server/http/frames.py reads: 8-byte numbers, first
// how many offsets, then these; then channel, header, parent header, metadata, content and buffers.

export const PROTOCOL = "v1.kernel.websocket.jupyter.org";

const NUMBER = 8; // bytes of each number
const PARTS = 5; // before the buffers

/**
 * @typedef {object} Message
 * @property {string} channel
 * @property {any} header msg_id, msg_type, session and what else there is
 * @property {any} parent the header of the message that this one answers; {} when it answers none
 * @property {any} metadata
 * @property {any} content
 * @property {DataView[]} buffers each with a memory of its own
 */

/** A name that nobody else has: 32 hex digits. crypto.randomUUID is missing on plain-http pages that are not loopback. */
export const newId = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** A message as bytes for the socket.
 * @param {Message} message
 * @returns {Uint8Array<ArrayBuffer>} */
export function encode({ channel, header, parent, metadata, content, buffers }) {
  const text = new TextEncoder();
  const parts = [text.encode(channel), ...[header, parent, metadata, content].map((part) => text.encode(JSON.stringify(part))), ...buffers.map(bytesOf)];
  const offsets = [NUMBER * (parts.length + 2)];
  for (const part of parts) offsets.push(offsets.at(-1) + part.length);
  const whole = new Uint8Array(offsets.at(-1));
  const table = new DataView(whole.buffer);
  [offsets.length, ...offsets].forEach((number, place) => table.setBigUint64(place * NUMBER, BigInt(number), true));
  parts.forEach((part, place) => whole.set(part, offsets[place]));
  return whole;
}

/** The message that came as these bytes.
 * @param {ArrayBuffer} bytes
 * @returns {Message} */
export function decode(bytes) {
  const table = new DataView(bytes);
  const number = (place) => Number(table.getBigUint64(place * NUMBER, true));
  const offsets = Array.from({ length: number(0) }, (_, place) => number(place + 1));
  const parts = offsets.slice(1).map((end, place) => bytes.slice(offsets[place], end));
  const texts = parts.slice(0, PARTS).map((part) => new TextDecoder().decode(part));
  const [header, parent, metadata, content] = texts.slice(1).map((part) => JSON.parse(part));
  return { channel: texts[0], header, parent, metadata, content, buffers: parts.slice(PARTS).map((part) => new DataView(part)) };
}

/** The bytes that a buffer or a view of one stands for.
 * @param {ArrayBufferLike | ArrayBufferView} buffer */
export const bytesOf = (buffer) => (ArrayBuffer.isView(buffer) ? new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength) : new Uint8Array(buffer));
