// The service worker by which a page can be loaded again without a network (worker.js).

const QUIET_MS = 3_000;

/** Have it, where browsers allow one (not on a page that came over a network without TLS), when nothing else is to do.
 * @param {string} base the server's */
export function registerWorker(base) {
  const { serviceWorker } = navigator;
  if (!serviceWorker) return;
  const register = async () => {
    await serviceWorker.register(`${base}voila/worker.js`, { scope: `${base}voila/render/` });
    const { active } = await serviceWorker.ready;
    if (!serviceWorker.controller) active.postMessage("claim");
  };
  const whenIdle = globalThis.requestIdleCallback ?? ((run) => setTimeout(run, QUIET_MS));
  whenIdle(() => register().catch(() => {}), { timeout: QUIET_MS }); // without it the page is as ever
}
