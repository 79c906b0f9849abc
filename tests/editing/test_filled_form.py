"""A sheet that comes as a plain form: whole, once, and without touching what nobody touched."""

from __future__ import annotations

import html
import re
from datetime import date
from uuid import uuid4

import pytest

from playbook.editing.apply import apply_change
from playbook.editing.filled_form import FilledForm, keep_form, mark_of
from playbook.framework import load_framework
from playbook.model import InputError
from playbook.report.plain_form import PlainForm, form_html, lost
from playbook.store import GoneError, open_store
from playbook.worksheet.fields import worksheet_of
from playbook.worksheet.parse import read_worksheet
from tests.plain_forms import Form

FRAMEWORK = load_framework()
DAY = date(2026, 11, 29)
DEVICE = "somebody"


class Desk:
    """One worksheet in a store, filled in by forms."""

    def __init__(self, sheet: str) -> None:
        self.sheet = FRAMEWORK.sheets[sheet]
        self.store = open_store(None)
        self.id = self.store.create(sheet, "Mine").id

    def form(self, **more) -> Form:
        rows = {table.id: str(uuid4()) for table in self.sheet.tables}
        snapshot = self.store.load(self.id)
        shown = PlainForm(self.sheet, FRAMEWORK, snapshot, str(uuid4()), rows, "Nobody", **more)
        return Form(form_html(shown, ""))

    def send(self, form: Form, **more: list[str]):
        filled = FilledForm.of(form.sent | more)
        return keep_form(self.store, FRAMEWORK, self.sheet, filled, DEVICE, DAY)

    def set(self, field: str, value: object) -> None:
        """As another window does."""
        state = self.store.load(self.id).fields.get(field)
        change = {"kind": "set", "op_id": str(uuid4()), "field": field, "value": value}
        change |= {"base_rev": state.rev if state else 0}
        apply_change(self.store, FRAMEWORK, self.id, "another", change)

    @property
    def worksheet(self):
        return worksheet_of(self.sheet, self.store.load(self.id).fields, FRAMEWORK.words)

    @property
    def events(self):
        return self.store.history(self.id)


@pytest.fixture
def catalyst() -> Desk:
    desk = Desk("catalyst")
    form = desk.form()
    row = form.new_row("candidates")
    form.fill(f"candidates/{row}/what", "Rivals undercut us")
    form.fill(f"candidates/{row}/breaks", "yes")
    form.fill("first_step", "Ask Ann")
    assert set(desk.send(form).kept) == {
        f"candidates/{row}/what",
        f"candidates/{row}/breaks",
        "first_step",
    }
    return desk


def row_of(desk: Desk) -> str:
    return f"candidates/{desk.worksheet.rows('candidates')[0].id}"


@pytest.mark.parametrize("sheet", FRAMEWORK.sheets)
def test_every_sheet_can_be_filled_in_by_forms_alone(sheet):
    """Its example arrives whole: every kind, row after row, follow-ups as they open."""
    desk = Desk(sheet)
    example = read_worksheet(desk.sheet, FRAMEWORK.examples[sheet].answers, FRAMEWORK.words)
    seals = {table.id: table.seal for table in desk.sheet.tables if table.seal}
    ours: dict[str, str] = {}  # a row of the example -> ours
    wanted: dict[str, dict[str, object]] = {"": dict(example.answers)}
    for table, rows in example.tables.items():
        after = desk.sheet.table(table).after_seal
        for row in rows:
            left_out = {seals.get(table), *(after if table in seals else ())}
            wanted[f"{table}/{row.id}"] = {
                q: v for q, v in row.answers.items() if q not in left_out
            }

    names_rows = {
        question.id: question.table
        for one in desk.sheet.sections
        for question in one.questions
        if question.table
    }

    def value(question: str, given: object) -> list[str]:
        texts = list(given) if isinstance(given, tuple) else [given]
        return [ours.get(f"{names_rows.get(question)}/{text}", text) for text in texts]

    for _ in range(60):
        form = desk.form()
        for table in example.tables:
            new = next(
                (one for one in wanted if one.startswith(f"{table}/") and one not in ours), ""
            )
            if new:
                ours[new] = form.new_row(table)
        for place, answers in wanted.items():
            start = f"{place.split('/')[0]}/{ours[place]}/" if place in ours else ""
            for question, given in answers.items():
                name = start + question
                if (start or not place) and name in form.kinds:
                    texts = value(question, given)
                    offered = form.offered[name]
                    if not offered or set(texts) <= set(offered):  # else of a row that comes next
                        form.fill(name, *texts)
        kept = desk.send(form)
        assert not kept.refused
        if not kept.kept:
            break
    told = desk.worksheet
    arrived = {"": dict(told.answers)}
    mine = {our: theirs.split("/")[1] for theirs, our in ours.items()}
    for table, rows in told.tables.items():
        arrived |= {f"{table}/{mine[row.id]}": dict(row.answers) for row in rows}
    for place, answers in arrived.items():
        for question, given in answers.items():
            if question in names_rows:
                arrived[place][question] = mine[given]
    hidden = unasked(desk.sheet, example)
    assert arrived == {
        place: {q: v for q, v in answers.items() if (place, q) not in hidden}
        for place, answers in wanted.items()
    }


def unasked(sheet, example) -> set[tuple[str, str]]:
    """What an example answers that the sheet doesn't ask after its other answers."""
    from playbook.worksheet.visibility import asked_questions

    found = {("", q) for q in example.answers} - {
        ("", one.id) for one in asked_questions(sheet, example)
    }
    for table, rows in example.tables.items():
        for row in rows:
            asked = {one.id for one in asked_questions(sheet, example, table, row)}
            found |= {(f"{table}/{row.id}", q) for q in row.answers if q not in asked}
    return found


def test_a_form_is_one_operation_and_comes_once(catalyst):
    events = catalyst.events
    assert {event.kind for event in events} == {"fill"}
    assert len({event.op_id for event in events}) == 1
    form = catalyst.form()
    form.fill("first_step", "Ask Ben")
    first, again = catalyst.send(form), catalyst.send(form)
    assert first.kept == again.kept == ("first_step",)
    assert len(catalyst.events) == len(events) + 1


def test_the_same_form_sent_again_with_more_in_it_makes_no_second_row():
    desk = Desk("catalyst")
    form = desk.form()
    row = form.new_row("candidates")
    form.fill(f"candidates/{row}/what", "Rivals")
    desk.send(form)
    form.fill(f"candidates/{row}/breaks", "no")
    desk.send(form)
    (only,) = desk.worksheet.rows("candidates")
    assert dict(only.answers) == {"what": "Rivals", "breaks": "no"}


def test_what_nobody_touched_changes_nothing_whatever_others_wrote_meanwhile(catalyst):
    form = catalyst.form()
    assert catalyst.send(form).kept == ()
    catalyst.set("first_step", "Ask Cleo")
    kept = catalyst.send(form)
    assert (kept.kept, kept.aside, dict(kept.refused)) == ((), (), {})
    assert catalyst.worksheet.answers["first_step"] == "Ask Cleo"


def test_what_rests_on_an_older_answer_is_kept_aside_and_settled_by_a_form(catalyst):
    form = catalyst.form()
    form.fill("first_step", "Ask Ben")
    catalyst.set("first_step", "Ask Cleo")
    kept = catalyst.send(form)
    assert (kept.kept, kept.aside) == ((), ("first_step",))
    assert catalyst.worksheet.answers["first_step"] == "Ask Cleo"
    now = catalyst.form()
    keep, take = now.settles
    assert (keep.split()[1], take.split()[1]) == ("keep", "take")
    catalyst.send(now, _settle=[take])
    assert catalyst.worksheet.answers["first_step"] == "Ask Ben"
    assert not catalyst.store.load(catalyst.id).conflicts
    catalyst.send(now, _settle=[take])  # once more, as an impatient finger does
    assert catalyst.worksheet.answers["first_step"] == "Ask Ben"


def test_what_can_not_be_taken_is_refused_at_its_field_and_the_rest_is_kept(catalyst):
    form = catalyst.form()
    row = row_of(catalyst)
    form.fill("first_step_date", "in spring")
    form.fill("first_step", "x" * 301)
    form.fill(f"{row}/urgent", "no")
    kept = catalyst.send(form)
    assert kept.kept == (f"{row}/urgent",)
    assert kept.refused.keys() == {"first_step", "first_step_date"}
    assert "31 March 2027" in kept.refused["first_step_date"]
    assert catalyst.worksheet.answers["first_step"] == "Ask Ann"
    typed = {name: form.sent[name] for name in kept.refused}
    again = catalyst.form(typed=typed, refused=kept.refused)
    assert again.sent["first_step"] == ["x" * 301]
    assert again.sent["first_step_date"] == ["in spring"]
    assert again.errors.keys() == kept.refused.keys()


def test_a_date_stands_in_its_field_as_people_write_it_and_is_no_change_so(catalyst):
    form = catalyst.form()
    form.fill("first_step_date", "2027-03-31")
    assert catalyst.send(form).kept == ("first_step_date",)
    form = catalyst.form()
    assert form.sent["first_step_date"] == ["31 March 2027"]
    assert catalyst.send(form).kept == ()


def test_answers_are_taken_back_by_a_form(catalyst):
    row = row_of(catalyst)
    form = catalyst.form()
    form.fill(f"{row}/shared_by", "leaders", "managers")
    catalyst.send(form)
    form = catalyst.form()
    form.fill(f"{row}/shared_by")
    form.fill(f"{row}/breaks", "")
    form.fill("first_step", "")
    assert len(catalyst.send(form).kept) == 3
    (left,) = catalyst.worksheet.rows("candidates")
    assert dict(left.answers) == {"what": "Rivals undercut us"}
    assert not catalyst.worksheet.answers


def test_a_row_that_was_removed_meanwhile_does_not_come_back_and_what_was_typed_is_told(catalyst):
    row = row_of(catalyst)
    form = catalyst.form()
    form.fill(f"{row}/what", "Rivals again")
    table, gone = row.split("/")
    change = {"kind": "remove_row", "op_id": str(uuid4()), "table": table, "row": gone}
    apply_change(catalyst.store, FRAMEWORK, catalyst.id, "another", change)
    kept = catalyst.send(form)
    assert kept.refused.keys() == {f"{row}/what"}
    assert catalyst.worksheet.rows("candidates") == ()
    shown = PlainForm(
        *(catalyst.sheet, FRAMEWORK, kept.snapshot, str(uuid4()), {}, ""),
        typed={f"{row}/what": ["Rivals again"]},
        refused=kept.refused,
    )
    (sentence,) = lost(shown)
    assert "Rivals again" in sentence
    assert catalyst.sheet.question("what", "candidates").text in sentence


def test_a_table_takes_no_more_rows_than_fit():
    desk = Desk("catalyst")
    limit = desk.sheet.table("candidates").max_rows
    for number in range(limit):
        form = desk.form()
        form.fill(f"candidates/{form.new_row('candidates')}/what", f"Reason {number}")
        desk.send(form)
    late = form.sent | {"_rows": [f'{{"candidates":"{uuid4()}"}}']}
    full = desk.form()
    assert "candidates" not in full.row_ops
    row = "r" + late["_rows"][0].split('"')[3].replace("-", "")[:12]
    kept = keep_form(
        desk.store,
        FRAMEWORK,
        desk.sheet,
        FilledForm.of(late | {f"candidates/{row}/what": ["One more"]}),
        DEVICE,
        DAY,
    )
    assert f"candidates/{row}/what" in kept.refused
    assert len(desk.worksheet.rows("candidates")) == limit


def test_what_is_sealed_is_told_and_can_not_be_changed_by_a_form():
    desk = Desk("metric_tree")
    form = desk.form()
    start = f"predictions/{form.new_row('predictions')}"
    form.fill(f"{start}/expects", "Fewer calls")
    desk.send(form)
    row = start.split("/")[1]
    change = {"kind": "seal", "op_id": str(uuid4()), "table": "predictions", "row": row}
    before = desk.form()
    apply_change(desk.store, FRAMEWORK, desk.id, "another", change)
    before.fill(f"{start}/expects", "More calls")
    assert desk.send(before).refused.keys() == {f"{start}/expects"}
    assert not [name for name in desk.form().fields if name.startswith(f"{start}/")]


def test_a_worksheet_of_another_sheet_or_of_nobody_is_not_there(catalyst):
    form = catalyst.form()
    for worksheet in (catalyst.store.create("champion", "Other").id, str(uuid4())):
        with pytest.raises(GoneError):
            catalyst.send(form, _worksheet=[worksheet])


@pytest.mark.parametrize(
    "more",
    [
        {"_op": ["1"]},
        {"_seen": ["[1]"]},
        {"_seen": ['{"a": 1}']},
        {"_seen": ["[" * 100_000]},
        {"_seen": ['{"a": [Infinity, "x"]}']},
        {"_rows": ['{"candidates": "../x"}']},
        {"_rows": ["nonsense"]},
        {"_version": ["new"]},
        {"_settle": ["x take"]},
        {"_op": []},
    ],
)
def test_what_no_form_of_ours_sends_is_refused_as_a_whole(catalyst, more):
    sent = {name: values for name, values in (catalyst.form().sent | more).items() if values}
    with pytest.raises(InputError):
        FilledForm.of(sent)


def test_a_field_that_the_sheet_does_not_ask_is_refused_and_told(catalyst):
    kept = catalyst.send(catalyst.form(), nowhere=["x"], _example=["yes"], **{"a/b/c/d": ["x"]})
    assert kept.refused.keys() == {"nowhere", "a/b/c/d"}
    assert not catalyst.store.load(catalyst.id).fields.get("_example")


def test_marks_tell_values_apart():
    values = [None, "a", "b", ("a",), ("a", "b"), ("b", "a"), "1", "['a']"]
    assert len({mark_of(value) for value in values}) == len(values)
    assert mark_of(("a", "b")) == mark_of(["a", "b"])


@pytest.mark.row("GAP-18")
def test_where_no_script_can_keep_names_the_browser_itself_lets_only_codes_through() -> None:
    desk = Desk("workgroups")
    for table, answers in (("people", {"code": "H01"}), ("rules", {"kind": "apart"})):
        change = {"kind": "add_row", "op_id": str(uuid4()), "table": table, "answers": answers}
        apply_change(desk.store, FRAMEWORK, desk.id, "another", change)
    rows = {table.id: str(uuid4()) for table in desk.sheet.tables}
    snapshot = desk.store.load(desk.id)
    page = form_html(PlainForm(desk.sheet, FRAMEWORK, snapshot, str(uuid4()), rows, "Nobody"), "")
    asked = re.findall(r'<[^>]* name="[^"]*/(code|who)"[^>]*pattern="([^"]*)"', page)
    assert [name for name, _ in asked] == ["code", "code", "who"]
    assert len(re.findall(r' name="[^"]*/(?:code|who)"', page)) == 3
    pattern = html.unescape(asked[0][1])
    for code in ("", "H01", "4711", "EMP-12", "a", "H05, H22", "P1;P2"):
        assert re.fullmatch(pattern, code), code
    for name in ("Ann", "Ann Lee", "NA", "H01, Ann", "Henry1"):
        assert not re.fullmatch(pattern, name), name


@pytest.mark.row("MET-04")
def test_rows_that_a_question_leaves_out_are_not_offered_but_where_one_was_chosen() -> None:
    """The financial result is nobody's lower end; who chose a metric that became it, sees it."""
    desk = Desk("metric_tree")
    for name, level in (("Money", "financial"), ("Renewals", "operating"), ("Calls", "frontline")):
        told = {"name": name, "level": level}
        change = {"kind": "add_row", "op_id": str(uuid4()), "table": "nodes", "answers": told}
        apply_change(desk.store, FRAMEWORK, desk.id, "another", change)
    money, renewals, calls = (row.id for row in desk.worksheet.rows("nodes"))
    desk.set("tested", "yes")

    def offered() -> list[str]:
        return [one for one in desk.form().offered["weakest"] if one]

    assert offered() == [renewals, calls]
    desk.set("weakest", calls)
    desk.set(f"nodes/{calls}/level", "financial")
    assert offered() == [renewals, calls]
    assert money not in offered()
