// What this browser keeps of whoever is signed in here goes when they sign out or erase everything. Over TLS the server's
// Clear-Site-Data does the same; a classroom without TLS has this alone.
const OURS = "pb", UNSENT = ["pb:op:", "pb:draft:", "pb:room:"];

const storages = () => {
  try {
    return [localStorage, sessionStorage];
  } catch {
    return []; // a browser that keeps nothing
  }
};

/** Everything of ours, in all tabs but for what another tab showed last, which is nobody's from now on. */
export function forget() {
  for (const storage of storages()) for (const key of Object.keys(storage)) if (key.startsWith(OURS)) storage.removeItem(key);
}

/** @type {HTMLFormElement | null} */
const form = document.querySelector('form[action$="sign-out"]');
let warned = false;
form?.addEventListener("submit", (event) => {
  const unsent = storages().some((storage) => Object.keys(storage).some((key) => UNSENT.some((start) => key.startsWith(start))));
  if (!unsent || warned) return forget();
  event.preventDefault();
  warned = true;
  form.prepend(Object.assign(document.createElement("p"), { className: "notice", role: "alert", textContent: form.dataset.unsent }));
});
