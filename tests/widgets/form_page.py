"""A page that is played: what it says to a form's kernel, and what it hears."""

import json
from uuid import uuid4

from benchmarks.client import patched
from playbook.framework import load_framework
from widgets.form import SheetForm

FRAMEWORK = load_framework()
LOCAL = {"host": "localhost", "app": "voila"}


class Page:
    """A page's side of one form: keeps what the kernel sends, and the state that comes of it."""

    def __init__(self, monkeypatch, sheet="catalyst"):
        self.heard, self.state = [], {}
        self.form = SheetForm(FRAMEWORK.sheets[sheet], FRAMEWORK)
        monkeypatch.setattr(self.form, "send", lambda message, _=None: self.heard.append(message))

    def say(self, message):
        self.heard.clear()
        self.form._receive(self.form, message, [])
        json.dumps(self.heard, allow_nan=False)
        for told in self.heard:
            self.state = told.get("state", self.state)
            if "patch" in told:
                self.state = told["state"] = patched(self.state, told["patch"])
        return self.heard[-1] if self.heard else None

    def hello(self, page=LOCAL, **more):
        return self.say({"type": "hello", "device": "device-one", "page": page, **more})["state"]

    def op(self, kind, **values):
        op = {"op_id": str(uuid4()), "kind": kind, **values}
        return self.say({"type": "op", "op": op})

    def ask(self, what, **values):
        return self.say({"type": "ask", "id": 7, "what": what, **values})

    def add(self, **answers):
        state = self.op("add_row", table="candidates")["state"]
        row = state["rows"]["candidates"][-1]
        for question, value in answers.items():
            field = f"candidates/{row}/{question}"
            state = self.op("set", field=field, value=value, base_rev=0)["state"]
        return row, state
