// Ask the server to do something for the person who is signed in here.
const base = document.body.dataset.baseUrl;
const PATIENCE_MS = 20_000;
const secret = () => document.cookie.match(/(?:^|; )_xsrf=([^;]*)/)?.[1] ?? "";

export class Refused extends Error {
  constructor({ text, field, status }) { super(text); this.field = field; this.status = status; }
}

/** POST base/path with JSON; the answer, or Refused with the sentence to show. Throws another error
 * without a network, or when it takes longer than `patience` milliseconds. */
export async function send(path, given = {}, patience = PATIENCE_MS) {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), patience);
  try {
    const answer = await fetch(base + path, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-XSRFToken": secret() },
      body: JSON.stringify(given),
      signal: late.signal,
    });
    const told = await answer.json().catch(() => ({}));
    if (answer.ok) return told;
    throw new Refused({ text: told.text ?? "", field: told.field, status: answer.status });
  } finally { clearTimeout(timer); }
}

/** The same for a page that is loaded again when one is signed out, or something is gone: the server says which. */
export async function ask(path, given = {}) {
  try { return await send(path, given); }
  catch (error) {
    if (error.status === 403 || error.status === 404) location.reload();
    throw error;
  }
}
