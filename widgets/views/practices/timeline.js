// Weeks in a row: how the words of the outcome turned, and on which practice the group worked. Never a score.
import { heightOf, linesOf, svgLines, svgPart } from "../../common/drawing.js";

const NARROW = 480, NAMES = 168, SIZE = 12, ROW = 26, TOP = 34, EDGE = 6;
const ARROWS = { up: "↗", level: "→", down: "↘", first: "●", none: "○" };

/** The picture in `width` px; below each week's arrow a dot in the line of its practice. */
export function drawWeeks(weeks, words, width) {
  const narrow = width < NARROW, practices = [...new Set(weeks.map(({ practice }) => practice).filter(Boolean))];
  const from = narrow ? EDGE : NAMES, step = weeks.length ? (width - from - EDGE) / weeks.length : 0;
  const at = (place) => from + (place + 0.5) * step;
  const every = Math.max(1, Math.ceil(18 / Math.max(step, 1))); // so that numbers don't touch
  const parts = [];
  weeks.forEach(({ number, rows, turn }, place) => {
    if (place % every === 0) parts.push(text(String(number), at(place), 0, { fill: "var(--soft)", anchor: "middle" }));
    if (rows.length) parts.push(text(ARROWS[turn] ?? "", at(place), 15, { anchor: "middle", weight: 650, fill: turn === "down" ? "var(--warn)" : "var(--brand)" }));
  });
  let top = TOP + 4;
  for (const practice of practices) {
    const lines = linesOf(practice, narrow ? width - EDGE : NAMES - EDGE, { size: SIZE, most: narrow ? 1 : 2 });
    const head = narrow ? heightOf(lines, SIZE) + 2 : 0, tall = Math.max(ROW, narrow ? ROW : heightOf(lines, SIZE) + 6);
    parts.push(svgLines(lines, 0, narrow ? top : top + (tall - heightOf(lines, SIZE)) / 2, { size: SIZE, weight: 600 }));
    const y = top + head + tall / 2;
    weeks.forEach((week, place) => parts.push(mark(week, practice, at(place), y, step)));
    top += head + tall;
  }
  const legend = linesOf(words.legend, width - EDGE, { size: SIZE, most: 3 });
  parts.push(svgLines(legend, 0, top + 6, { size: SIZE, fill: "var(--soft)" }));
  const height = Math.ceil(top + 12 + heightOf(legend, SIZE));
  return svgPart("svg", { width, height, viewBox: `0 0 ${width} ${height}` }, ...parts);
}

/** A full dot where the group worked on the practice, a small one where it met, a dotted line in a gap. */
function mark({ rows, practice: worked }, practice, x, y, step) {
  if (!rows.length) {
    const half = Math.min(step / 2, 9);
    return svgPart("line", { x1: x - half, x2: x + half, y1: y, y2: y, stroke: "var(--soft)", "stroke-width": 1.5, "stroke-dasharray": "2 3" });
  }
  const mine = worked.split(" · ").includes(practice);
  return svgPart("circle", { cx: x, cy: y, r: mine ? Math.min(7, step / 2.4) : 2, fill: mine ? "var(--brand)" : "var(--line)" });
}

const text = (word, x, y, props) => svgLines([word], x, y, { size: SIZE, ...props });
