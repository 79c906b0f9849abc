// The door to the brief: a button, and a dialog with the page as it will be, for home and for the gate.
import { h, makeButton, newId, placeChildren, setText } from "../common/dom.js";
import { showDialog } from "../common/dialog.js";
import { pageLink } from "../common/goto.js";
import { giveFile } from "../common/link.js";

const FILES = ["pdf", "docx", "pptx", "html"];

/** The card with the button: {element, receive(reply)}; ask(message) tells the kernel.
 *
 * `example` offers the finished example while there is nothing of one's own, `thumb` shows the page small. */
export function makeBriefDoor(stage, words, ask, { example = false, thumb = false } = {}) {
  const id = newId();
  const count = h("p", { class: "small" });
  const element = h("section", { class: "card pb-brief", "aria-labelledby": id },
    h("h2", { id }, words.title), h("p", {}, words.about), count);
  const say = (message) => ask({ type: "brief", stage, ...message });
  const view = makeView(words, say);
  const open = (ofExample) => view.open(element, ofExample);
  const small = thumb && makeThumb(words, () => open(false), () => say({ want: "thumb" }));
  if (small) element.append(small.element);
  element.append(h("p", { class: "buttons" },
    makeButton("button quiet", () => open(false), words.open),
    example && makeButton("link", () => open(true), words.example)));
  const recount = () => say({ want: "count" });
  recount();

  function receive(reply) {
    if (reply.want === "count") setText(count, reply.count ?? "");
    else if (reply.want === "thumb") small.receive(reply);
    else view.receive(reply);
  }
  return { element, receive, recount, open: () => open(false) };
}

/** The page as it stands, small, on a button that opens it; asked for once it comes near the screen. */
function makeThumb(words, open, ask) {
  const page = h("span", { class: "thumb-page", "aria-hidden": "true", inert: true });
  const shadow = page.attachShadow({ mode: "open" });
  const element = h("button", { type: "button", class: "brief-thumb", "aria-label": words.thumb, onclick: open }, page);
  const near = new IntersectionObserver((seen) => {
    if (!seen.some(({ isIntersecting }) => isIntersecting)) return;
    near.disconnect();
    ask();
  }, { rootMargin: "300px" });
  near.observe(element);
  return { element, receive: ({ html }) => html && drawPage(shadow, html) };
}

/** The dialog: what it shows is asked for when it opens, and again when the tick changes. */
function makeView(words, say) {
  const status = h("p", { class: "small", role: "status" });
  const notes = h("ul", { class: "plain small" });
  const missing = h("div", {});
  const page = h("div", { class: "brief-page", tabindex: "0", role: "region", "aria-label": words.title });
  const shadow = page.attachShadow({ mode: "open" });
  const tick = h("input", { type: "checkbox", onchange: () => show() });
  let ofExample = false, email = "";
  const message = (want) => say({ want, private: tick.checked, example: ofExample });
  const take = (want) => { setText(status, words.working); message(want); };
  const buttons = FILES.map((want) => makeButton("button quiet", () => take(want), words[want]));
  const body = [
    h("p", { class: "buttons" }, buttons, makeButton("button quiet", copy, words.email)),
    h("label", { class: "tick" }, tick, " ", words.private), status, notes, missing, page,
  ];

  function show() {
    setText(status, words.working);
    message("show");
  }

  async function copy() {
    try {
      await navigator.clipboard.writeText(email);
      setText(status, words.copied);
    } catch {
      giveFile({ name: `${words.title}.txt`, mime: "text/plain", text: email });
      setText(status, words.copy_failed);
    }
  }

  function open(root, wantsExample) {
    ofExample = wantsExample;
    tick.checked = false;
    shadow.replaceChildren();
    placeChildren(notes, []);
    placeChildren(missing, []);
    showDialog(root, { title: words.title, close: words.close, body, wide: true });
    show();
  }

  function receive({ trouble, file, html, email: text, notes: said, missing: gaps }) {
    if (trouble) setText(status, trouble);
    else if (file) {
      giveFile({ name: file.name, mime: file.mime, text: bytesOf(file.base64) });
      setText(status, words.saved);
    } else if (html) {
      email = text;
      setText(status, "");
      placeChildren(notes, said.map((one) => h("li", {}, one)));
      placeChildren(missing, gaps.length ? [missingElement(gaps, words)] : []);
      drawPage(shadow, html);
    }
  }
  return { open, receive };
}

const missingElement = (gaps, words) => h("details", {}, h("summary", {}, `${words.missing} (${gaps.length})`),
  h("ul", {}, gaps.map(({ text, href }) => h("li", {}, href ? pageLink(href, {}, text) : text))));

const bytesOf = (base64) => Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));

/** The page's own styles stay with it, and ours with us. Our kernel made it, every answer escaped. */
function drawPage(shadow, html) {
  const made = new DOMParser().parseFromString(html, "text/html");
  const outer = h("div", { class: "pb brief" });
  outer.append(...made.querySelectorAll("article.a4"));
  shadow.replaceChildren(...made.querySelectorAll("style"), outer);
}
