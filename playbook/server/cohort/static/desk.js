// The trainer desk of one class.
import { makeAct } from "./act.js";
import { agreedLine } from "./agreed.js";
import { h, makeList, setText } from "./dom.js";
import { makeLead, makeWall } from "./desk_lead.js";
import { makePeople } from "./desk_people.js";
import { makeTeams } from "./desk_teams.js";
import { makeOwn } from "./desk_own.js";
import { makeCards } from "./desk_cards.js";
import { makeDeskVotes } from "./desk_votes.js";
import { follow } from "./follow.js";
import { announce, base, data, day, find, notice, redraw, say, sheetTitle } from "./page.js";
import { makeTimer } from "./timer.js";

const here = `desk/${data.cohort}`;
const carryOut = makeAct(here, () => again());

/** Carry out an action, and say `done` once it is, or that nothing was to do; its answer, or null when it did not work. */
async function act(name, given = {}, done = say(`did_${name}`)) {
  const told = await carryOut(name, given);
  if (told && done) report(told.done === false ? say("nothing_done") : done);
  return told;
}

function report(text) {
  setText(document.querySelector("[data-pb-save]"), text);
  announce(text);
}

const read = (form, names) => Object.fromEntries(names.map((name) => {
  const field = form.elements[name];
  return [name, field.type === "checkbox" ? field.checked && !field.closest("[hidden]") : field.value];
}));

/** Submitting `id` does `name` with its fields; what was typed stays until it worked. */
function onSubmit(id, name, names, after = (_form) => {}) {
  const form = find(id);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (await act(name, read(form, names))) after(form);
  });
}

const clear = (form) => form.reset();
onSubmit("offer", "sheet", ["sheet", "note"]);
onSubmit("ask", "ask", ["question", "about", "guess", "about_people", "sheet"], (form) => { form.about.value = ""; });
onSubmit("agree", "agree", ["what", "owner", "due"], clear);
onSubmit("new-team", "team", ["team"], clear);
if (data.is_trainer) {
  onSubmit("invite", "invite", ["account"], clear);
  onSubmit("dates", "dates", ["ends", "erase_on"]);
}

find("start").addEventListener("submit", (event) => {
  event.preventDefault();
  act("timer", { seconds: Math.round(Number(find("start").minutes.value) * 60) });
});
const buttons = {
  "offer-none": () => act("sheet", { sheet: "", note: "" }, say("did_sheet_none")),
  "more-time": () => act("more_time", { seconds: 300 }),
  "stop-timer": () => act("stop_timer"),
  "new-code": () => act("code"),
  "open-door": () => act("door", { open: true }, say("did_door_open")),
  "close-door": () => act("door", { open: false }, say("did_door_closed")),
  "end-class": () => act("end"),
};
for (const [id, run] of Object.entries(buttons)) find(id).addEventListener("click", run);
find("copy-link").addEventListener("click", () => {
  find("link").select(); // a classroom without TLS has no clipboard for scripts: then Ctrl+C
  navigator.clipboard?.writeText(find("link").value).then(() => report(say("copied")), () => {});
});

const timer = makeTimer(find("timer"), announce);
const drawVotes = makeDeskVotes(find("votes"), act, report);
const drawCards = makeCards(find("cards"));
const drawOwn = makeOwn(act);
const drawPeople = makePeople(find("people"), act);
const drawLead = makeLead(act);
const drawWall = makeWall(act);
const drawTeams = makeTeams(act);
const offers = makeList(find("gallery"), makeOffer);
const agreements = makeList(find("agreed"), makeAgreed);
const again = follow(`${base}${here}/state`, tell, (isThere) => notice("line", isThere ? null : say("offline")));
let offered;

function tell(state) {
  drawLead(state);
  drawWall(state);
  drawTeams(state);
  drawOffered(state);
  timer.update(state.timer_ends, state.now);
  find("no-timer").hidden = state.timer_ends !== null;
  redraw(find("progress"), { progress: state.progress }, progressView);
  drawAskable(state);
  drawOwn(state);
  drawVotes(state);
  drawCards(state);
  offers.sync(state.gallery.map((offer) => ({ ...offer, key: offer.id })));
  find("no-gallery").hidden = state.gallery.length > 0;
  agreements.sync(state.agreements.map((one) => ({ ...one, key: one.id })));
  find("no-agreed").hidden = state.agreements.length > 0;
  drawDoor(state.door);
  drawDays(state);
  drawPeople(state);
}

function drawDays({ door, days }) {
  find("ended").hidden = !door.over;
  if (door.over) setText(find("ended"), say("ended_told", { ends: day(days.ends), erase: day(days.erase_on) }));
  setText(find("days"), say("days_told", { ends: day(days.ends), erase: day(days.erase_on) }));
  find("end-part").hidden = door.over;
}

function drawOffered({ sheet, note }) {
  setText(find("offered"), sheet ? say("offered", { title: sheetTitle(sheet) }) + (note ? ` · ${note}` : "") : say("offered_none"));
  find("offer-none").hidden = !sheet;
  if (offered === undefined && sheet) find("offer").sheet.value = sheet; // later it is the trainer's to choose
  offered = sheet;
}

function progressView({ progress }) {
  if (!progress) return h("p", { class: "small" }, say("progress_none"));
  const all = Object.values(progress).reduce((sum, count) => sum + count, 0);
  const row = ([name, count]) => h("li", {},
    h("span", { class: "label" }, say(`progress_${name}`)), h("span", { class: "count" }, say("progress_count", { count, all })),
    h("span", { class: "amount", "aria-hidden": "true", style: `--share: ${all ? count / all : 0}` }));
  return h("ul", { class: "bars" }, Object.entries(progress).map(row));
}

function drawAskable({ sheet, askable }) {
  const form = find("ask");
  form.sheet.value = sheet ?? "";
  find("ask-fields").hidden = !askable.length;
  find("ask-none").hidden = askable.length > 0;
  const chosen = form.question.value;
  redraw(form.question, askable, () => askable.map(({ question, text }) => h("option", { value: question }, text)));
  if (askable.some(({ question }) => question === chosen)) form.question.value = chosen;
  form.question.onchange = () => drawBoxes(form, askable);
  drawBoxes(form, askable);
}

/** What can't be asked with the chosen question isn't offered. */
function drawBoxes(form, askable) {
  const chosen = askable.find(({ question }) => question === form.question.value);
  for (const box of ["guess", "about_people"]) form[box].closest("label").hidden = !chosen?.[box];
}

function makeOffer({ id }) {
  const name = h("strong", { dir: "auto" });
  const where = h("span", { class: "small" });
  const show = (side, key) => h("button", { type: "button", class: "button quiet", onclick: () => act("show", { offer: id, side }, say(side ? "did_show" : "did_show_none")) }, say(key));
  const down = show(null, "gallery_down");
  const element = h("li", {}, name, " ", where, h("p", { class: "buttons" }, show(1, "gallery_left"), show(2, "gallery_right"), down,
    h("a", { href: `${base}gallery/${data.cohort}/${id}` }, say("gallery_look"))));
  return {
    element,
    update({ title, side }) {
      setText(name, title);
      setText(where, side ? say(`gallery_at_${side}`) : "");
      down.hidden = !side;
    },
  };
}

function makeAgreed({ id }) {
  const line = h("p", {});
  const outcome = (name) => h("button", { type: "button", class: "button quiet", onclick: () => act("review", { agreed: id, outcome: name }) }, say(`review_${name}`));
  const element = h("li", {}, line, h("p", { class: "buttons" }, h("span", { class: "small" }, say("agreed_review")), ["done", "partly", "dropped"].map(outcome)));
  return { element, update: (one) => redraw(line, one, agreedLine) };
}

function drawDoor(door) {
  setText(find("door-state"), say(door.over ? "door_over" : door.open ? "door_open" : "door_closed"));
  for (const id of ["new-code", "open-door", "close-door"]) find(id).hidden = door.over;
  if (!door.over) find(door.open ? "open-door" : "close-door").hidden = true;
  find("door-known").hidden = !(door.open && door.code);
  find("door-unknown").hidden = !door.open || Boolean(door.code);
  if (!door.code) return;
  setText(find("code"), door.code);
  setText(find("at"), door.at);
  find("link").value = door.link;
  if (find("qr").src !== door.qr) find("qr").src = door.qr;
  setText(find("door-until"), say("door_until", { day: day(door.until), left: door.left }));
}
