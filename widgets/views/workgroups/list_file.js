// A file with a list of people, read in the browser: a workbook, or text in whatever coding.
import { cut } from "./roster.js";
import { FileError, MOST_BYTES, readWorkbook } from "./workbook.js";

const ZIP = [0x50, 0x4b, 0x03, 0x04], OLD_OFFICE = [0xd0, 0xcf, 0x11, 0xe0];
const LOOKED_AT = 400, MOST_ZEROS = 0.3;

/** The cells of a file; FileError with the sentence to say where it can't be read. */
export async function linesOfFile(bytes) {
  if (bytes.length > MOST_BYTES) throw new FileError("large");
  if (startsWith(bytes, ZIP)) return await readWorkbook(bytes);
  if (startsWith(bytes, OLD_OFFICE)) throw new FileError("old");
  return cut(decoded(bytes));
}

const startsWith = (bytes, mark) => mark.every((one, at) => bytes[at] === one);

/** A file's text: UTF-8, UTF-16 by its mark or its zeros, else Windows-1252. */
export function decoded(bytes) {
  const utf16 = utf16Of(bytes);
  if (utf16) return new TextDecoder(utf16).decode(bytes);
  if (bytes.slice(0, LOOKED_AT).includes(0)) throw new FileError("broken");
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/** Western text in UTF-16 has a zero in every other byte. */
function utf16Of(bytes) {
  if (startsWith(bytes, [0xff, 0xfe])) return "utf-16le";
  if (startsWith(bytes, [0xfe, 0xff])) return "utf-16be";
  const zeros = [0, 0];
  bytes.slice(0, LOOKED_AT).forEach((byte, at) => { zeros[at % 2] += byte === 0 ? 1 : 0; });
  const many = (MOST_ZEROS * Math.min(bytes.length, LOOKED_AT)) / 2;
  if (zeros[1] > many && zeros[0] === 0) return "utf-16le";
  return zeros[0] > many && zeros[1] === 0 ? "utf-16be" : null;
}
