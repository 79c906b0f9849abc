"""A sheet without a script: its questions in the page, and what is filled in by POST."""

from __future__ import annotations

import gzip
import html
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from playbook.editing.filled_form import FilledForm
from playbook.framework import load_framework
from playbook.model import StoreError
from playbook.model.resources import notebooks_dir
from playbook.report.plain_form import FIRST_ROWS, form_html
from playbook.server.http.notebook_facts import facts_of
from playbook.server.http.plain_page import Workspace, shown_page, taken_page, unsaved_page
from playbook.store import Store, open_store
from playbook.store.paths import database_path
from tests.hostile import CLEANED, KEPT
from tests.plain_forms import Form

from .conftest import Served, running

SHEET = "/voila/render/02_catalyst.ipynb"
PLAIN = {"form": "plain"}
FRAMEWORK = load_framework()
CATALYST = FRAMEWORK.sheets["catalyst"]
LATER_KB = 15


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server with the notebooks of the kit."""
    with running(tmp_path_factory.mktemp("ours") / "home", notebooks_dir()) as server:
        yield server


@pytest.fixture
def store(ours: Served):
    made = open_store(database_path(ours.home))
    yield made
    made.erase_everything()


@pytest.fixture
def owner(ours: Served, store: Store) -> Iterator[httpx.Client]:  # noqa: ARG001  # emptied
    with ours.owner() as client:
        yield client


def form_in(page: httpx.Response) -> Form:
    assert page.status_code == 200, page.text
    return Form(page.text)


def post(client: httpx.Client, form: Form, path: str = SHEET, **headers: str) -> httpx.Response:
    return client.post(path, data=form.sent, headers=headers)


def said(page: httpx.Response) -> list[str]:
    """What the page says of what it did."""
    return re.findall(r'<p class="notice (?:good|bad)"[^>]*>(.*?)</p>', page.text)


def answers(store) -> dict[str, object]:
    """What is stored, by question."""
    loaded = [store.load(info.id) for info in store.worksheets()]
    return {
        name.rpartition("/")[2]: state.value
        for one in loaded
        for name, state in one.fields.items()
        if not isinstance(state.value, float)
    }


def test_the_questions_are_in_the_page_before_any_script(owner):
    page = owner.get(SHEET)
    form = form_in(page)
    start = f"candidates/{form.new_row('candidates')}/"
    asked = [one.id for one in CATALYST.open_questions("candidates") if not one.ask_if]
    assert form.fields == [start + question for question in asked]
    for question in CATALYST.core("candidates"):
        assert question.text in page.text
    assert page.text.index("data-pb-plain=") < page.text.index("application/vnd.voila.cell-output")
    assert "<script" not in page.text[page.text.index('<form method="post"') :].split("</form>")[0]
    assert len(gzip.compress(page.content)) < 1000 * LATER_KB


@pytest.mark.parametrize("sheet", FRAMEWORK.sheets)
def test_every_sheets_page_stays_small_also_with_its_example_in_it(owner, sheet):
    page = owner.get(f"/voila/render/{FRAMEWORK.sheets[sheet].notebook}?worksheet=example")
    form = form_in(page)
    assert FRAMEWORK.examples[sheet].note.split(".")[0] in page.text.replace("&#39;", "'")
    assert form.fields
    assert len(gzip.compress(page.content)) < 1000 * LATER_KB


@pytest.mark.row("GAP-18")
def test_a_name_posted_where_codes_are_asked_for_is_not_stored_and_the_rest_is(owner, store):
    path = f"/voila/render/{FRAMEWORK.sheets['workgroups'].notebook}"
    form = form_in(owner.get(path, params=PLAIN))
    code = f"people/{form.new_row('people')}/code"
    form.sent |= {code: ["Ann Lee"], "problem": ["Repairs take too long"]}
    page = post(owner, form, path)
    assert FRAMEWORK.words.text("error.codes") in html.unescape(page.text)
    assert answers(store) == {"problem": "Repairs take too long"}
    assert "Ann Lee" not in json.dumps(store.export())


def test_of_many_weeks_the_latest_are_in_the_page(owner):
    path = f"/voila/render/{FRAMEWORK.sheets['practices'].notebook}"
    first, whole = (
        form_in(owner.get(path, params={"worksheet": "example", **more})) for more in ({}, PLAIN)
    )
    latest, weeks = (
        [said for name, (said, *_) in form.sent.items() if re.match("check_ins/.*/week", name)][:-1]
        for form in (first, whole)
    )  # without the row that is offered
    assert len(weeks) > len(latest) == FIRST_ROWS
    assert latest == weeks[-FIRST_ROWS:]


def test_a_sheet_filled_in_by_post_arrives_whole_and_once(ours, owner, store):
    opened = ours.opened()
    form = form_in(owner.get(SHEET, params=PLAIN))
    start = f"candidates/{form.new_row('candidates')}/"
    given = {
        "what": ["Rivals undercut us.\nSince May."],
        "kind": ["market"],
        "breaks": ["yes"],
        "urgent": ["partly"],
        "bigger": ["yes"],
        "alignment": ["direct"],
        "capacity": ["no"],
        "shared_by": ["leaders", "front_line"],
    }
    for question, values in given.items():
        form.fill(start + question, *values)
    form.fill("first_step", "Ask Ann")
    page = post(owner, form, Origin="null")
    stored = answers(store)
    assert stored == {
        **{name: values[0] for name, values in given.items() if name != "shared_by"},
        "shared_by": ["leaders", "front_line"],
        "first_step": "Ask Ann",
    }
    assert [line.split(". ")[1] for line in said(page)] == ["9 answers were kept."]
    now = Form(page.text)
    assert {name: now.sent[start + name] for name in given} == given
    (info,) = store.worksheets()
    seq = store.seq(info.id)
    again = post(owner, form)
    assert said(again) == said(page)
    assert store.seq(info.id) == seq
    assert ours.opened() == opened, "none of this needs a kernel"


def test_the_answer_says_the_verdict_and_leads_to_the_questions(owner):
    form = form_in(owner.get(SHEET, params=PLAIN))
    start = f"candidates/{form.new_row('candidates')}/"
    form.fill(start + "what", "Rivals")
    form.fill(start + "breaks", "no")
    page = post(owner, form).text
    card = page[page.index('<section class="verdict-card') : page.index("</section>")]
    assert FRAMEWORK.words.text("level.fail") in card
    links = re.findall(r'href="#(f-[^"]+)"', card)
    assert links
    assert all(f'id="{link}"' in page for link in links)


def test_what_can_not_be_taken_stands_at_its_field_with_what_was_typed(owner, store):
    form = form_in(owner.get(SHEET, params=PLAIN))
    form.fill("first_step", "Ask Ann")
    form.fill("first_step_date", "next Friday")
    page = post(owner, form)
    assert answers(store) == {"first_step": "Ask Ann"}
    now = form_in(page)
    assert now.errors.keys() == {"first_step_date"}
    assert now.sent["first_step_date"] == ["next Friday"]
    assert len(said(page)) == 2
    now.fill("first_step_date", "2027-03-05")
    done = form_in(post(owner, now))
    assert not done.errors
    assert answers(store)["first_step_date"] == "2027-03-05"


def test_without_the_secret_of_its_page_nothing_is_saved(ours, owner, store):
    form = form_in(owner.get(SHEET, params=PLAIN))
    form.fill("first_step", "Ask Ann")
    forged = {**form.sent, "_xsrf": ["x"]}
    assert owner.post(SHEET, data=forged).status_code == 403
    assert owner.post(SHEET, data={**form.sent, "_xsrf": []}).status_code == 403
    assert post(owner, form, Origin="https://elsewhere.example").status_code in (403, 404)
    with ours.stranger() as stranger:
        assert stranger.post(SHEET, data=form.sent).status_code in (302, 403)
    assert not answers(store)


def test_what_is_no_form_of_ours_is_a_bad_request(owner, store):
    form = form_in(owner.get(SHEET, params=PLAIN))
    assert owner.post(SHEET, data={**form.sent, "_seen": ["["]}).status_code == 400
    assert owner.post(SHEET, data={"_xsrf": form.sent["_xsrf"]}).status_code == 400
    raw = f"_xsrf={form.sent['_xsrf'][0]}&_op=%ff"
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    assert owner.post(SHEET, content=raw, headers=kind).status_code == 400
    assert not answers(store)


def test_pages_that_show_no_sheet_have_no_form(owner, store):
    home = owner.get("/voila/render/00_home.ipynb")
    assert "data-pb-plain=" not in home.text
    form = form_in(owner.get(SHEET, params=PLAIN))
    for path in ("00_home.ipynb", "nothing.ipynb", "../02_catalyst.ipynb", "90_analyst.ipynb"):
        assert post(owner, form, f"/voila/render/{path}").status_code == 404
        assert owner.get(f"/voila/render/{path}", params=PLAIN).status_code == 404
    assert post(owner, form, "/voila/render/03_champion.ipynb").status_code == 200
    assert not answers(store), "a form of another sheet fills in nothing there"


def test_a_worksheet_that_was_erased_meanwhile_loses_nothing_that_was_typed(owner, store):
    form = form_in(owner.get(SHEET, params=PLAIN))
    form.fill("first_step", "Ask Ann")
    store.erase_worksheet(form.worksheet)
    page = post(owner, form)
    now = form_in(page)
    assert now.worksheet != form.worksheet
    assert now.sent["first_step"] == ["Ask Ann"]
    assert not answers(store)
    assert len(said(page)) == 1
    post(owner, now)
    assert answers(store) == {"first_step": "Ask Ann"}


def test_every_text_comes_back_as_text(owner, store):
    texts = {*KEPT, *CLEANED}
    harmless = form_in(owner.get(SHEET, params=PLAIN))
    asked = [name.rpartition("/")[2] for name in harmless.fields]
    for text in sorted(text for text in texts if "\ud800" not in text):  # which no browser sends
        form = form_in(owner.get(SHEET, params=PLAIN))
        form.sent["first_step"] = [text]
        form.sent["first_step_date"] = [text]
        page = post(owner, form)
        now = form_in(page)
        kept = answers(store).get("first_step") or ""
        assert now.sent["first_step"] == [kept] or now.errors.get("first_step")
        assert [name.rpartition("/")[2] for name in now.fields] == asked
        opened = set(re.findall(r"<(\w+)", page.text))
        assert not opened & {"svg", "img", "iframe", "b", "x"}


# -- what needs no server


class Broken:
    """A store whose disk is gone."""

    def __getattr__(self, _name: str):
        def fail(*_: object):
            raise StoreError("The disk is full.")

        return fail


def test_where_nothing_can_be_saved_all_that_was_typed_comes_back_to_be_sent_again():
    place = Workspace(open_store(None), "somebody", "Nobody sees it.")
    form = Form(form_html(shown_page(FRAMEWORK, CATALYST, "", True, place).form, ""))
    start = f"candidates/{form.new_row('candidates')}/"
    form.fill(start + "what", "Rivals")
    form.fill(start + "shared_by", "leaders")
    taken_page(FRAMEWORK, CATALYST, FilledForm.of(form.sent), place)
    form = Form(form_html(shown_page(FRAMEWORK, CATALYST, "", True, place).form, ""))
    form.fill(start + "what", "Rivals and prices")
    form.fill("first_step", "Ask Ann")
    form.fill(f"candidates/{form.new_row('candidates')}/what", "Skills")
    filled = FilledForm.of(form.sent)
    with pytest.raises(StoreError):
        taken_page(FRAMEWORK, CATALYST, filled, Workspace(Broken(), "somebody", ""))
    page = unsaved_page(FRAMEWORK, CATALYST, filled, "The disk is full.")
    again = Form(form_html(page.form, ""))
    assert {name: again.sent.get(name) for name in form.sent} == form.sent
    assert "The disk is full." in page.said[0][1]
    taken_page(FRAMEWORK, CATALYST, FilledForm.of(again.sent), place)
    (info,) = place.store.worksheets()
    kept = {name.rpartition("/")[2] for name in place.store.load(info.id).fields}
    assert {"what", "shared_by", "first_step"} <= kept


@pytest.mark.parametrize(
    ("cells", "sheet"),
    [
        (['worksheet_app("catalyst")'], "catalyst"),
        (["from widgets import app", "app.worksheet_app('champion')"], "champion"),
        (["%matplotlib inline", 'worksheet_app("catalyst")'], "catalyst"),
        (['worksheet_app("catalyst")\nworksheet_app("champion")'], ""),
        (["worksheet_app(name)"], ""),
        (["home_app()"], ""),
    ],
)
def test_which_sheet_a_notebook_shows_is_read_from_what_it_calls(tmp_path: Path, cells, sheet):
    file = tmp_path / "own.ipynb"
    notebook = new_notebook(cells=[new_code_cell(cell) for cell in cells])
    notebook.cells.append(
        new_code_cell('worksheet_app("zoom_out")', metadata={"tags": ["jupyterlab"]})
    )
    nbformat.write(notebook, file)
    assert facts_of(file, int(datetime.now(UTC).timestamp())).sheet == sheet


def test_a_file_that_is_no_notebook_shows_no_sheet(tmp_path: Path):
    file = tmp_path / "own.ipynb"
    file.write_text("nonsense")
    assert facts_of(file, 1).sheet == ""
