// Show something of ours: choose a worksheet, say what it is, agree; take it back at any time.
import { h, makeList } from "./dom.js";
import { find, say } from "./page.js";

/** One's own offers in `place`, and the form beside it; sync(offers). `act(name, given)` asks the server. */
export function makeOffers(place, act) {
  const form = find("offer");
  const list = makeList(place, ({ id, title }) => ({
    element: h("li", {}, h("span", { dir: "auto" }, say("gallery_offered", { title })), " ",
      h("button", { type: "button", class: "button quiet", onclick: () => act("withdraw", { offer: id }) }, say("gallery_back"))),
  }));

  async function fill() {
    const found = await act("mine", {});
    if (!found) return;
    const chosen = form.worksheet.value;
    form.worksheet.replaceChildren(...found.worksheets.map(({ id, name }) => h("option", { value: id }, name)));
    if (found.worksheets.some(({ id }) => id === chosen)) form.worksheet.value = chosen;
    find("offer-none").hidden = found.worksheets.length > 0;
    find("offer-fields").hidden = !found.worksheets.length;
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const given = { worksheet: form.worksheet.value, title: form.title.value, consent: form.consent.checked };
    if (await act("offer", given)) form.reset();
  });
  find("offer-part").addEventListener("toggle", ({ target }) => { if (target.open) fill(); });
  return { sync: (offers) => list.sync(offers.map((offer) => ({ ...offer, key: offer.id }))) };
}
