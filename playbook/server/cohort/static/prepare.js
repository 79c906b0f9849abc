// Prepare a class: each choice shows at once what follows from it; what can't be taken is said at its field.
import { whyNot } from "./act.js";
import { send } from "./ask.js";
import { h } from "./dom.js";
import { announce, base, data, find, notice, redraw, say } from "./page.js";

const AFTER_TYPING_MS = 400;
const DRAWING_MS = 240_000;
const form = find("prepare");
let logo = "", asked = 0;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

const text = (name) => form.elements[name].value;
const cases = () => [.../** @type {NodeListOf<HTMLSelectElement>} */ (form.querySelectorAll("[data-case]"))];
const room = () => Number(form.querySelector("[name=course]:checked").dataset.room);

function given() {
  const typed = Object.fromEntries(["course", "venue", "title", "leader", "day", "start", "people", "host"].map((name) => [name, text(name)]));
  const picked = cases().filter((it) => it.value && room()).map((it) => `${it.dataset.case}:${it.value}`);
  return { ...typed, cases: picked, logo };
}

// -- what can't be taken

const place = (name) => find(`field-${name}`) ?? form.elements[name];

function refuse(error, focus) {
  clear();
  const field = error.field && place(error.field);
  if (!field) { notice("wrong", whyNot(error)); return; }
  const line = h("span", { class: "wrong", id: "wrong", role: "alert" }, whyNot(error));
  field.setAttribute("aria-invalid", "true");
  field.setAttribute("aria-errormessage", "wrong");
  if (field.matches("fieldset")) field.querySelector("legend").after(line); else field.after(line);
  if (focus) (field.matches("fieldset") ? field.querySelector("input, select") : field).focus();
}

function clear() {
  find("wrong")?.remove();
  notice("wrong", null);
  for (const field of form.querySelectorAll("[aria-invalid]")) {
    field.removeAttribute("aria-invalid");
    field.removeAttribute("aria-errormessage");
  }
}

// -- the plan

async function show() {
  const mine = ++asked;
  showRoom();
  if (!text("day").trim()) { hide(); return; }
  try {
    const told = await send("prepare/plan", given());
    if (mine !== asked) return;
    clear();
    find("waiting").hidden = true;
    find("plan").hidden = false;
    redraw(find("plan"), told, drawn);
  } catch (error) {
    if (mine !== asked) return;
    hide();
    refuse(error, false);
  }
}

function hide() {
  find("plan").hidden = true;
  find("waiting").hidden = false;
}

function showRoom() {
  const minutes = room();
  const taken = cases().reduce((sum, it) => sum + Number(it.value), 0);
  find("case-room").textContent = minutes ? say("case_room", { minutes, taken }) : say("case_none");
  for (const one of cases()) one.disabled = !minutes;
}

const drawn = (told) => [...told.sessions.map(session), between(told.between), files(told.files)];

const session = (one) => h("section", { class: "box" },
  h("h3", {}, `${one.title}, ${one.when}`),
  h("table", { class: "clock" },
    h("caption", { class: "visually-hidden" }, one.title),
    h("thead", {}, h("tr", {}, ...["clock", "step", "minutes"].map((it) => h("th", { scope: "col" }, say(it))))),
    h("tbody", {}, ...one.steps.map((step) => h("tr", {},
      h("td", {}, step.at),
      h("th", { scope: "row" }, step.title, step.cut ? h("span", { class: "small" }, ` ${say("cut", { order: step.cut })}`) : ""),
      h("td", {}, String(step.minutes))))),
    h("tfoot", {}, h("tr", {}, h("td", {}, one.ends), h("th", { scope: "row" }, say("sum")), h("td", {}, String(one.minutes))))),
  h("h4", {}, say("late")),
  h("ul", {}, ...one.late.map((it) => h("li", {}, it))));

const between = (lines) => (lines.length ? h("section", { class: "box" }, h("h3", {}, say("between")), h("ul", {}, ...lines.map((it) => h("li", {}, it)))) : null);

const files = (listed) => h("section", { class: "box" }, h("h3", {}, say("files")),
  ...["trainer", "learners"].flatMap((who) => [
    h("h4", {}, say(`files_${who}`)),
    h("ul", { class: "plain files" }, ...listed.filter((it) => it.path.startsWith(`${who}/`)).map(file))]));

const file = (one) => {
  const button = h("button", { class: "linklike", type: "button" }, one.title, h("span", { class: "small" }, ` ${one.kind}`));
  button.addEventListener("click", () => take("file", { file: one.path }, button));
  return h("li", {}, button);
};

// -- files and the class

async function take(name, more, button) {
  button.setAttribute("aria-busy", "true");
  announce(say("drawing"));
  try {
    const { name: called, data: bytes } = await send(`prepare/${name}`, { ...given(), ...more }, DRAWING_MS);
    save(called, Uint8Array.from(atob(bytes), (it) => it.charCodeAt(0)));
    clear();
    announce(say("saved", { name: called }));
  } catch (error) { refuse(error, true); }
  finally { button.removeAttribute("aria-busy"); }
}

function save(name, bytes) {
  const address = URL.createObjectURL(new Blob([bytes]));
  const link = h("a", { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), DRAWING_MS);
}

find("all").addEventListener("click", () => take("all", {}, find("all")));
find("make").addEventListener("click", async () => {
  try {
    const { id } = await send("prepare/class", given());
    location.assign(`${base}desk/${id}`);
  } catch (error) { refuse(error, true); }
});

find("prepare-logo").addEventListener("change", async (event) => {
  const [chosen] = event.target.files;
  logo = "";
  if (chosen && chosen.size > data.largest) {
    refuse({ field: "logo", message: say("logo_large"), status: 409 }, true);
    return;
  }
  if (chosen) {
    const bytes = new Uint8Array(await chosen.arrayBuffer());
    logo = btoa(bytes.reduce((all, it) => all + String.fromCharCode(it), ""));
  }
  show();
});

form.addEventListener("input", (event) => {
  if (event.target.type === "file") return;
  clearTimeout(timer);
  timer = setTimeout(show, AFTER_TYPING_MS);
});
form.addEventListener("submit", (event) => { event.preventDefault(); show(); });
show();
