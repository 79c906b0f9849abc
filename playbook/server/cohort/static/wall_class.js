// What the wall shows besides votes: the way in, what to do now, teams and what they decided, pages, the agreed action.
import { h } from "./dom.js";
import { base, data, day, say, sheetTitle } from "./page.js";

const PAGE = 560; // CSS pixels: a page of the gallery is laid out as wide as this, and enlarged
const LINES_OF_TEAMS = 14; // in a column
const LARGE = 8; // a team of more is parted over columns

/** As people write an address; without TLS a browser would guess wrongly. */
const written = (address) => address.replace(/^https:\/\//, "");

export function joinScene({ door, people }, title) {
  if (door.over) return { title, body: [h("p", { class: "text" }, say("ended"))] };
  if (!door.open) return { title, body: [h("p", { class: "text" }, say("door_shut"))] };
  const code = door.code ? [say("type_code"), h("strong", { class: "code" }, door.code)] : say("join_none");
  return {
    title: say("join"),
    lead: title,
    body: [h("div", { class: "door" }, door.qr ? h("img", { src: door.qr, alt: say("door_qr"), class: "qr" }) : h("span", {}),
      h("div", { class: "ways" },
        h("p", {}, say("open_page"), h("strong", { class: "at" }, written(door.at))), h("p", {}, code),
        h("p", { class: "count" }, say("joined", { count: people })),
        h("p", { class: "says" }, say("no_app"), " ", say("private", { least: data.least }), data.sees && ` ${say("sees_worksheets")}`)))],
  };
}

export function noteScene({ sheet, note, step }, name) {
  const title = step?.title || (sheet ? sheetTitle(sheet) : name);
  const does = [...new Set([step?.say, note])].filter(Boolean);
  return { title, body: [does.map((line) => h("p", { class: "text", dir: "auto" }, line)), sheet && !does.length && h("p", { class: "text" }, data.sheets[sheet]?.headline ?? "")].flat() };
}

export function teamsScene({ teams }) {
  const lines = teams.reduce((sum, { people }) => sum + people.length + 1.5, 0);
  const columns = Math.min(6, Math.max(2, Math.ceil(lines / LINES_OF_TEAMS)));
  const place = h("div", { class: "columns", style: `--columns: ${columns}` }, teams.map(({ name, people }) => h("section", { class: people.length > LARGE ? "team" : "team small" },
    h("h2", { dir: "auto" }, name), h("ul", {}, people.map((person) => h("li", { dir: "auto" }, person))))));
  return {
    title: say("teams_title"), lead: say("teams_lead"), body: [place],
    less() {
      const lists = [...place.querySelectorAll("ul")].filter(({ children }) => children.length);
      const longest = lists.sort((one, other) => other.children.length - one.children.length)[0];
      if (!longest) return false;
      longest.replaceWith(h("p", { class: "soft" }, say("more_here", { count: longest.children.length })));
      return true;
    },
  };
}

export function matrixScene({ question, rows }) {
  const list = h("dl", { class: "matrix" }, rows.map(({ team, decided, text }) => [h("dt", { dir: "auto" }, team),
    h("dd", { dir: "auto", class: text ? null : "soft" }, text ?? say(decided ? "decision_hidden" : "decision_none"))]));
  let lines = 4;
  return {
    title: question, body: [list],
    less() {
      if (--lines < 1) return false;
      list.style.setProperty("--lines", String(lines));
      for (const one of list.children) one.classList.add("clamped");
      return true;
    },
  };
}

/** One page or two; each as wide as a column of a phone, and as large as the place allows. */
export function galleryScene({ shown }, cohort) {
  const one = ({ id, title }) => {
    const frame = h("iframe", { src: `${base}gallery/${cohort}/${id}`, title, sandbox: "" });
    const place = h("div", { class: "window" }, frame);
    new ResizeObserver(() => {
      const scale = place.clientWidth / PAGE;
      Object.assign(frame.style, { width: `${PAGE}px`, height: `${place.clientHeight / scale}px`, transform: `scale(${scale})` });
    }).observe(place);
    return h("figure", {}, h("figcaption", { dir: "auto" }, title), place);
  };
  return { title: "", body: [h("div", { class: "frames" }, shown.map(one)), h("p", { class: "soft" }, say("gallery_whole"))] };
}

export function agreedScene({ agreed }) {
  const list = h("ul", { class: "agreed" }, agreed.map(({ what, owner, due }) => h("li", {}, h("strong", { dir: "auto" }, what),
    h("span", { class: "who", dir: "auto" }, say("agreed_line", { owner, date: day(due) })))));
  const more = h("p", { class: "soft" });
  let left = 0;
  return {
    title: say("agreed"), body: [list, more],
    less() {
      if (list.children.length < 2) return false;
      list.lastElementChild.remove();
      more.textContent = say("more_here", { count: ++left });
      return true;
    },
  };
}
