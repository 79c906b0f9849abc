"use strict";
// What a page kept of a plain form (client/plain_form.js) has arrived: nobody is to send it again.
try {
  const { worksheet } = document.currentScript.dataset;
  for (const key of Object.keys(localStorage)) {
    const mine = key.startsWith(`pb:draft:${worksheet}:`) || key.startsWith(`pb:op:${worksheet}:`);
    if (mine && JSON.parse(localStorage.getItem(key)).plain) localStorage.removeItem(key);
  }
} catch {
  // A browser that keeps nothing for us has nothing to forget.
}
