"""The worksheet that counts, on a sheet; and what becomes of an import: asked, never by itself."""

import json
from base64 import b64encode
from dataclasses import replace
from io import BytesIO
from uuid import uuid4

import pytest
from pypdf import PdfWriter

from playbook.framework import load_framework
from playbook.model.storage import Operation, Set
from playbook.report.brief import build_brief
from playbook.report.brief.pdf_file import brief_pdf
from widgets.form import SheetForm

FRAMEWORK = load_framework()
LOCAL = {"host": "localhost", "app": "voila"}
FIELD = "first_step"


class Page:
    """A page of the catalyst sheet; loading it again is another one."""

    def __init__(self, worksheet=None):
        self.heard = []
        self.form = SheetForm(FRAMEWORK.sheets["catalyst"], FRAMEWORK)
        self.form.send = lambda message, _=None: self.heard.append(json.loads(json.dumps(message)))
        self.say({"type": "hello", "device": "laptop", "page": LOCAL, "worksheet": worksheet})

    def say(self, message):
        self.form._receive(self.form, message, [])
        return self.heard[-1]

    @property
    def state(self):
        """The worksheet as a page that is loaded now is told."""
        return self.say({"type": "hello", "device": "laptop", "page": LOCAL})["state"]

    def op(self, kind, **values):
        return self.say({"type": "op", "op": {"op_id": str(uuid4()), "kind": kind, **values}})

    def answer(self, value):
        rev = self.state["fields"].get(FIELD, {"rev": 0})["rev"]
        assert self.op("set", field=FIELD, value=value, base_rev=rev)["status"] == "saved"

    def ask(self, what, **values):
        return self.say({"type": "ask", "id": 1, "what": what, **values})

    @property
    def answers(self):
        """The first step on every worksheet, by name."""
        store = self.form.session.store
        found = (store.load(info.id) for info in store.worksheets("catalyst"))
        return {one.info.name: one.fields[FIELD].value for one in found if FIELD in one.fields}


@pytest.fixture
def page(playbook_home):
    assert not playbook_home.exists()
    return Page()


@pytest.fixture
def brought(page):
    """The file of a colleague, who answered otherwise on a worksheet of the same name."""
    page.answer("Theirs")
    file = page.ask("export")["file"]["text"]
    page.ask("erase_everything")
    return file


# -- on the sheet


def test_a_single_worksheet_needs_no_word_about_what_counts(page):
    page.answer("Mine")
    assert page.state["counts"] is None


def test_a_sheet_says_which_one_counts_and_lets_another(page):
    page.answer("Mine")
    first = page.state["worksheet"]["id"]
    page.ask("duplicate", name="Copy")
    state = page.state
    assert state["worksheet"]["name"] == "Copy"
    assert state["counts"] == {"id": first, "name": "Catalyst"}
    assert page.op("count")["status"] == "saved"
    assert page.state["counts"]["id"] == state["worksheet"]["id"]
    assert Page().state["worksheet"]["name"] == "Copy"  # what counts opens, not what changed last


def test_what_counts_opens_also_when_another_changed_since(page):
    page.answer("Mine")
    page.ask("duplicate", name="Copy")
    page.answer("Changed in the copy")
    assert Page().state["worksheet"]["name"] == "Catalyst"


def test_another_tab_that_chooses_is_heard_with_the_next_beat(page):
    page.answer("Mine")
    first = page.state["worksheet"]["id"]
    page.ask("duplicate", name="Copy")
    copy = page.state["worksheet"]["id"]
    Page(first).say({"type": "beat", "seq": 0})
    other = Page(first)
    assert other.state["counts"]["id"] == first
    page.op("count")
    other.say({"type": "beat", "seq": 0})
    assert other.state["counts"]["id"] == copy


def test_an_example_is_not_let_count(page):
    page.answer("Mine")
    page.ask("new", name="Example")
    page.op("example")
    refused = page.op("count")
    assert (refused["status"], "example" in refused["text"]) == ("refused", True)
    assert page.state["counts"]["name"] == "Catalyst"


def test_who_answered_on_another_sheet_is_not_new_here(page):
    assert page.state["new_here"]
    champion = SheetForm(FRAMEWORK.sheets["champion"], FRAMEWORK)
    told = []
    champion.send = lambda message, _=None: told.append(message)
    hello = {"type": "hello", "device": "laptop", "page": LOCAL}
    champion._receive(champion, hello, [])
    assert told[-1]["state"]["new_here"]
    page.answer("Mine")
    assert not page.state["new_here"]
    again = SheetForm(FRAMEWORK.sheets["champion"], FRAMEWORK)
    again.send = told.append
    again._receive(again, hello, [])
    assert not told[-1]["state"]["new_here"]


# -- export


def test_an_example_that_was_looked_at_is_not_exported(page):
    page.answer("Mine")
    page.ask("new", name="Example")
    page.op("example")
    data = json.loads(page.ask("export")["file"]["text"])
    assert [one["name"] for one in data["worksheets"]] == ["Catalyst"]


def test_where_there_are_only_examples_nothing_is_exported_and_that_is_said(page):
    page.op("example")
    told = page.ask("export")
    assert (told["ok"], told["text"]) == (False, FRAMEWORK.words.text("error.nothing_own"))


def names(page):
    return {info.name for info in page.form.session.store.worksheets("catalyst")}


def test_ones_own_worksheet_has_the_sheets_name_after_an_example(page):
    """Whether the example was opened first, or filled into the blank worksheet."""
    page.op("example")
    page.ask("new")
    assert names(page) == {"Catalyst", FRAMEWORK.words.text("form.example_name")}
    assert page.state["worksheet"]["name"] == "Catalyst"
    page.ask("new")
    assert names(page) == {"Catalyst", "Catalyst 2", FRAMEWORK.words.text("form.example_name")}


def test_so_it_has_where_a_link_opened_the_example(playbook_home):
    assert not playbook_home.exists()
    page = Page(worksheet="example")
    page.ask("new")
    assert names(page) == {"Catalyst", FRAMEWORK.story("example")["catalyst"].name}


# -- import


def test_it_is_said_what_differs_before_anything_is_taken_in(page, brought):
    page.answer("Mine")
    before = page.form.session.store.export()
    (one,) = page.ask("look_into", text=brought)["worksheets"]
    assert (one["name"], one["here"]) == ("Catalyst", "Catalyst")
    assert [line["values"] for line in one["lines"]] == [["Mine", "Theirs"]]
    assert page.form.session.store.export() == before


def test_it_is_kept_beside_and_does_not_count(page, brought):
    page.answer("Mine")
    told = page.ask("import", text=brought, ways=["keep"])
    assert told["notice"] == "Added: Catalyst, copy."
    assert page.answers == {"Catalyst": "Mine", "Catalyst, copy": "Theirs"}
    assert page.state["counts"]["name"] == "Catalyst"


def test_it_replaces_the_answers_and_undo_brings_them_back(page, brought):
    page.answer("Mine")
    told = page.ask("import", text=brought, ways=["replace"])
    assert told["notice"] == "Replaced: Catalyst."
    assert page.answers == {"Catalyst": "Theirs"}
    page.op("undo")
    assert page.answers == {"Catalyst": "Mine"}


def test_it_is_left_out(page, brought):
    page.answer("Mine")
    told = page.ask("import", text=brought, ways=["skip"])
    assert told["notice"] == FRAMEWORK.words.text("notice.left_out")
    assert page.answers == {"Catalyst": "Mine"}


def test_the_same_worksheet_is_compared_with_itself_and_not_with_what_counts(page):
    page.answer("First")
    page.ask("new", name="Second")
    page.answer("Second")
    file = page.ask("export")["file"]["text"]
    page.answer("Changed since")
    told = {one["name"]: one for one in page.ask("look_into", text=file)["worksheets"]}
    assert (told["Catalyst"]["here"], told["Catalyst"]["lines"]) == ("Catalyst", [])
    assert told["Second"]["here"] == "Second"
    ways = ["replace" if name == "Second" else "skip" for name in told]
    page.ask("import", text=file, ways=ways)
    assert page.answers == {"Catalyst": "First", "Second": "Second"}


def test_an_example_in_a_file_is_not_taken_in(page):
    page.op("example")
    example = json.dumps(page.form.session.store.export())
    page.ask("erase_everything")
    told = page.ask("look_into", text=example)
    assert (told["ok"], told["text"]) == (False, FRAMEWORK.words.text("error.nothing_comes"))


@pytest.mark.parametrize("ways", [["keep", "keep"], ["forget"], "keep", [None]])
def test_ways_that_fit_nothing_are_refused_and_nothing_comes(page, brought, ways):
    page.answer("Mine")
    assert page.ask("import", text=brought, ways=ways)["ok"] is False
    assert page.answers == {"Catalyst": "Mine"}


# -- a brief's PDF


def pdf_of(pages, **instead):
    """A page's worksheets as the PDF of their brief, as it travels."""
    session = pages.form.session
    brief = replace(build_brief(session.look(), "recognise"), **instead)
    return b64encode(brief_pdf(brief, FRAMEWORK.words)).decode()


def test_a_briefs_pdf_is_looked_into_and_taken_in_as_an_export_is(page):
    page.answer("Theirs")
    brought = pdf_of(page)
    page.answer("Mine")
    (one,) = page.ask("look_into", pdf=brought)["worksheets"]
    assert [line["values"] for line in one["lines"]] == [["Mine", "Theirs"]]
    assert page.ask("import", pdf=brought, ways=["replace"])["notice"] == "Replaced: Catalyst."
    assert page.answers == {"Catalyst": "Theirs"}


@pytest.mark.row("GAP-18")
def test_a_name_where_codes_are_asked_for_does_not_come_by_a_pdf(page):
    store = page.form.session.store
    groups = store.create("workgroups", "Groups").id
    sets = (Set("people/one", 1.0, None), Set("people/one/code", "Ann Lee", None))
    store.commit(groups, Operation(str(uuid4()), "stranger", "set", 1, sets))
    brought = pdf_of(page, answers=json.dumps(store.export()))
    page.ask("erase_everything")
    for want in ("look_into", "import"):
        told = page.ask(want, pdf=brought)
        assert told["ok"] is False
        assert "line 1, Code: " in told["text"]
    assert not store.worksheets("workgroups")


@pytest.mark.parametrize("pdf", ["", "no base64", 7, b64encode(b"%PDF-1.7 and no more").decode()])
def test_what_is_no_pdf_is_refused_in_one_sentence(page, pdf):
    page.answer("Mine")
    told = page.ask("import", pdf=pdf, ways=["keep"])
    assert (told["ok"], told["text"]) == (False, FRAMEWORK.words.text("brief.error.pdf_damaged"))
    assert page.answers == {"Catalyst": "Mine"}


def test_a_pdf_of_somebody_else_holds_no_answers(page):
    out, writer = BytesIO(), PdfWriter()
    writer.add_blank_page(100, 100)
    writer.write(out)
    told = page.ask("look_into", pdf=b64encode(out.getvalue()).decode())
    assert (told["ok"], told["text"]) == (False, FRAMEWORK.words.text("brief.error.pdf_without"))
