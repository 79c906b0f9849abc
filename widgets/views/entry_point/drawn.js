// The map as a file: the same field, drawn with every name beside its disc.
import { heightOf, linesOf, svgLines, svgPart } from "../../common/drawing.js";
import { shareOf } from "./board.js";

const SCALE = 110, TOP = 26, CELL = 84, DISC = 13, SIZE = 12;
const TINTS = { mitigate: ["0", "0", "warn"], start: ["1", "0", "pass"], leave: ["0", "1", "soft"], dismissed: ["1", "1", "unknown"] };
const WASHES = { soft: "--wash" }; // "leave it" has no verdict's colour

/** The map of `places` as an SVG of that width. */
export function drawMap(places, say, width) {
  const { up, across } = places.scales, high = CELL * up.choices.length, wide = (width - SCALE) / across.choices.length;
  const height = TOP + high + 62;
  const quadrants = Object.entries(TINTS).flatMap(([name, [right, low, tint]]) => {
    const x = SCALE + (Number(right) * (width - SCALE)) / 2, y = TOP + (Number(low) * high) / 2;
    const fill = `var(${WASHES[tint] ?? `--${tint}-wash`})`;
    return [svgPart("rect", { x, y, width: (width - SCALE) / 2, height: high / 2, fill, stroke: "var(--line)" }),
      svgLines([say(`quadrant.${name}`)], x + 8, y + 6, { size: SIZE, weight: 650, fill: `var(--${tint})` })];
  });
  const rising = up.choices.map(({ label }, point) => {
    const lines = linesOf(label, SCALE - 12, { size: SIZE, most: 3 }), middle = TOP + (up.choices.length - 0.5 - point) * CELL;
    return svgLines(lines, SCALE - 8, middle - heightOf(lines, SIZE) / 2, { size: SIZE, anchor: "end", fill: "var(--soft)" });
  });
  const along = across.choices.map(({ label }, point) =>
    svgLines(linesOf(label, wide - 8, { size: SIZE }), SCALE + (point + 0.5) * wide, TOP + high + 6, { size: SIZE, anchor: "middle", fill: "var(--soft)" }));
  const axes = [svgLines([`↑ ${say("impact")}`], 0, 2, { weight: 650 }), svgLines([`${say("likelihood")} →`], width, height - 18, { weight: 650, anchor: "end" })];
  return svgPart("svg", { width, height, viewBox: `0 0 ${width} ${height}` }, ...axes, ...quadrants, ...rising, ...along, ...discs(places, { wide, width }));
}

/** Every place that is on the map: its number in a disc, its name beside it. */
function discs(places, { wide, width }) {
  const placed = places.rows().map((row, place) => ({ row, number: place + 1 })).filter(({ row }) => places.stand(row) === "placed");
  const key = ({ row }) => JSON.stringify(places.spot(row));
  return placed.flatMap((one) => {
    const together = placed.filter((other) => key(other) === key(one)), share = shareOf(together.indexOf(one), together.length);
    const spot = places.spot(one.row);
    const x = SCALE + (spot.across + share.x) * wide, y = TOP + (places.size.up - 1 - spot.up + share.y) * CELL;
    const right = x > width - wide, room = right ? wide : Math.min(wide, width - x - 2 * DISC);
    const lines = linesOf(places.name(one.row), room, { weight: 650, most: 2 });
    return [svgPart("circle", { cx: x, cy: y, r: DISC, fill: "var(--brand)", stroke: "var(--card)", "stroke-width": 2 }),
      svgLines([String(one.number)], x, y - 9, { weight: 700, anchor: "middle", fill: "var(--brand-ink)" }),
      svgLines(lines, right ? x - DISC - 5 : x + DISC + 5, y - heightOf(lines, 13) / 2, { weight: 650, anchor: right ? "end" : "start" })];
  });
}
