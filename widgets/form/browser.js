// What the browser keeps for the form: across pages, for this tab, for this page alone.
import { uuid } from "../common/dom.js";
import { makeStorage, pageFacts } from "../common/link.js";
import { lastOf } from "./kept.js";

/** The browser's side of a form of `sheet`: storages, ids of device and tab, the worksheet to open. */
export function makeBrowser(sheet) {
  const local = makeStorage("localStorage"), tab = makeStorage("sessionStorage");
  const last = lastOf(sheet);
  const idIn = (store, key) => {
    if (!store.get(key)) store.set(key, uuid());
    return store.get(key);
  };
  return {
    local, tab,
    page: makeStorage(null),
    device: idIn(local, "pb:device"),
    tabId: idIn(tab, "pb:tab"),
    worksheet: () => new URL(location.href).searchParams.get("worksheet") ?? tab.get(last),

    /** Open this worksheet next time too; null: no longer. An example that was looked at stays in its own address:
     * whoever begins from home afterwards begins with their own. */
    remember(worksheet, example = false) {
      const addressed = pageFacts().app === "voila";
      if (!worksheet) tab.remove(last);
      else if (!example || !addressed) tab.set(last, worksheet);
      if (addressed) setAddress(worksheet);
    },

    /** Forget everything of ours. */
    forget: () => [local, tab].forEach((store) => store.keys("pb:").forEach(store.remove)),
  };
}

/** Our own page's address leads back to the worksheet; JupyterLab's belongs to JupyterLab. */
function setAddress(worksheet) {
  const address = new URL(location.href);
  if (worksheet) address.searchParams.set("worksheet", worksheet);
  else address.searchParams.delete("worksheet");
  history.replaceState(history.state, "", address);
}

/** Whether the window is as narrow as a phone: what is asked then comes before what is only to be read. */
export const isPhone = () => matchMedia("(max-width: 40rem)").matches;
