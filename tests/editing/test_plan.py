"""Rows move, copy and arrive from spreadsheets; conditions hide; the plan is pure."""

from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.editing.plan import Planner
from playbook.model import InputError, Migration, Row, Worksheet
from playbook.model.storage import FieldState
from playbook.worksheet.fields import row_order, worksheet_of
from playbook.worksheet.visibility import asked_questions, visible_answers


class Desk:
    """Fields in a dict, changed the way a store would."""

    def __init__(self, sheet, framework):
        self.sheet, self.framework, self.fields = sheet, framework, {}

    def do(self, kind, **change):
        op_id = str(uuid4())
        plan = Planner(self.sheet, self.framework, self.fields).plan(
            {"kind": kind, "op_id": op_id, **change}
        )
        for item in plan:
            value = float(item.value) if isinstance(item.value, int) else item.value
            rev = self.fields[item.field].rev + 1 if item.field in self.fields else 1
            self.fields[item.field] = FieldState(value, rev)
        return "r" + op_id.replace("-", "")[:12]

    def set(self, field, value):
        rev = self.fields[field].rev if field in self.fields else 0
        self.do("set", field=field, value=value, base_rev=rev)

    @property
    def worksheet(self):
        return worksheet_of(self.sheet, self.fields, self.framework.words)

    def names(self):
        return [row.answers.get("name") for row in self.worksheet.rows("options")]


@pytest.fixture
def desk(small_sheet, framework):
    return Desk(small_sheet, framework)


def three(desk):
    rows = [desk.do("add_row", table="options") for _ in range(3)]
    for row, name in zip(rows, "ABC", strict=True):
        desk.set(f"options/{row}/name", name)
    return rows


def test_rows_are_added_at_the_end_and_keep_their_answers_when_moved(desk):
    first, _, last = three(desk)
    desk.do("move_row", table="options", row=last, by=-2)
    assert desk.names() == ["C", "A", "B"]
    desk.do("move_row", table="options", row=first, by=9)
    assert desk.names() == ["C", "B", "A"]


def test_a_copy_stands_below_its_original(desk):
    first, *_ = three(desk)
    desk.do("duplicate_row", table="options", row=first)
    assert desk.names() == ["A", "A", "B", "C"]


def test_a_removed_row_is_gone_and_its_answers_wait_for_undo(desk):
    _, second, _ = three(desk)
    desk.do("remove_row", table="options", row=second)
    assert desk.names() == ["A", "C"]
    assert desk.fields[f"options/{second}/name"].value == "B"


def test_a_row_that_is_removed_is_picked_no_longer_and_is_again_when_it_comes_back(desk):
    b = three(desk)[1]
    desk.set("pick", b)
    before = dict(desk.fields)
    desk.do("remove_row", table="options", row=b)
    assert "pick" not in desk.worksheet.answers
    desk.fields = before
    assert desk.worksheet.answers["pick"] == b


def test_rows_go_together_those_that_are_still_there(desk):
    first, second, last = three(desk)
    desk.do("remove_row", table="options", row=second)
    desk.do("remove_row", table="options", row=first, **{"with": [second, last]})
    assert desk.names() == []


def test_rows_of_another_table_go_along_as_the_same_change(desk):
    first, *_ = three(desk)
    desk.do("add_row", table="steps")
    (step,) = row_order(desk.fields, "steps")
    desk.do("remove_row", table="options", row=first, **{"with": [f"steps/{step}", "steps/gone"]})
    assert desk.names() == ["B", "C"]
    assert row_order(desk.fields, "steps") == []


def test_a_row_is_answered_as_it_moves(desk):
    first, *_ = three(desk)
    desk.do("move_row", table="options", row=first, by=1, answers={"name": "D"})
    assert desk.names() == ["B", "D", "C"]
    desk.do("move_row", table="options", row=first, by=0, answers={"name": None})
    assert desk.names() == ["B", None, "C"]


@given(moves=st.lists(st.tuples(st.integers(0, 3), st.integers(-4, 4)), max_size=60))
def test_any_moves_give_the_order_of_a_plain_list(small_sheet, framework, moves):
    desk = Desk(small_sheet, framework)
    rows = [desk.do("add_row", table="options") for _ in range(4)]
    expected = list(rows)
    for which, by in moves:
        row = rows[which]
        place = expected.index(row)
        expected.remove(row)
        expected.insert(max(0, min(place + by, len(expected))), row)
        desk.do("move_row", table="options", row=row, by=by)
    assert row_order(desk.fields, "options") == expected


def test_a_hundred_moves_between_the_same_two_rows_still_order(desk):
    first, second, third = three(desk)
    for _ in range(50):
        desk.do("move_row", table="options", row=third, by=-1)
        desk.do("move_row", table="options", row=second, by=-1)
    assert row_order(desk.fields, "options")[0] == first
    assert len(row_order(desk.fields, "options")) == 3


def test_rows_pasted_from_a_spreadsheet_take_labels_and_several_choices(desk):
    desk.do("paste_rows", table="steps", text='Call\tRed; green\t2027-01-31\n"Meet\nthem"\t\t\n')
    rows = [dict(row.answers) for row in desk.worksheet.rows("steps")]
    assert rows == [
        {"step": "Call", "likes": ("red", "green"), "when": "2027-01-31"},
        {"step": "Meet them"},
    ]


def test_a_line_of_headings_says_which_column_is_which(desk):
    desk.do("paste_rows", table="steps", text="When?\tUnknown\tStep\n2027-01-31\tx\tCall\n")
    assert [dict(row.answers) for row in desk.worksheet.rows("steps")] == [
        {"when": "2027-01-31", "step": "Call"}
    ]


@pytest.fixture
def risks(framework):
    """Two places on the entry point's sheet; risks are pasted with the place they threaten."""
    desk = Desk(framework.sheets["entry_point"], framework)
    label = desk.sheet.table("candidates").label
    desk.places = {}
    for place in ("Branch Eins", "headoffice"):
        row = desk.places[place] = desk.do("add_row", table="candidates")
        desk.set(f"candidates/{row}/{label}", place)
    return desk


def test_a_pasted_cell_names_another_row_as_people_call_it(risks):
    text = "Risk\tIn which place?\nStrike\tbranch eins\nFire\theadoffice\nNone\t\n"
    risks.do("paste_rows", table="risks", text=text)
    told = [dict(row.answers) for row in risks.worksheet.rows("risks")]
    assert told == [
        {"risk": "Strike", "threatens": risks.places["Branch Eins"]},
        {"risk": "Fire", "threatens": risks.places["headoffice"]},
        {"risk": "None"},
    ]


def test_a_whole_tree_is_pasted_at_once_each_metric_naming_the_one_it_moves(framework):
    """In any order, an older metric among them, and by the names that people gave."""
    desk = Desk(framework.sheets["metric_tree"], framework)
    profit = desk.do("add_row", table="nodes")
    desk.set(f"nodes/{profit}/name", "Profit")
    asked = {question.id: question for question in desk.sheet.questions("nodes")}
    heads = "\t".join([asked["name"].text, asked["parent"].text])
    text = f"{heads}\nCalls\tclients kept\nClients kept\tProfit\nVisits\tClients kept\n"
    desk.do("paste_rows", table="nodes", text=text)
    rows = desk.worksheet.rows("nodes")
    names = {row.id: row.answers["name"] for row in rows}
    told = {row.answers["name"]: names.get(row.answers.get("parent")) for row in rows}
    assert told == {
        "Profit": None,
        "Calls": "Clients kept",
        "Clients kept": "Profit",
        "Visits": "Clients kept",
    }


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ('"Best" bank\nCall\n', ['"Best" bank', "Call"]),
        ('"Best bank\nCall\n', ['"Best bank', "Call"]),
        ('Say "hello"\nCall\n', ['Say "hello"', "Call"]),
        ('"Say ""hello"""\nCall\n', ['Say "hello"', "Call"]),
        ('"Two\nlines"\nCall\n', ["Two lines", "Call"]),
    ],
)
def test_quotes_in_pasted_cells_are_text_unless_they_enclose_the_cell(desk, text, steps):
    desk.do("paste_rows", table="steps", text=text)
    assert [row.answers["step"] for row in desk.worksheet.rows("steps")] == steps


@pytest.mark.parametrize("place", ["Branch Zwei", "nowhere"])
def test_a_pasted_cell_that_names_no_row_is_refused_by_row_and_column(risks, place):
    before = dict(risks.fields)
    with pytest.raises(InputError, match=f"^Row 1, .*: Choose one of your rows; not {place}.$"):
        risks.do("paste_rows", table="risks", text=f"Strike\t{place}")
    assert risks.fields == before


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Call\tBlue\t", "Row 1, Likes"),
        ("Call\t\t\nMeet\t\tsoon", r"Row 2, When\?"),
        ("a\tred\t2027-01-31\tmore", "4 cells"),
        ("   ", "nothing to paste"),
        ("x" * 200_000, "does not read as rows"),
        ("a\nb\nc\nd", "4 rows and 3 fit"),
    ],
)
def test_a_bad_paste_names_row_and_column_and_adds_nothing(desk, text, said):
    with pytest.raises(InputError, match=said):
        desk.do("paste_rows", table="steps", text=text)
    assert desk.fields == {}


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "fly"},
        {"kind": ["set"]},
        {"kind": "set", "field": "remarks", "value": "x", "base_rev": -1},
        {"kind": "set", "field": "remarks", "value": "x", "base_rev": True},
        {"kind": "set", "field": "remarks", "value": "x"},
        {"kind": "set", "field": "nobody", "value": "x", "base_rev": 0},
        {"kind": "set", "field": "options/none/name", "value": "x", "base_rev": 0},
        {"kind": "set", "field": "options/a/b/c", "value": "x", "base_rev": 0},
        {"kind": "set", "field": "options/name", "value": "x", "base_rev": 0},
        {"kind": "set", "field": "pick", "value": "none", "base_rev": 0},
        {"kind": "add_row", "table": "nothing"},
        {"kind": "move_row", "table": "options", "row": "none", "by": 1},
        {"kind": "remove_row", "table": "options"},
        {"kind": "example"},
    ],
)
def test_a_change_that_makes_no_sense_is_refused(desk, change):
    with pytest.raises(InputError):
        Planner(desk.sheet, desk.framework, desk.fields).plan({"op_id": str(uuid4()), **change})


def test_a_question_hanging_on_a_hidden_one_is_hidden_and_does_not_count(small_sheet):
    row = Row("a", {"ready": "no", "colour": "red", "shade": "dark"})
    worksheet = Worksheet("small", {}, {"options": (row,)})
    asked = [q.id for q in asked_questions(small_sheet, worksheet, "options", row)]
    assert asked == ["name", "ready"]
    assert visible_answers(small_sheet, worksheet, "options", row) == {"ready": "no"}


@pytest.mark.parametrize("then", ["remarks", "thoughts"])
def test_a_question_that_was_renamed_twice_finds_its_oldest_answer(small_sheet, framework, then):
    """Whether the first change names the id it had then, or the one it has today."""
    migrations = (
        Migration(version=2, question="note", text="Note", to=then),
        Migration(version=3, question="thoughts", text="Thoughts", to="remarks"),
    )
    renamed = small_sheet.model_copy(update={"migrations": migrations})
    assert renamed.renamed == {"thoughts": "remarks", "note": "remarks"}
    oldest, later = {"note": FieldState("old", 1)}, {"thoughts": FieldState("later", 2)}
    for fields, said in ((oldest, "old"), (oldest | later, "later")):
        assert worksheet_of(renamed, fields, framework.words).answers == {"remarks": said}


def test_a_renamed_question_finds_its_old_answer_and_a_gone_choice_is_left_out(
    small_sheet, framework
):
    renamed = small_sheet.model_copy(
        update={"migrations": (Migration(version=2, question="note", text="Note", to="remarks"),)}
    )
    fields = {"note": FieldState("old", 1), "pick": FieldState(["odd"], 1)}
    assert worksheet_of(renamed, fields, framework.words).answers == {"remarks": "old"}


@pytest.mark.row("WS-062")
@pytest.mark.parametrize(
    ("typed", "number", "unit"),
    [("36%", "36", "%"), ("36 %", "36", "%"), ("£1,200", "1200", "£"), ("1200 EUR", "1200", "EUR"),
     ("14 days", "14", "days"), ("20 per cent", "20", "%"), ("36", "36", None)],
)  # fmt: skip
def test_a_unit_typed_behind_a_figure_is_kept_until_there_is_one(framework, typed, number, unit):
    desk = Desk(framework.sheets["metric_tree"], framework)
    row = desk.do("add_row", table="nodes", answers={"name": "Renewals"})
    desk.set(f"nodes/{row}/now", typed)
    (said,) = [one.answers for one in desk.worksheet.rows("nodes")]
    assert (said["now"], said.get("unit")) == (number, unit)
    desk.set(f"nodes/{row}/unit", "customers")
    desk.set(f"nodes/{row}/target", "50 customers")
    with pytest.raises(InputError, match="This is counted in customers; not 60%"):
        desk.set(f"nodes/{row}/target", "60%")
    (said,) = [one.answers for one in desk.worksheet.rows("nodes")]
    assert (said["target"], said["unit"]) == ("50", "customers")


def test_a_row_made_by_its_first_figure_has_its_unit(framework):
    desk = Desk(framework.sheets["metric_tree"], framework)
    desk.do("add_row", table="nodes", answers={"now": "36%"})
    desk.do("add_row", table="nodes", answers={"now": "36%", "unit": "customers"})
    assert [one.answers["unit"] for one in desk.worksheet.rows("nodes")] == ["%", "customers"]


@pytest.mark.row("WS-057", "WS-060")
def test_a_measure_from_the_library_brings_its_unit_direction_and_formula(framework):
    """What somebody wrote stays; what an earlier choice filled goes with it."""
    desk = Desk(framework.sheets["scorecard"], framework)
    row = f"measures/{desk.do('add_row', table='measures', answers={'category': 'operational'})}"

    def said(*questions):
        (one,) = desk.worksheet.rows("measures")
        return tuple(one.answers.get(question) for question in questions)

    desk.set(f"{row}/operational_like", "cycle_time")
    assert said("unit", "better") == ("days", "lower")
    assert said("formula")[0].startswith("day of delivery")
    desk.set(f"{row}/operational_like", "throughput")
    assert said("unit", "better") == ("cases a week", "higher")
    desk.set(f"{row}/category", "financial")
    desk.set(f"{row}/financial_like", "cash")  # in whatever currency
    assert said("unit", "formula") == (None, "money in − money out")
    desk.set(f"{row}/unit", "EUR")
    desk.set(f"{row}/financial_like", "roi")
    assert said("unit", "formula") == ("EUR", "(gain − cost) / cost")
    desk.set(f"{row}/financial_like", "own")
    assert said("unit", "formula") == ("EUR", "(gain − cost) / cost")


@pytest.mark.row("WS-057")
def test_a_form_sent_as_a_whole_keeps_what_it_says_beside_the_library(framework):
    desk = Desk(framework.sheets["scorecard"], framework)
    row = f"measures/{desk.do('add_row', table='measures', answers={'category': 'operational'})}"
    given = {"operational_like": "cycle_time", "unit": "hours"}
    answers = {f"{row}/{it}": {"value": value, "base_rev": 0} for it, value in given.items()}
    desk.do("fill", answers=answers)
    (one,) = desk.worksheet.rows("measures")
    assert (one.answers["unit"], one.answers["better"]) == ("hours", "lower")
