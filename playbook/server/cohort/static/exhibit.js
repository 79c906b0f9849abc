// An exhibit of a case: points and nothing between them, each with how sure it is; for the wall and, as a table, for phones.
import { h } from "./dom.js";
import { say } from "./page.js";
import { svg } from "./picture.js";

const LEFT = 330, EDGE = 56, FOOT = 44, TOP = 46;

/** All years that any series has a figure for, from the first to the last. */
const years = ({ series }) => [...new Set(series.flatMap(({ points }) => points.map(({ year }) => year)))].sort((one, other) => one - other);

/** "Years in common: 2 (1997, 1998)". */
export function inCommon({ in_common: common, series }) {
  if (series.length < 2) return "";
  return common.length ? say("case_in_common", { count: common.length, years: common.join(", ") }) : say("case_in_common_none");
}

/** How sure the points are: each shape that is drawn, with its word. */
export function legend({ series }) {
  const marks = new Map(series.flatMap(({ points }) => points.map(({ mark, sure }) => [mark, sure])));
  return [...marks].map(([mark, sure]) => `${mark} ${sure}`).join("   ");
}

/** A series' figures with the decimals that the longest of them has. */
export function written({ points }) {
  const decimals = Math.max(...points.map(({ value }) => (String(value).split(".")[1] ?? "").length));
  return (value) => value.toLocaleString("en", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}

/** One row a series under one row of years, scales from zero: what was not found stays empty. */
export function exhibitPicture(exhibit, width, height) {
  const all = years(exhibit);
  const [first, last] = [all[0], all.at(-1)];
  if (exhibit.never) return slide(exhibit, width, height);
  const at = (year) => LEFT + EDGE + ((year - first) / Math.max(1, last - first)) * (width - LEFT - 2 * EDGE);
  const row = (height - FOOT) / exhibit.series.length;
  const rows = exhibit.series.map((series, place) => {
    const { name, unit, points } = series, figure = written(series);
    const base = (place + 1) * row - 6;
    const most = Math.max(...points.map(({ value }) => value));
    const top = place * row + TOP;
    const y = (value) => base - (most > 0 ? value / most : 0) * (base - top - 14);
    return [
      svg("line", { class: "axis", x1: LEFT, x2: width, y1: base, y2: base }),
      lines(name).map((line, number) => text(0, place * row + 50 + number * 36, line, "strong")),
      text(0, place * row + 50 + lines(name).length * 36, unit, "soft"),
      apart(points.map(({ year, value, mark }) => ({ x: at(year), y: y(value), mark, label: figure(value) }))).map(({ x, y: height, mark, label, up }) => [
        svg("circle", { class: mark === "●" ? "point sure" : "point", cx: x, cy: height, r: 9 }),
        text(x, height - 18 - up, label, "strong middle"),
      ]),
    ];
  });
  const named = all.map((year) => text(at(year), height - 6, String(year), exhibit.in_common.includes(year) ? "common middle" : "soft middle"));
  return svg("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": told(exhibit), class: "exhibit" }, [rows, named]);
}

const DIGIT = 21, LINE = 34;

/** Each point with how far `up` its figure goes, so that none stands on that of the point before it. */
export function apart(points) {
  const placed = [];
  for (const one of points) {
    let up = 0;
    const meets = (other) => Math.abs(other.x - one.x) < (DIGIT * (other.label.length + one.label.length)) / 2 && Math.abs(other.y - other.up - (one.y - up)) < LINE;
    while (placed.some(meets) && up < 3 * LINE) up += 4;
    placed.push({ ...one, up });
  }
  return placed;
}

/** The same as a table, a line a year. */
export function exhibitTable(exhibit) {
  const { series } = exhibit;
  const value = (points, year) => points.find((point) => point.year === year);
  const cell = (point, figure) => h("td", {}, point ? [`${figure(point.value)} `, h("span", { "aria-hidden": "true" }, point.mark), h("span", { class: "visually-hidden" }, point.sure)] : h("span", { class: "soft" }, "–"));
  return h("div", { class: "wide", tabindex: "0", role: "group", "aria-label": exhibit.title }, h("table", { class: "exhibit" }, h("caption", { class: "visually-hidden" }, exhibit.title),
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, say("case_year")), series.map(({ name, unit }) => h("th", { scope: "col" }, name, " ", h("span", { class: "small" }, unit))))),
    h("tbody", {}, years(exhibit).map((year) => h("tr", {}, h("th", { scope: "row" }, String(year)), series.map((one) => cell(value(one.points, year), written(one))))))));
}

/** Two scales in one field and lines across gaps: how not to do it, and it says so. */
function slide(exhibit, width, height) {
  const all = years(exhibit), [first, last] = [all[0], all.at(-1)];
  const way = ({ points }) => {
    const most = Math.max(...points.map(({ value }) => value)) || 1;
    return points.map(({ year, value }) => `${80 + ((year - first) / Math.max(1, last - first)) * (width - 160)},${height - 60 - (value / most) * (height - 170)}`).join(" ");
  };
  return svg("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": `${say("case_never")} ${told(exhibit)}`, class: "exhibit never" }, [
    exhibit.series.slice(0, 2).map((series, place) => [
      svg("polyline", { class: place ? "second" : "first", points: way(series) }),
      svg("text", { x: place ? width - 20 : 20, y: 44, "text-anchor": place ? "end" : "start", class: "strong" }, [document.createTextNode(`${series.name}, ${series.unit}`)]),
    ]),
    text(80, height - 14, String(first), "soft middle"), text(width - 80, height - 14, String(last), "soft middle"),
    svg("rect", { x: 3, y: 3, width: width - 6, height: height - 6, class: "frame" }),
    text(width / 2, height / 2, say("case_never"), "stamp middle"),
  ]);
}

const text = (x, y, words, look) => svg("text", { x, y, class: look, ...(look.includes("middle") && { "text-anchor": "middle" }) }, [document.createTextNode(words)]);

/** A name of several words on as many lines as it needs. */
function lines(name, most = 18) {
  return name.split(" ").reduce((done, word) => {
    const line = done.at(-1);
    if (line && `${line} ${word}`.length <= most) return [...done.slice(0, -1), `${line} ${word}`];
    return [...done, word];
  }, []);
}

const told = ({ title, series }) => [title, ...series.map(({ name, unit, points }) => `${name}, ${unit}: ${points.map(({ year, value, sure }) => `${year}: ${value} (${sure})`).join(", ")}`)].join(". ");
