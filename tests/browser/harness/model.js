// A stand-in for anywidget's model: messages go to the real SheetForm in this test's own process, which
// answers through `kernel`. The line between can be slow (delay) or dead (cut).
export function makeModel(content) {
  const listeners = new Map();
  const line = { delay: 0, cut: false, sent: [] };
  const later = () => new Promise((resolve) => setTimeout(resolve, line.delay / 2));
  let queue = Promise.resolve(); // one message after the other, as on a comm
  const model = {
    line,
    get: (name) => ({ content })[name],
    on: (name, callback) => listeners.set(callback, name),
    off: (_, callback) => listeners.delete(callback),
    hear: (message) => [...listeners.keys()].forEach((callback) => callback(message)),
    send(message) {
      line.sent.push(message);
      if (line.cut) return;
      queue = queue.then(later).then(() => globalThis.kernel(message)).then(async (answers) => {
        await later();
        if (!line.cut) answers.forEach(model.hear);
      });
    },
  };
  return model;
}
