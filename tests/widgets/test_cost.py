"""One answer costs little: three calls of the store, and no more told than what changed."""

import json
from functools import partial
from uuid import uuid4

import pytest

from playbook.editing.apply import apply_change
from playbook.framework import load_framework
from playbook.model.storage import Operation, Set
from playbook.store import open_store
from widgets.app import worksheet_app
from widgets.session import Host, Session

FRAMEWORK = load_framework()
METRICS = 190
MOST_BYTES = 4000


class Counted:
    """A store that notes which of its methods are called."""

    def __init__(self, store):
        self.store, self.calls = store, []

    def __getattr__(self, name):
        method = getattr(self.store, name)

        def noted(*given, **named):
            self.calls.append(name)
            return method(*given, **named)

        return noted


class App:
    """A metric tree's app without a page: what goes over the wire, and to the store."""

    def __init__(self, store, worksheet, monkeypatch):
        self.store, self.heard = Counted(store), []
        host = Host(self.store, "local", "here", partial(apply_change, self.store, FRAMEWORK))
        self.app = worksheet_app("metric_tree")
        monkeypatch.setattr(self.app.form, "send", self.heard.append)
        self.session = Session(self.app.form.sheet, FRAMEWORK, host, "laptop")
        self.session.open(worksheet)
        self.app.form.bind(self.session)
        self.say(type="hello")

    def say(self, **message):
        self.heard.clear()
        self.store.calls.clear()
        self.app.form._receive(self.app.form, message, [])
        return self.heard[-1]

    def answer(self, field, value):
        state = self.session.snapshot.fields.get(field)
        rev = state.rev if state else 0
        change = {"kind": "set", "field": field, "value": value, "base_rev": rev}
        return self.say(type="op", op={"op_id": str(uuid4()), **change})


@pytest.fixture
def store(tmp_path):
    return open_store(tmp_path / "playbook.sqlite")


def large_tree(store):
    """So many metrics below one, with a name and a number each."""
    info = store.create("metric_tree", "Large")
    fields = {}
    for place in range(METRICS):
        row = f"nodes/n{place}"
        fields |= {row: float(place), f"{row}/name": f"Metric {place}", f"{row}/now": str(place)}
        fields |= {f"{row}/parent": "n0"} if place else {f"{row}/how": "sum"}
    sets = tuple(Set(field, value, None) for field, value in fields.items())
    version = FRAMEWORK.sheets["metric_tree"].version
    store.commit(info.id, Operation("op-large", "laptop", "set", version, sets))
    return info.id


def test_an_answer_asks_the_store_three_times(store, monkeypatch):
    """Between beats, too, and whatever other sheets carry into this one."""
    reason = store.create("catalyst", "Reason").id
    sets = Set("candidates/r1", 1.0, None), Set("candidates/r1/what", "Rivals", None)
    store.commit(reason, Operation("op-reason", "laptop", "set", 1, sets))
    app = App(store, large_tree(store), monkeypatch)
    assert [one.value for one in app.session.carried if one.value]
    for value in range(5):
        assert app.answer(f"nodes/n{value}/now", str(100 + value))["status"] == "saved"
        assert app.store.calls == ["load", "commit", "steps"]
        app.say(type="beat")
        assert app.store.calls == ["worksheets", "seq"]


def test_an_answer_in_a_large_tree_is_acknowledged_in_few_bytes(store, monkeypatch):
    app = App(store, large_tree(store), monkeypatch)
    whole = len(json.dumps(app.heard[-1]))
    for field, value in (("nodes/n7/now", "12"), ("nodes/n8/name", "Calls")):
        ack = app.answer(field, value)
        assert ack["patch"]["entries"]["fields"][field]["value"] == value
        assert len(json.dumps(ack)) < MOST_BYTES < whole / 10


def test_who_writes_elsewhere_is_heard_of_with_the_next_answer(store, monkeypatch):
    worksheet = large_tree(store)
    app = App(store, worksheet, monkeypatch)
    late = Set("nodes/n9/now", "99", 1)
    store.commit(worksheet, Operation("op-else", "phone", "set", 1, (late,)))
    ack = app.answer("nodes/n7/now", "12")
    assert {*ack["patch"]["entries"]["fields"]} == {"nodes/n7/now", "nodes/n9/now"}
    assert app.session.snapshot == store.load(worksheet)
