// Ask the server to do something for the person who is signed in here.
const base = document.body.dataset.baseUrl;
const secret = () => document.cookie.match(/(?:^|; )_xsrf=([^;]*)/)?.[1] ?? "";

export class Refused extends Error {
  constructor({ text, field }) { super(text); this.field = field; }
}

/** POST base/path with JSON; the answer, or Refused with the sentence to show. Throws TypeError without a network. */
export async function ask(path, given = {}) {
  const answer = await fetch(base + path, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-XSRFToken": secret() },
    body: JSON.stringify(given),
  });
  const told = await answer.json().catch(() => ({}));
  if (answer.ok) return told;
  if (answer.status === 403 || answer.status === 404) location.reload(); // signed out, or it is gone: the server says which
  throw new Refused({ text: told.text ?? "", field: told.field });
}
