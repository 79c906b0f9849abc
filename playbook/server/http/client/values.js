// Values of a widget's state: whether two are the same, and what of them travels as bytes.
import { bytesOf } from "./wire.js";

const isBinary = (value) => value instanceof ArrayBuffer || ArrayBuffer.isView(value);
const isPlain = (value) => typeof value === "object" && value !== null && [Object.prototype, null].includes(Object.getPrototypeOf(value));

/** Whether two values are the same all through; anything but data (another model, say) is the same as itself alone. */
export function same(one, other) {
  if (Object.is(one, other) || one === other) return true;
  if (isBinary(one) && isBinary(other) && one.constructor === other.constructor) return sameBytes(bytesOf(one), bytesOf(other));
  if (Array.isArray(one) && Array.isArray(other)) return one.length === other.length && one.every((value, place) => same(value, other[place]));
  if (!isPlain(one) || !isPlain(other)) return false;
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => Object.hasOwn(other, name) && same(one[name], other[name]));
}

const sameBytes = (one, other) => one.length === other.length && one.every((byte, place) => byte === other[place]);

/** Put buffers where their paths say, in place.
 * @param {any} state
 * @param {(string | number)[][]} paths
 * @param {DataView[]} buffers */
export function putBuffers(state, paths, buffers) {
  paths.forEach((path, place) => {
    const holder = path.slice(0, -1).reduce((value, name) => value[name], state);
    holder[path.at(-1)] = buffers[place];
  });
}

/** A state without what travels as bytes: {state, paths, buffers}. In a list null stays in its place.
 * @param {any} state */
export function takeBuffers(state) {
  const paths = [], buffers = [];
  const without = (value, path) => {
    if (typeof value?.toJSON === "function") return without(value.toJSON(), path);
    if (Array.isArray(value)) return value.map((item, place) => (taken(item, [...path, place]) ? null : without(item, [...path, place])));
    if (!isPlain(value)) return value;
    const kept = Object.entries(value).filter(([name, item]) => !taken(item, [...path, name]));
    return Object.fromEntries(kept.map(([name, item]) => [name, without(item, [...path, name])]));
  };
  const taken = (value, path) => isBinary(value) && (paths.push(path), buffers.push(value), true);
  return { state: without(state, []), paths, buffers };
}
