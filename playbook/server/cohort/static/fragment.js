// A private link keeps its token behind the #, which browsers send to no server; it is posted only when asked to.
/** @type {HTMLInputElement} */
const field = document.querySelector("input[name=token]");
field.value = decodeURIComponent(location.hash.slice(1));
if (field.value) sessionStorage.setItem("playbook-link", field.value);
else field.value = sessionStorage.getItem("playbook-link") ?? ""; // after a wrong password the page comes without it
history.replaceState(null, "", location.pathname); // it belongs in no history and on no projector
field.form.addEventListener("submit", () => setTimeout(() => sessionStorage.removeItem("playbook-link"), 5000));
