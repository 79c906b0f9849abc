// A phone tries the way that worksheets take: a page, then a socket.
import { ask } from "./ask.js";

const { baseUrl, good, bad } = document.body.dataset;
const told = document.getElementById("told");
const socket = new WebSocket(new URL(`${baseUrl}hello/socket`, location.href.replace(/^http/, "ws")));
const tooLate = setTimeout(() => failed(), 8000);
let done = false;

async function failed() {
  if (done) return;
  done = true;
  told.textContent = bad;
  await ask("hello").catch(() => {});
}
socket.onopen = () => socket.send("hello");
socket.onmessage = () => { done = true; clearTimeout(tooLate); told.textContent = good; };
socket.onerror = failed;
