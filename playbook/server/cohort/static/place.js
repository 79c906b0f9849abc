import { ask } from "./ask.js";
import { forget } from "./forget.js";

const LARGEST = 1_900_000; // bytes; the server closes the line on 2 MB, and says in words what is below

/** @type {(id: string) => any} */
const find = (id) => document.getElementById(id);
const tell = (text) => { find("told").replaceChildren(Object.assign(document.createElement("p"), { className: "notice", textContent: text })); };

const after = {
  link({ link, ended, qr }) { find("link-text").value = link; find("link-qr").src = qr; find("link").hidden = false; document.querySelector("[data-first]")?.remove(); if (ended) find("others")?.remove(); },
  sign_out_others({ notice }) { find("others").remove(); tell(notice); },
  pair({ code, at, qr }) { find("pair-code").textContent = code; find("pair-at").textContent = at; find("pair-qr").src = qr; find("pair").hidden = false; },
  rename() { location.reload(); },
  bring({ notice }) { tell(notice); },
  card(_sent) { location.reload(); },
  erase() { forget(); location.assign(document.body.dataset.baseUrl); },
};

async function carryOut(name, given) {
  try { after[name](await ask(`place/${name}`, given)); }
  catch (error) { tell(error.message); }
}

async function bring(file) {
  let workspace = null;
  try { workspace = JSON.parse(await file.text()); } catch { /* the server says it in words */ }
  await carryOut("bring", { workspace });
}

for (const form of document.querySelectorAll("form[data-card]")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { card } = /** @type {HTMLElement} */ (form).dataset;
    const answers = Object.fromEntries(new FormData(/** @type {HTMLFormElement} */ (form)));
    try { after.card(await ask("place/card", { card, answers })); }
    catch (error) { form.querySelector("[role=alert]").textContent = error.message; }
  });
}

/** @type {(selector: string) => NodeListOf<HTMLElement>} */
const all = (selector) => document.querySelectorAll(selector);
for (const button of all("[data-do]")) {
  const field = button.dataset.take;
  button.addEventListener("click", () => carryOut(button.dataset.do, field ? { [field]: find(field).value } : {}));
  if ("first" in button.dataset) carryOut(button.dataset.do, {});
}
for (const button of all("[data-copy]")) {
  button.addEventListener("click", () => {
    const field = find(button.dataset.copy);
    field.select(); // a classroom without TLS has no clipboard for scripts; then the person copies what is selected
    navigator.clipboard?.writeText(field.value);
  });
}
find("file").addEventListener("change", async ({ target }) => {
  const [file] = target.files;
  if (!file) return;
  if (file.size > LARGEST) tell(target.dataset.tooMuch);
  else await bring(file);
  target.value = "";
});
