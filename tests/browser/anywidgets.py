"""Five small anywidgets that write down what they see; a notebook runs this text as its one cell.

What a page wrote down is `globalThis.records`, a list of lines for each; the last is "done".
"""

# ruff: noqa: E501  # the lines of scripts

import anywidget
import ipywidgets
import traitlets
from anywidget.experimental import command

TOLD = """
const record = (name) => (...what) => ((globalThis.records ??= {})[name] ??= []).push(what.join(" "));
const bytes = (view) => [...new Uint8Array(view.buffer, view.byteOffset, view.byteLength)].join(",");
"""


class Traits(anywidget.AnyWidget):
    """Traits both ways, also while others are being set."""

    _esm = (
        TOLD
        + """
    export default { render({ model }) {
      const say = record("traits");
      const hear = () => say("value", model.get("value"), "answer", model.get("answer"));
      const set = (...values) => { model.set(...values); model.save_changes(); };
      say("begin", model.get("value"), JSON.stringify(model.get("words")), model.get("missing"));
      model.on("change:value", hear);
      model.on("change", () => say("something changed"));
      model.on("change:answer change:words", (it, value) => say("told", JSON.stringify(value)));
      model.on("change:answer", () => {
        if (model.get("answer") === 2) set("value", 5);
        if (model.get("answer") === 10) {
          model.off("change:value", hear);
          set({ value: 7, words: ["a", { b: null }] });
        }
        if (model.get("answer") === 14) {
          say(JSON.stringify(model.get("seen")));
          setTimeout(() => say("done"), 500); // nothing follows
        }
      });
      model.set("value", 1);
      say("set, and not saved yet");
      model.save_changes();
    } };
    """
    )
    value = traitlets.Int(0).tag(sync=True)
    answer = traitlets.Int(0).tag(sync=True)
    words = traitlets.List(["x"]).tag(sync=True)
    seen = traitlets.List().tag(sync=True)

    @traitlets.observe("value")
    def _answer(self, change):
        self.seen = [*self.seen, change.new]
        self.answer = 2 * change.new


class Binary(anywidget.AnyWidget):
    """Bytes in the state, within others, and beside messages."""

    _esm = (
        TOLD
        + """
    export default { render({ model }) {
      const say = record("binary");
      const { list, deep } = model.get("nested");
      say(bytes(model.get("data")), bytes(list[0]), list[1], bytes(deep.bytes));
      model.on("change:length", () => {
        say("length", model.get("length"));
        if (model.get("length") === 4) {
          model.set("nested", { list: [new DataView(new Uint8Array([7]).buffer), "text"], deep: {} });
          model.save_changes();
        } else model.send({ kind: "bytes" }, undefined, [new Uint8Array([9, 8]).buffer, new Uint8Array([7])]);
      });
      model.on("msg:custom", ({ kind }, buffers) => { say(kind, ...buffers.map(bytes)); say("done"); });
      model.set("data", new DataView(new Uint8Array([4, 5, 6, 7]).buffer));
      model.save_changes();
    } };
    """
    )
    data = traitlets.Any(b"\x01\x02\x03").tag(sync=True)
    nested = traitlets.Any({"list": [b"\x07", "text"], "deep": {"bytes": b"\x08\x09"}}).tag(
        sync=True
    )
    length = traitlets.Int(0).tag(sync=True)

    def __init__(self):
        super().__init__()
        self.observe(lambda change: self._measure(change.new), "data")
        self.observe(lambda change: self._measure(change.new["list"][0]), "nested")
        self.on_msg(lambda _, it, buffers: self.send(it, [bytes(one)[::-1] for one in buffers]))

    def _measure(self, data):
        self.length = len(data)


class Messages(anywidget.AnyWidget):
    """Custom messages in their order, and a command's answer."""

    _esm = (
        TOLD
        + """
    export default { async render({ model, experimental }) {
      const say = record("messages");
      const [answer, buffers] = await experimental.invoke("twice", 21, { buffers: [new Uint8Array([1, 2])] });
      say("twice", answer, ...buffers.map(bytes));
      model.on("msg:custom", (content, with_it) => {
        say(JSON.stringify(content), with_it.length);
        if (content.n === 3) say("done");
      });
      for (const n of [1, 2, 3]) model.send({ n });
    } };
    """
    )

    def __init__(self):
        super().__init__()
        self.on_msg(lambda _, it, __: "n" in it and self.send({"n": it["n"], "text": "\u00e9"}))

    @command
    def twice(self, message, buffers):
        return 2 * message, buffers


class Late(anywidget.AnyWidget):
    """One that is made after the page has opened, changed, and closed."""

    _esm = "export default { render() {} };"
    value = traitlets.Int(5).tag(sync=True)


class Maker(anywidget.AnyWidget):
    """Makes it when its page asks."""

    _esm = (
        TOLD
        + """
    export default { render({ model }) {
      const say = record("late");
      model.on("msg:custom", async ({ id }) => {
        const late = await model.widget_manager.get_model(id);
        say(late.get("value"), late.get("_anywidget_id").split(".").at(-1));
        late.on("change:value", () => { say("changed", late.get("value")); model.send("close"); });
        late.on("comm:close", () => say("closed"));
        late.on("destroy", () => { say("destroyed"); say("done"); });
        model.send("change");
      });
      model.send("make");
    } };
    """
    )

    def __init__(self):
        super().__init__()
        self.on_msg(lambda _, asked, __: getattr(self, f"_{asked}")())

    def _make(self):
        self.late = Late()
        self.send({"id": self.late.model_id})

    def _change(self):
        self.late.value = 6

    def _close(self):
        self.late.close()


class Views(anywidget.AnyWidget):
    """Two views of one model, of which one goes before the other."""

    _esm = (
        TOLD
        + """
    export default async () => {
      const say = record("views");
      let views = 0;
      return {
        initialize({ model }) {
          say("initialize", model.get("count"));
          model.on("change:count", () => say("model hears", model.get("count")));
          return () => { say("ended"); say("done"); };
        },
        render({ model, el }) {
          const mine = ++views;
          say("view", mine, el.tagName, el.childNodes.length);
          model.on("change:count", () => {
            say("view", mine, "hears", model.get("count"));
            if (model.get("count") === 2) model.send("close");
          });
          if (mine === 2) { model.set("count", 1); model.save_changes(); }
          return () => say("view", mine, "gone");
        },
      };
    };
    """
    )
    count = traitlets.Int(0).tag(sync=True)

    def __init__(self):
        super().__init__()
        self.box = ipywidgets.HBox([self, self])
        self.on_msg(lambda *_: self.close())

    @traitlets.observe("count")
    def _leave_one(self, change):
        if change.new == 1:
            self.box.children = [self]
            self.count = 2


ipywidgets.VBox([Traits(), Binary(), Messages(), Maker(), Views().box])
