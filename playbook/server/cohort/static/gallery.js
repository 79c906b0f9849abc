// The gallery: two pages side by side, under one another on a phone.
import { h, makeList } from "./dom.js";
import { base, data, say } from "./page.js";

/** What is shown, in `place`; sync(offers). */
export function makeGallery(place) {
  const list = makeList(place, ({ id, title }) => {
    const address = `${base}gallery/${data.cohort}/${id}`;
    return {
      element: h("figure", { class: "shown" },
        h("figcaption", {}, h("h3", { dir: "auto" }, title), h("a", { href: address }, say("gallery_open"))),
        h("iframe", { src: address, title, sandbox: "", loading: "lazy" })),
    };
  });
  return (offers) => {
    const shown = offers.filter((offer) => offer.side).sort((one, other) => one.side - other.side);
    list.sync(shown.map((offer) => ({ ...offer, key: offer.id })));
    return shown.length;
  };
}
