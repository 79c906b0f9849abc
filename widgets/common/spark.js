// A small line of numbers by date, without words: what it shows is said beside it.

const SPARK = { width: 160, height: 36, edge: 4 };

/** `points` [{day: "2027-01-04", value: 12.5}], by date, as a picture. */
export function makeSpark(points) {
  const { width, height, edge } = SPARK;
  const days = points.map(({ day }) => Date.parse(day)), values = points.map(({ value }) => value);
  const across = rescaled(days, edge, width - edge), up = rescaled(values, height - edge, edge);
  const places = points.map((_, place) => `${across(days[place])},${up(values[place])}`);
  const [x, y] = places.at(-1).split(",");
  const picture = svgElement("svg", { viewBox: `0 0 ${width} ${height}`, class: "spark", "aria-hidden": "true" });
  picture.append(svgElement("polyline", { points: places.join(" ") }), svgElement("circle", { cx: x, cy: y, r: 3 }));
  return picture;
}

/** From the range of `numbers` to from..to; what is all the same stands in the middle. */
function rescaled(numbers, from, to) {
  const low = Math.min(...numbers), range = Math.max(...numbers) - low;
  return (number) => (range ? from + ((number - low) / range) * (to - from) : (from + to) / 2).toFixed(1);
}

function svgElement(tag, props) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(props)) element.setAttribute(name, value);
  return element;
}
