"""What the page and the kernel tell each other: a page is played by calling the message handler."""

import json
from uuid import uuid4

import pytest

from playbook.framework import load_framework
from playbook.model import Migration, StoreError
from playbook.model.storage import Operation
from playbook.model.storage import Set as FieldSet
from tests.widgets.form_page import LOCAL, Page
from widgets.session import Session

FRAMEWORK = load_framework()
PRESSURE = FRAMEWORK.sheets["catalyst"].question("what", "candidates").text


@pytest.fixture
def page(monkeypatch):
    return Page(monkeypatch)


def test_nothing_is_read_or_written_before_the_first_hello(page, playbook_home):
    assert page.op("add_row", table="candidates") == {"type": "hello?"}
    assert not playbook_home.exists()


def test_hello_opens_a_worksheet_and_says_who_can_see_it(page):
    state = page.hello()
    assert state["mode"] == "local"
    assert state["privacy"] == FRAMEWORK.words.text("host.local")
    assert state["saved_at"] is None


@pytest.mark.parametrize("sheet", ["recognise_gate", "act_gate"])
def test_a_gates_questions_come_before_what_all_sheets_say(monkeypatch, sheet):
    page = Page(monkeypatch, sheet)
    page.hello(worksheet="example")
    first, whole = page.heard[0]["state"], page.state
    assert (first["carried"], first["fields"]) == (None, whole["fields"])
    assert len(page.heard) == 2
    assert len(whole["carried"]) > 3
    assert {**whole, "turn": 0} == {**page.hello(worksheet="example"), "turn": 0}


def test_a_hello_that_failed_works_when_it_is_said_again(page, monkeypatch):
    def busy(*_):
        raise StoreError("The file is busy.")

    with monkeypatch.context() as trouble:
        trouble.setattr(Session, "open", busy)
        refused = page.say({"type": "hello", "device": "device-one", "page": LOCAL})
    assert (refused["ok"], refused["text"]) == (False, "The file is busy.")
    assert page.op("add_row", table="candidates") == {"type": "hello?"}
    assert page.hello()["mode"] == "local"


def test_a_page_reached_by_another_name_keeps_nothing_and_says_so(page, playbook_home):
    state = page.hello({"host": "classroom.example", "app": "voila"})
    assert state["mode"] == "memory"
    assert state["notices"]
    page.add(what="A")
    assert not playbook_home.exists()


def test_the_server_knows_better_than_a_page_that_claims_to_be_local(page, monkeypatch):
    monkeypatch.setenv("SERVER_SOFTWARE", "voila/0.5.13")
    monkeypatch.setenv("SERVER_NAME", "192.168.1.20")
    assert page.hello({"host": "localhost", "app": "lab"})["mode"] == "memory"


def test_a_data_folder_that_cannot_be_written_is_told_and_work_goes_on(page, monkeypatch, tmp_path):
    blocked = tmp_path / "a-file"
    blocked.write_text("no folder")
    monkeypatch.setenv("PLAYBOOK_HOME", str(blocked))
    state = page.hello()
    assert state["mode"] == "memory"
    assert "a-file" in state["notices"][0]
    assert page.add(what="A")[1]["fields"]


def test_an_answer_is_acknowledged_with_its_revision_and_the_verdict(page):
    page.hello()
    row, state = page.add(what="A", breaks="no")
    assert state["fields"][f"candidates/{row}/breaks"] == {"value": "no", "rev": 1}
    assert state["verdicts"][row]["level"] == "fail"
    assert state["saved_at"]


def test_a_bad_answer_is_refused_at_its_field_and_the_old_one_stays(page):
    page.hello()
    row, _ = page.add(urgent="yes")
    field = f"candidates/{row}/urgent"
    ack = page.op("set", field=field, value="maybe", base_rev=1)
    assert (ack["status"], ack["field"]) == ("refused", field)
    assert "maybe" in ack["text"]
    assert ack["state"]["fields"][field] == {"value": "yes", "rev": 1}


def test_undo_is_offered_for_what_changed_something_and_works(page):
    page.hello()
    row, _ = page.add(what="A")
    field = f"candidates/{row}/what"
    page.op("set", field=field, value="B", base_rev=1)
    late = page.op("set", field=field, value="C", base_rev=1)
    assert late["status"] == "conflict"
    assert late["state"]["can_undo"].startswith("Answered")
    undone = page.op("undo")["state"]
    assert undone["fields"][field]["value"] == "A"


def test_after_undoing_what_set_many_fields_at_once_undo_offers_what_was_before(page):
    page.hello()
    page.op("set", field="first_step", value="Ask the branches", base_rev=0)
    first = page.hello()["can_undo"]
    assert page.op("example")["state"]["can_undo"] != first
    late = page.op("undo")["state"]
    assert (late["can_undo"], bool(late["can_redo"])) == (first, True)


def test_the_history_tells_the_last_operations_whole_and_that_there_are_older_ones(
    page, monkeypatch
):
    monkeypatch.setattr("widgets.form.state.HISTORY", 2)
    page.hello()
    page.op("set", field="first_step", value="Ask the branches", base_rev=0)
    assert page.ask("history")["more"] is False
    for rival in ("A", "B"):
        page.op("paste_rows", table="candidates", text=f"{PRESSURE}\n{rival} 1\n{rival} 2")
    told = page.ask("history")
    assert [one["what"] for one in told["events"]] == ["4 entries at once"] * 2
    assert told["more"] is True


def test_undo_is_not_offered_to_a_page_whose_only_change_came_too_late(page, monkeypatch):
    page.hello()
    row, _ = page.add(what="A")
    field = f"candidates/{row}/what"
    page.op("set", field=field, value="B", base_rev=1)
    other = Page(monkeypatch)
    other.hello(device="device-two", worksheet=page.form.session.id)
    late = other.op("set", field=field, value="C", base_rev=1)
    assert (late["status"], late["state"]["can_undo"]) == ("conflict", None)
    assert other.op("undo")["status"] == "refused"


def test_a_kind_of_change_that_an_imported_history_made_up_is_shown_as_a_change(page):
    page.hello()
    session = page.form.session
    sets = (FieldSet("first_step", "A", 0),)
    operation = Operation(str(uuid4()), session.device, "sung", 1, sets)
    session.store.commit(session.id, operation)
    assert page.hello()["can_undo"].startswith("Changed")
    assert page.ask("history")["events"][0]["kind"] == "Changed"


@pytest.mark.parametrize(
    "message",
    [
        None,
        3,
        [],
        {},
        {"type": 3},
        {"type": "op"},
        {"type": "op", "op": 3},
        {"type": "op", "op": {}},
        {"type": "op", "op": {"kind": "set", "op_id": 5}},
        {"type": "op", "op": {"kind": "undo", "op_id": "not a uuid" * 100}},
        {"type": "op", "op": {"kind": "resolve", "conflict": "1"}},
        {"type": "op", "op": {"kind": "set", "op_id": str(uuid4()), "field": "../x", "value": {}}},
        {"type": "ask"},
        {"type": "ask", "what": "secrets"},
        {"type": "ask", "what": "open", "worksheet": "nobody"},
        {"type": "ask", "what": "import", "text": "[" * 99_999},
        {"type": "ask", "what": "import", "text": "{}"},
        {"type": "ask", "what": "erase_field", "field": "_example"},
        {"type": "ask", "what": "rename", "name": "x" * 81},
        {"type": "hello", "page": 3, "device": {}, "worksheet": []},
    ],
)
def test_a_strange_message_changes_nothing_and_sends_no_traceback(page, message):
    before = page.hello()["fields"]
    page.say(message)
    assert "Traceback" not in json.dumps(page.heard)
    assert page.hello()["fields"] == before


def test_a_beat_tells_what_another_tab_wrote(page, monkeypatch):
    state = page.hello()
    other = Page(monkeypatch)
    other.hello(worksheet=state["worksheet"]["id"])
    other.add(what="From the other tab")
    page.say({"type": "beat", "seq": state["seq"]})
    assert [message["type"] for message in page.heard] == ["state", "beat"]
    assert "From the other tab" in json.dumps(page.heard[0])


def test_what_a_page_puts_together_is_what_a_page_that_comes_later_is_told(page, monkeypatch):
    """Whatever is done, the changes told one by one end in the state as it is."""
    worksheet = page.hello()["worksheet"]["id"]
    row, _ = page.add(what="A", breaks="yes")
    other = Page(monkeypatch)
    other.hello(device="device-two", worksheet=worksheet)
    field = f"candidates/{row}/what"
    steps = [
        lambda: page.op("set", field=field, value="B", base_rev=1),
        lambda: other.op("set", field=field, value="C", base_rev=1),  # too late
        lambda: page.op("set", field=field, value=None, base_rev=2),
        lambda: page.op("duplicate_row", table="candidates", row=row),
        lambda: page.op("set", field="chosen", value=row, base_rev=0),
        lambda: page.op("undo"),
        lambda: page.op("redo"),
        lambda: page.op("resolve", conflict=page.state["conflicts"][0]["id"], take=True),
        lambda: page.op("set", field=field, value=7, base_rev=0),  # refused
        lambda: page.op("remove_row", table="candidates", row=row),
        lambda: page.op("paste_rows", table="work_items", text="Counting cash\nFiling"),
        lambda: page.op("example"),
        lambda: page.ask("rename", name="Another name"),
    ]
    for step in steps:
        step()
        page.say({"type": "beat"})
        put_together = page.state
        later = Page(monkeypatch)
        told = later.hello(worksheet=worksheet)
        assert {**put_together, "turn": 1} == told


def test_everything_leaves_as_one_file_and_comes_back_exactly(page):
    page.hello()
    page.add(what="A", breaks="yes")
    first = page.ask("export")["file"]
    assert first["name"].endswith(".json")
    page.ask("erase_everything")
    assert page.ask("import", text=first["text"])["ok"]
    again = json.loads(page.ask("export")["file"]["text"])["worksheets"]
    (before,) = json.loads(first["text"])["worksheets"]
    # An erased id is never used again: a tab that still shows it must not write into the new one.
    assert [w | {"id": 0} for w in again if w["operations"]] == [before | {"id": 0}]


def test_the_history_reads_like_sentences_and_forgets_what_was_erased(page):
    page.hello()
    row, _ = page.add(what="Marker", breaks="dont_know")
    lines = page.ask("history")["events"]
    assert any("Don’t know" in line["value"] for line in lines)
    page.ask("erase_field", field=f"candidates/{row}/what")
    assert "Marker" not in json.dumps(page.ask("history"))
    assert "Marker" not in json.dumps(page.ask("export"))


def test_loading_the_example_is_one_line_of_the_history(page):
    page.hello()
    page.op("example")
    (line,) = page.ask("history")["events"]
    assert line["kind"] == FRAMEWORK.words.text("event.example")
    assert any(character.isdigit() for character in line["what"])


def test_a_finished_story_goes_on_as_itself(page):
    champion = FRAMEWORK.sheets["champion"].notebook
    assert page.hello()["onward"] == champion
    page.op("example")
    assert page.state["onward"] == f"{champion}?worksheet=example"
    page.op("example", story="fenwick_valley")
    assert page.state["onward"] == f"{champion}?worksheet=fenwick_valley"


def test_a_renamed_question_shows_the_answer_it_had_under_its_old_name(page):
    page.hello()
    row, _ = page.add(loss="Half the branches")
    renamed = Migration(version=2, question="loss", text="Loss", to="fear")
    sheet = page.form.sheet.model_copy(update={"migrations": (renamed,)})
    page.form.session.sheet = sheet
    fields = page.hello()["fields"]
    assert fields[f"candidates/{row}/fear"] == {"value": "Half the branches", "rev": 0}


def test_the_sheet_is_saved_as_one_html_page_without_any_address_to_fetch(page):
    page.hello()
    page.add(what="<script>alert(1)</script>")
    file = page.ask("html")["file"]
    assert file["mime"] == "text/html"
    assert "<script>" not in file["text"]
    assert "src=" not in file["text"]


def test_worksheets_are_named_copied_and_switched(page):
    first = page.hello()["worksheet"]["id"]
    page.add(what="A")
    page.ask("rename", name="North branches")
    copy = page.ask("duplicate")["state"]
    assert copy["worksheet"]["id"] != first
    assert "North branches" in copy["worksheet"]["name"]
    assert len(copy["rows"]["candidates"]) == 1
    assert page.ask("new", name="Empty")["state"]["rows"]["candidates"] == []
    assert page.ask("open", worksheet=first)["state"]["worksheet"]["name"] == "North branches"


def test_no_answer_is_in_the_widgets_synced_state(page):
    page.hello()
    page.add(what="A secret of mine")
    assert "A secret of mine" not in json.dumps(page.form.get_state(), default=str)


# --------------------------------------------------------------------------- always answered


def out_of_order(*_, **__):
    raise StoreError("The file is busy.")


def breaks_down(*_, **__):
    raise RuntimeError("a mistake of ours")


READS = ("worksheets", "load", "seq", "steps", "history")


def test_a_change_waits_in_words_also_when_nothing_can_be_read(page, monkeypatch):
    """What can't be saved just now is no word on the change: the page keeps it, sends it again."""
    page.hello()
    row, _ = page.add(what="Rivals")
    store = type(page.form.session.store)
    with monkeypatch.context() as trouble:
        for name in (*READS, "committed"):
            trouble.setattr(store, name, out_of_order)
        said = page.op("set", field=f"candidates/{row}/what", value="Others", base_rev=1)
    assert (said["type"], said["status"]) == ("ack", "later")
    assert said["text"] == "The file is busy."
    assert "state" not in said
    beat = page.say({"type": "beat"})
    assert [it["type"] for it in page.heard] == ["state", "beat"], "the state was owed"
    assert beat["type"] == "beat"


@pytest.mark.parametrize("trouble_is", [out_of_order, breaks_down])
def test_what_was_saved_is_called_saved_whatever_fails_afterwards(
    page, monkeypatch, trouble_is, logged_tracebacks
):
    page.hello()
    row, _ = page.add(what="Rivals")
    store = type(page.form.session.store)
    with monkeypatch.context() as trouble:
        trouble.setattr(store, "steps", trouble_is)
        said = page.op("set", field=f"candidates/{row}/what", value="Others", base_rev=1)
    assert (said["type"], said["status"]) == ("ack", "saved")
    page.say({"type": "beat"})
    logged_tracebacks.clear()
    fields = page.heard[0]["state"]["fields"]
    assert fields[f"candidates/{row}/what"]["value"] == "Others"


def test_a_card_that_fails_takes_nothing_back(page, logged_tracebacks):
    page.hello()
    row, _ = page.add(what="Rivals")
    page.form.session.on_change(breaks_down)
    said = page.op("set", field=f"candidates/{row}/what", value="Others", base_rev=1)
    logged_tracebacks.clear()
    assert said["status"] == "saved"
    assert page.form.session.worksheet.rows("candidates")[0].answers["what"] == "Others"


@pytest.mark.parametrize("op", [None, [], "set", 3])
def test_a_change_that_is_none_is_refused(page, op):
    page.hello()
    said = page.say({"type": "op", "op": op})
    assert (said["type"], said["status"]) == ("ack", "refused")


def test_a_change_of_another_worksheet_that_is_gone_is_refused_and_this_one_stays(page):
    here = page.hello()["worksheet"]["id"]
    op = {"op_id": str(uuid4()), "kind": "add_row", "table": "candidates"}
    said = page.say({"type": "op", "op": op, "worksheet": str(uuid4())})
    assert (said["type"], said["status"], said["op_id"]) == ("ack", "refused", op["op_id"])
    assert "not here any more" in said["text"]
    assert said["state"]["worksheet"]["id"] == here
