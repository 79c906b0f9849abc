// Small signs: the shape of a level, the line of a link's evidence, a metric's last figures.
import { svgPart } from "../../common/drawing.js";

const SHAPES = {
  financial: "M7 1l6 6-6 6-6-6z",
  operating: "M4 1.6h6L13 7l-3 5.4H4L1 7z",
  frontline: "M1 4.2h12v5.6H1z",
  other: "M7 3.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 1 1 0-7z",
};

/** The shape of a level; set(level) turns it into another's. */
export function levelMark() {
  const path = svgPart("path", {});
  const element = svgPart("svg", { class: "tree-shape", viewBox: "0 0 14 14", "aria-hidden": "true" }, path);
  return { element, set: (level) => path.setAttribute("d", SHAPES[level] ?? SHAPES.other) };
}

/** A piece of the line that a link is drawn with; set(evidence). */
export function evidenceMark() {
  const line = svgPart("path", { d: "M1 4h26" });
  const element = svgPart("svg", { class: "tree-line", viewBox: "0 0 28 8", "aria-hidden": "true" }, line);
  return { element, set: (evidence) => line.setAttribute("class", `edge ${evidence ?? "none"}`) };
}

/** The last figures as a line; set(points) hides it for fewer than two. */
export function sparkline(width = 64, height = 18) {
  const line = svgPart("polyline", { fill: "none" }), dot = svgPart("circle", { r: 2 });
  const element = svgPart("svg", { class: "tree-spark", viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" }, line, dot);
  function set(points = []) {
    element.toggleAttribute("hidden", points.length < 2);
    if (points.length < 2) return;
    const places = sparkPlaces(points, width - 6, height - 6).map(([x, y]) => [x + 3, y + 3]);
    line.setAttribute("points", places.map((place) => place.join(",")).join(" "));
    const [x, y] = places.at(-1);
    dot.setAttribute("cx", x);
    dot.setAttribute("cy", y);
  }
  return { element, set };
}

/** Where the figures stand in a box: evenly from left to right, the highest at the top. */
export function sparkPlaces(points, width, height) {
  const low = Math.min(...points), range = Math.max(...points) - low || 1;
  const round = (number) => Math.round(number * 10) / 10;
  return points.map((point, place) =>
    [round((place * width) / (points.length - 1)), round(height - ((point - low) / range) * height)]);
}
