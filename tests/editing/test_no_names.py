"""Where codes of people are asked for, no name is taken: not by hand, not by a file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from playbook.editing.apply import apply_change
from playbook.editing.filled_form import FilledForm, keep_form
from playbook.editing.incoming import look_into
from playbook.editing.record import bring_in
from playbook.framework import load_framework
from playbook.model import InputError
from playbook.model.storage import Operation, Set
from playbook.store import open_store
from playbook.worksheet.fields import worksheet_of
from playbook.worksheet.parse import read_worksheet

FRAMEWORK = load_framework()
SHEET = FRAMEWORK.sheets["workgroups"]
REFUSED = FRAMEWORK.words.text("error.codes")
CODE, WHO = "people/one/code", "rules/first/who"
NAMES = ("Ann Lee", "Ann", "NA", "H01, Ann Lee", "Henry1", "Ölcan")
CODES = ("H01", "4711", "EMP-12", "a", "É7", "H05, H22", "P1;P2")

pytestmark = pytest.mark.row("GAP-18")


class Desk:
    """A worksheet of groups with one person and one rule."""

    def __init__(self) -> None:
        self.store = open_store(None)
        self.id = self.store.create(SHEET.id, "Groups").id
        rows = (Set("people/one", 1.0, None), Set("rules/first", 1.0, None))
        self.write((*rows, Set(CODE, "H01", None), Set("rules/first/kind", "apart", None)))

    def write(self, sets: tuple[Set, ...]) -> None:
        """As a file of a stranger may have it: past all that is checked."""
        op = Operation(str(uuid4()), "stranger", "set", SHEET.version, sets)
        self.store.commit(self.id, op)

    def change(self, kind: str, **given: Any) -> None:
        change = {"kind": kind, "op_id": str(uuid4()), "version": SHEET.version, **given}
        apply_change(self.store, FRAMEWORK, self.id, "me", change)

    @property
    def answers(self) -> Mapping[str, Any]:
        return {name: it.value for name, it in self.store.load(self.id).fields.items()}


CHANGES = {
    "set": lambda name: {"field": CODE, "value": name, "base_rev": 1},
    "fill": lambda name: {"answers": {CODE: {"value": name, "base_rev": 1}}},
    "fill a new row": lambda name: {
        "rows": {"people": "new"},
        "answers": {"people/new/code": {"value": name, "base_rev": 0}},
    },
    "fill what is older": lambda name: {"answers": {CODE: {"value": name, "base_rev": 0}}},
    "set what is older": lambda name: {"field": CODE, "value": name, "base_rev": 0},
    "add_row": lambda name: {"table": "people", "answers": {"code": name}},
    "answer_rows": lambda name: {"table": "people", "rows": {"one": {"code": name}}},
    "paste_rows": lambda name: {"table": "people", "text": name},
    "replace": lambda name: {"fields": {"people/one": 1.0, CODE: name}},
}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", CHANGES)
def test_no_way_of_changing_answers_takes_a_name(kind: str, name: str) -> None:
    desk = Desk()
    before = desk.answers
    with pytest.raises(InputError) as refused:
        desk.change(kind.split(maxsplit=1)[0], **CHANGES[kind](name))
    assert str(refused.value).endswith(REFUSED)
    assert refused.value.field
    assert desk.answers == before
    assert not desk.store.load(desk.id).conflicts  # nor does it wait for a choice
    assert name not in {event.value for event in desk.store.history(desk.id)}


def test_a_file_with_codes_comes_in() -> None:
    desk, elsewhere = Desk(), open_store(None)
    bring_in(elsewhere, FRAMEWORK, desk.store.export(), lambda *_: pytest.fail("nothing counts"))
    assert [info.name for info in elsewhere.worksheets()] == ["Groups"]


@pytest.mark.parametrize("codes", CODES)
def test_codes_are_taken(codes: str) -> None:
    desk = Desk()
    desk.change("set", field=WHO, value=codes, base_rev=0)
    assert desk.answers[WHO] == codes


def test_a_form_made_by_hand_says_so_at_the_field_and_keeps_the_rest() -> None:
    desk = Desk()
    given = {CODE: ["Ann Lee"], "problem": ["Repairs take too long"]}
    form = FilledForm(str(uuid4()), desk.id, SHEET.version, {CODE: (1, "")}, {}, given)
    kept = keep_form(desk.store, FRAMEWORK, SHEET, form, "me", date(2027, 1, 4))
    assert kept.refused == {CODE: REFUSED}
    assert kept.kept == ("problem",)
    assert desk.answers[CODE] == "H01"


def test_an_answer_file_is_refused_with_its_line() -> None:
    with pytest.raises(InputError, match=r"people row 2, code: ") as refused:
        read_worksheet(SHEET, {"people": [{"code": "H01"}, {"code": "Ann Lee"}]}, FRAMEWORK.words)
    assert str(refused.value).endswith(REFUSED)


def _import(desk: Desk) -> str:
    """What is said of the desk's worksheet when somebody takes it in, and that nothing comes."""
    file = json.loads(json.dumps(desk.store.export()))
    elsewhere = open_store(None)
    told = set()
    for take_in in (
        lambda: look_into(file, FRAMEWORK),
        lambda: bring_in(elsewhere, FRAMEWORK, file, lambda *_: pytest.fail("nothing comes")),
    ):
        with pytest.raises(InputError) as refused:
            take_in()
        told.add(str(refused.value))
    assert not elsewhere.worksheets()
    (said,) = told
    return said


def test_a_file_with_a_name_is_not_taken_in_and_its_line_is_said() -> None:
    desk = Desk()
    desk.write((Set("people/two", 2.0, None), Set("people/two/code", "Ann Lee", None)))
    assert _import(desk) == f"“Groups”, {SHEET.table('people').title}, line 2, Code: {REFUSED}"


def test_nor_is_one_whose_history_has_a_name() -> None:
    desk = Desk()
    desk.write((Set("people/two", 2.0, None), Set("people/two/code", "Ann Lee", None)))
    desk.write((Set("people/two", None, None), Set("people/two/code", None, None)))
    assert _import(desk).startswith(f"“Groups”, {SHEET.table('people').title}, Code, ")


def test_what_a_stranger_wrote_past_it_is_not_read() -> None:
    desk = Desk()
    desk.write((Set(CODE, "Ann Lee", None),))
    desk.change("set", field="problem", value="Repairs", base_rev=0)
    told = worksheet_of(SHEET, desk.store.load(desk.id).fields, FRAMEWORK.words)
    assert told.rows("people")[0].answers == {}
