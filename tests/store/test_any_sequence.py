"""Any sequence of changes equals a simple account of what should happen, kept a second way.

The account knows no revisions of events and no origins: it keeps a field's value with a mark that
is new for every writing and comes back when an undo brings the value back.
"""

import json
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import count

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from playbook.model import InputError
from playbook.store import Operation, Set, SqliteStore, UndoError
from playbook.store.sqlite.database import Database
from tests.depth import examples
from tests.postgres import server

DEVICES = st.sampled_from(["laptop", "phone"])
FIELDS = ["breaks", "hopes", "steps/r1", "steps/r1/name", "steps/r2", "steps/r2/name"]
ROWS = ["steps/r1", "steps/r2"]
NOTHING = object()


@dataclass
class Step:
    """What a device did: the field's entry before and its mark after, by field."""

    device: str
    changes: dict
    erased: set = field(default_factory=set)
    undone: bool = False

    @property
    def stands(self):
        """Whether it did something that is neither undone nor erased."""
        return not self.undone and self.changes.keys() > self.erased


@dataclass
class Undo:
    """A step that was taken back, while it can be done again."""

    step: Step
    erased: set = field(default_factory=set)
    redone: bool = False


@dataclass
class Account:
    """A worksheet as a person would keep it on paper."""

    entries: dict = field(default_factory=dict)  # field -> (value, mark)
    revs: dict = field(default_factory=dict)
    waiting: list = field(default_factory=list)  # (field, value)
    steps: list = field(default_factory=list)
    undos: dict = field(default_factory=dict)  # device -> what it undid since it did something
    touched: set = field(default_factory=set)  # fields with anything to erase

    def entry(self, name):
        return self.entries.get(name, (None, NOTHING))

    def write(self, name, entry):
        self.entries[name] = entry
        self.revs[name] = self.revs.get(name, 0) + 1
        self.touched.add(name)

    def change(self, device, wanted):
        """wanted: field -> (value, whether it was seen as it is)."""
        self.undos[device] = []
        step = Step(device, {})
        for name, (value, up_to_date) in wanted.items():
            before = self.entry(name)
            if value == before[0]:
                continue
            if up_to_date:
                mark = object()
                step.changes[name] = (before, (value, mark))
                self.write(name, (value, mark))
            else:
                self.waiting.append((name, value))
                self.touched.add(name)
        self.steps.append(step)

    def undo(self, device):
        """Whether there was something to undo and it could be."""
        mine = [step for step in self.steps if step.device == device and step.stands]
        if not mine:
            return False
        step = mine[-1]
        if any(self.entry(name)[1] is not after[1] for name, (_, after) in step.changes.items()):
            return False
        step.undone = True
        self.undos.setdefault(device, []).append(Undo(step))
        for name, (before, _) in step.changes.items():
            self.write(name, before)
        return True

    def redo(self, device):
        """Whether there was something to do again and it could be."""
        mine = [undo for undo in self.undos.get(device, []) if not undo.redone]
        mine = [undo for undo in mine if undo.step.changes.keys() > undo.erased]
        if not mine:
            return False
        step = mine[-1].step
        if any(self.entry(name)[1] is not before[1] for name, (before, _) in step.changes.items()):
            return False
        mine[-1].redone, step.undone, step.erased = True, False, set()
        for name, (_, after) in step.changes.items():
            self.write(name, after)
        return True

    def decide(self, index, take, device):
        self.undos[device] = []
        name, value = self.waiting.pop(index)
        if take:
            self.change(device, {name: (value, True)})

    def erase(self, name, device="laptop"):
        if self.touched & erased_with(name):
            self.undos[device] = []
        for gone in sorted(self.touched & erased_with(name)):
            self.write(gone, (None, object()))
            self.touched.discard(gone)
            self.waiting = [(f, value) for f, value in self.waiting if f != gone]
            for step in self.steps:
                step.erased |= step.changes.keys() & {gone}
            for undo in [undo for undos in self.undos.values() for undo in undos]:
                undo.erased |= undo.step.changes.keys() & {gone}


def erased_with(name):
    """The field, and for a row its fields."""
    return {f for f in FIELDS if f == name or (name in ROWS and f.startswith(name + "/"))}


class AnySequence(RuleBasedStateMachine):
    """The store beside the account."""

    @initialize()
    def begin(self):
        self.keep(self.fresh())
        self.worksheet = self.store.create("catalyst", "Catalyst").id
        self.account = Account()
        self.numbers = count()
        self.spent = {}
        self.erased_texts = set()

    def fresh(self):
        return Database(None)

    def keep(self, database):
        self.database, self.store = database, SqliteStore(database)

    def teardown(self):
        if hasattr(self, "database"):
            self.database.close()

    def op_id(self):
        return f"op-{next(self.numbers)}"

    def text(self, name):
        """An answer that occurs nowhere else, so that it can be searched for."""
        return f"<{name} {next(self.numbers)}>"

    @rule(
        device=DEVICES,
        wanted=st.dictionaries(
            st.sampled_from(FIELDS),
            st.tuples(
                st.sampled_from(["new", "same", "none", "yes"]),
                st.sampled_from(["seen", "whatever", "late"]),
            ),
            max_size=3,
        ),
        version=st.integers(1, 2),
    )
    def change(self, device, wanted, version):
        sets, told = [], {}
        for name, (what, seen) in wanted.items():
            value = {
                "new": self.text(name),
                "same": self.account.entry(name)[0],
                "none": None,
                "yes": "yes",
            }[what]
            rev = self.account.revs.get(name, 0)
            base = {"seen": rev, "whatever": None, "late": rev - 1 if rev else 5}[seen]
            sets.append(Set(name, value, base))
            told[name] = (value, seen != "late")
        operation = Operation(self.op_id(), device, "set", version, tuple(sets))
        waiting_before = len(self.account.waiting)
        self.account.change(device, told)
        outcome = self.store.commit(self.worksheet, operation)
        conflict = len(self.account.waiting) > waiting_before
        assert outcome.status == ("conflict" if conflict else "saved")
        assert {name: state.value for name, state in outcome.fields.items()} == {
            name: self.account.entry(name)[0] for name in wanted
        }
        self.spent[operation.op_id] = operation

    @precondition(lambda self: self.spent)
    @rule(data=st.data())
    def repeat(self, data):
        operation = self.spent[data.draw(st.sampled_from(sorted(self.spent)))]
        before = self.store.export()
        assert self.store.commit(self.worksheet, operation).status == "repeated"
        assert self.store.export() == before

    @rule(device=DEVICES)
    def undo(self, device):
        before = self.store.export()
        if self.account.undo(device):
            self.store.undo(self.worksheet, device, self.op_id())
        else:
            with pytest.raises(UndoError):
                self.store.undo(self.worksheet, device, self.op_id())
            assert self.store.export() == before

    @rule(device=DEVICES)
    def redo(self, device):
        before = self.store.export()
        if self.account.redo(device):
            self.store.redo(self.worksheet, device, self.op_id())
        else:
            with pytest.raises(UndoError):
                self.store.redo(self.worksheet, device, self.op_id())
            assert self.store.export() == before

    @precondition(lambda self: self.account.waiting)
    @rule(device=DEVICES, take=st.booleans(), data=st.data())
    def decide(self, device, take, data):
        index = data.draw(st.integers(0, len(self.account.waiting) - 1))
        conflict = self.store.load(self.worksheet).conflicts[index]
        self.account.decide(index, take, device)
        self.store.resolve(self.worksheet, conflict.id, take, self.op_id(), device)
        with pytest.raises(InputError):
            self.store.resolve(self.worksheet, conflict.id, take, self.op_id(), device)

    @rule(name=st.sampled_from(FIELDS))
    def erase(self, name):
        self.account.erase(name)
        self.store.erase_field(self.worksheet, name, "laptop")
        self.erased_texts |= {
            f"<{gone} {number}>"
            for gone in erased_with(name)
            for number in range(next(self.numbers))
        }

    @rule()
    def move_to_another_computer(self):
        text = json.dumps(self.store.export(), allow_nan=False)
        database = self.fresh()
        elsewhere = SqliteStore(database)
        elsewhere.import_(json.loads(text))
        assert json.dumps(elsewhere.export(), allow_nan=False) == text
        assert elsewhere.load(self.worksheet) == self.store.load(self.worksheet)
        assert elsewhere.history(self.worksheet) == self.store.history(self.worksheet)
        self.database.close()
        self.keep(database)

    @invariant()
    def what_stands_is_as_accounted(self):
        snapshot = self.store.load(self.worksheet)
        stands = {name: (state.value, state.rev) for name, state in snapshot.fields.items()}
        assert stands == {
            name: (self.account.entry(name)[0], rev) for name, rev in self.account.revs.items()
        }
        waiting = [(conflict.field, conflict.value) for conflict in snapshot.conflicts]
        assert waiting == self.account.waiting

    @invariant()
    def what_is_remembered_is_what_is_stored(self):
        assert SqliteStore(self.database).load(self.worksheet) == self.store.load(self.worksheet)

    @rule()
    def duplicate(self):
        info = self.store.duplicate(self.worksheet, "A copy")
        copied = {name: state.value for name, state in self.store.load(info.id).fields.items()}
        answers = {name: value for name, (value, _) in self.account.entries.items()}
        rows = {name for name in ROWS if answers.get(name) is not None}
        assert copied == {
            name: value
            for name, value in answers.items()
            if value is not None and (name.count("/") < 2 or name.removesuffix("/name") in rows)
        }
        self.store.erase_worksheet(info.id)

    @invariant()
    def nothing_erased_is_left(self):
        if self.erased_texts:
            left = json.dumps(self.store.export()) + repr(self.store.history(self.worksheet))
            assert not [text for text in self.erased_texts if text in left]


AnySequence.TestCase.settings = settings(
    max_examples=examples(40), stateful_step_count=15, print_blob=True
)
TestAnySequence = AnySequence.TestCase


class AnySequenceOnPostgres(AnySequence):
    """The same in a database."""

    def __init__(self):
        super().__init__()
        self.lent = ExitStack()

    def fresh(self):
        return self.lent.enter_context(server().lent())

    def teardown(self):
        super().teardown()
        self.lent.close()


AnySequenceOnPostgres.TestCase.settings = settings(
    max_examples=examples(10), stateful_step_count=15, print_blob=True
)
TestAnySequenceOnPostgres = pytest.mark.soak(AnySequenceOnPostgres.TestCase)
