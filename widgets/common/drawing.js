// Pictures as SVG, drawn in CSS pixels for the width they have, on the page and for a file.
import { h, makeButton, placeChildren, setText } from "./dom.js";
import { giveBlob } from "./link.js";

const SVG = "http://www.w3.org/2000/svg";
const FILE_WIDTH = 960, FILE_MARGIN = 24, DOTS = 2; // a file's, in CSS pixels; a PNG has so many dots for one
const LINE = 1.3;
const REST_MS = 100; // a picture follows once keys rest: whoever types waits for none

/** svgPart("path", {d}): an SVG element. */
export function svgPart(tag, props, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(props ?? {})) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** `text` in lines of at most `width` px, at most `most` of them; what is too long ends in an ellipsis. */
export function linesOf(text, width, { size = 13, weight = 400, most = 2 } = {}) {
  const measured = measure(size, weight), lines = [""];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = [lines.at(-1), word].filter(Boolean).join(" ");
    if (!lines.at(-1) || measured(longer) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  const shown = lines.slice(0, most);
  const cut = (line) => {
    while (line && measured(`${line}…`) > width) line = line.slice(0, -1).trimEnd();
    return `${line}…`;
  };
  return shown.map((line, place) => ((place === most - 1 && lines.length > most) || measured(line) > width ? cut(line) : line));
}

let brush = null, family = ""; // once something is drawn; to ask for the font makes the browser style all of the page

function measure(size, weight) {
  brush ??= h("canvas", {}).getContext("2d");
  family ||= getComputedStyle(document.querySelector(".pb") ?? document.body).fontFamily;
  const font = `${weight} ${size}px ${family}`;
  return (text) => {
    brush.font = font;
    return brush.measureText(text).width;
  };
}

/** The height of so many lines. */
export const heightOf = (lines, size) => lines.length * size * LINE;

/** Lines of text, the first with its top at `y`. */
export function svgLines(lines, x, y, { size = 13, weight = 400, anchor = "start", fill = "var(--ink)" } = {}) {
  const props = { x, y, "font-size": size, "font-weight": weight, "text-anchor": anchor, fill };
  return svgPart("text", props, ...lines.map((line, place) => svgPart("tspan", { x, dy: place ? size * LINE : size }, line)));
}

/** A picture with its words and its files: {element, update(sentences)}. draw(width) gives its SVG in that width; `table`
 * stands among its words, above the sentences, for what is read better in columns. */
export function makeDrawing({ title, name, words, draw, table = null }) {
  const box = h("div", { class: "drawing", "aria-hidden": "true" });
  const list = h("div", {}), twin = h("details", { class: "twin" }, h("summary", {}, words("picture_words")), table, list);
  const element = h("figure", { class: "picture-top", "aria-label": title }, box,
    h("div", { class: "picture-tools" }, twin, makeFiles({ name, words, draw, place: box })));
  let width = 0, timer;

  function redraw() {
    clearTimeout(timer);
    if (width) box.replaceChildren(draw(width));
  }
  new ResizeObserver(([{ contentRect }]) => {
    if (Math.floor(contentRect.width) === width) return;
    width = Math.floor(contentRect.width);
    redraw();
  }).observe(box);

  return {
    element,
    update(sentences) {
      placeChildren(list, sentences.map((sentence, place) => {
        const line = list.children[place] ?? h("p", { dir: "auto" });
        setText(line, sentence);
        return line;
      }));
      clearTimeout(timer);
      timer = setTimeout(redraw, REST_MS);
    },
  };
}

/** Buttons that give the picture as a file; `place` is where it takes its font and colours from. */
export function makeFiles({ name, words, draw, place }) {
  const give = (label, run) => makeButton("link", run, label);
  return h("span", { class: "picture-files" },
    give(words("picture_png"), async () => giveBlob(`${name}.png`, await asPng(draw, place))),
    give(words("picture_svg"), () => giveBlob(`${name}.svg`, new Blob([asText(draw, place).text], { type: "image/svg+xml" }))));
}

/** The picture as a file's text, in the colours of the light look on white. */
function asText(draw, place) {
  const drawn = draw(FILE_WIDTH), style = getComputedStyle(place);
  const [width, height] = [FILE_WIDTH, Number(drawn.getAttribute("height"))].map((size) => size + 2 * FILE_MARGIN);
  const whole = svgPart("svg", { xmlns: SVG, width, height, viewBox: `0 0 ${width} ${height}`, "font-family": style.fontFamily },
    svgPart("rect", { width, height, fill: "#ffffff" }), drawn);
  for (const [side, value] of Object.entries({ x: FILE_MARGIN, y: FILE_MARGIN })) drawn.setAttribute(side, String(value));
  const light = (token) => /#\w+/.exec(style.getPropertyValue(token))?.[0] ?? "currentColor"; // light-dark(light, dark)
  const text = new XMLSerializer().serializeToString(whole).replace(/var\((--[\w-]+)\)/g, (_, token) => light(token));
  return { text, width, height };
}

async function asPng(draw, place) {
  const { text, width, height } = asText(draw, place);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = h("canvas", { width: width * DOTS, height: height * DOTS });
  canvas.getContext("2d").drawImage(image, 0, 0, width * DOTS, height * DOTS);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}
