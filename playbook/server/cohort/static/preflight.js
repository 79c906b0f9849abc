// Shows the devices that said hello, as they come.
import { ask } from "./ask.js";

const { one, two } = document.body.dataset;
const list = document.getElementById("seen");

async function look() {
  const { greetings } = await ask("preflight/seen").catch(() => ({ greetings: [] }));
  for (const { device, socket } of greetings.slice(list.children.length)) {
    const item = document.createElement("li");
    item.textContent = (socket ? one : two).replace("{device}", device);
    list.append(item);
  }
  document.getElementById("none").hidden = list.children.length > 0;
}
look();
setInterval(look, 2000);
