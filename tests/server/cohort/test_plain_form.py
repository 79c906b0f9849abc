"""Plain forms in a class: each goes to whoever is signed in, and to nobody else."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import httpx
import pytest

from playbook.framework import load_framework
from playbook.model.resources import notebooks_dir
from playbook.server.cohort.host.rate_limits import (
    FORM_SECONDS,
    FORMS_AT_ONCE,
    LONGEST_FORM_WAIT,
    FormLimiter,
)
from tests.plain_forms import Form
from tests.server.cohort.classroom import Classroom, Person, classroom
from tests.server.conftest import in_loop

SHEET = "/voila/render/02_catalyst.ipynb"
PLAIN = f"{SHEET}?form=plain"
FRAMEWORK = load_framework()


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory):
    """A host with the notebooks of the kit."""
    with classroom(tmp_path_factory.mktemp("forms") / "home", notebooks_dir()) as running:
        yield running


def form_of(person: Person, path: str = PLAIN) -> Form:
    page = person.get(path)
    assert page.status_code == 200, page.text
    return Form(page.text)


def send(person: Person, form: Form, path: str = SHEET):
    return person.client.post(path, data=form.sent)


def answers(person: Person) -> dict[str, object]:
    """What the host holds of somebody, by question."""
    worksheets = person.get("/place/workspace.json").json()["worksheets"]
    events = [
        event
        for worksheet in worksheets
        for operation in worksheet["operations"]
        for event in operation["events"]
    ]
    found = {event["field"].rpartition("/")[2]: event["value"] for event in events}
    return {name: value for name, value in found.items() if not isinstance(value, float)}


def test_what_is_for_analysts_is_no_page_of_a_class_but_for_whoever_leads(host: Classroom):
    """One of them tells what happened in a case: 404 as for a page that there isn't, whatever is
    asked for; they are for JupyterLab, and no trainer loses them."""
    ana, jose = host.people["Ana"], host.people["José"]
    nothing = jose.get("/voila/render/92_nothing.ipynb")
    assert nothing.status_code == 404
    listed = sorted(it.name for it in notebooks_dir().glob("9*.ipynb"))
    assert "91_exhibits.ipynb" in listed
    for name in listed:
        for path in (name, f"{name}?form=plain", name.replace("_", "%5F")):
            page = jose.get(f"/voila/render/{path}")
            assert (page.status_code, page.text) == (404, nothing.text), path
        assert jose.client.post(f"/voila/render/{name}").status_code in {403, 404}
    assert ana.get(f"/voila/render/{listed[-1]}").status_code == 200


def test_a_sheet_filled_in_by_post_arrives_whole_and_once_and_is_nobody_elses(host: Classroom):
    jose, lin = host.people["José"], host.people["Lin"]
    form = form_of(jose)
    start = f"candidates/{form.new_row('candidates')}/"
    given = {"what": "Zebra prices", "kind": "market", "breaks": "yes", "capacity": "partly"}
    for question, value in given.items():
        form.fill(start + question, value)
    form.fill(start + "shared_by", "leaders")
    page = send(jose, form)
    assert page.status_code == 200
    assert "5 answers were kept" in page.text
    assert answers(jose) == {**given, "shared_by": ["leaders"]}
    send(jose, form)
    operations = jose.get("/place/workspace.json").json()["worksheets"][0]["operations"]
    assert len(operations) == 1
    assert not answers(lin)
    other = form_of(lin)
    assert other.worksheet != form.worksheet
    assert "Zebra prices" not in lin.get(PLAIN).text


def test_the_worksheet_of_somebody_else_is_not_there(host: Classroom):
    jose, lin, eve = (host.people[name] for name in ("José", "Lin", "Eve"))
    theirs = form_of(jose)
    before = answers(jose)
    for person in (lin, eve):
        form = form_of(person)
        form.sent["_worksheet"] = theirs.sent["_worksheet"]
        form.fill("first_step", "Overwritten")
        page = send(person, form)
        assert page.status_code == 200
        assert Form(page.text).worksheet not in ("", theirs.worksheet)
        assert Form(page.text).sent["first_step"] == ["Overwritten"]
        assert "Zebra prices" not in page.text
        read = person.get(f"{PLAIN}&worksheet={theirs.worksheet}")
        assert Form(read.text).worksheet != theirs.worksheet
    assert answers(jose) == before


def test_a_form_says_who_sees_it_and_has_the_ways_of_the_class(host: Classroom):
    page = host.people["Lin"].get(PLAIN).text
    assert "Class of Ana" in page
    assert 'href="/room"' in page
    assert "<script" not in page


def test_strangers_and_forged_forms_save_nothing(host: Classroom):
    lin = host.people["Lin"]
    form = form_of(lin)
    form.fill("first_step", "Forged")
    stranger = host.stranger()
    assert send(stranger, form).status_code == 403
    stranger_form = {**form.sent, "_xsrf": [stranger.secret]}
    assert stranger.client.post(SHEET, data=stranger_form).status_code in (302, 403)
    assert lin.client.post(SHEET, data={**form.sent, "_xsrf": ["x"]}).status_code == 403
    assert "Forged" not in answers(lin).values()


def test_whoever_signed_out_saves_nothing(host: Classroom):
    person = host.stranger()
    person.fill_in("/join", code=host.codes["Ana"], name="Mia")
    form = form_of(person)
    person.fill_in("/sign-out")
    form.fill("first_step", "Too late")
    assert send(person, form).status_code in (302, 403)


def test_whoever_sends_too_many_gets_back_what_they_typed(host: Classroom):
    """José sends as fast as he can; Lin is served all the same."""
    jose, lin = host.people["José"], host.people["Lin"]
    form = form_of(jose)
    form.fill("first_step", "Again and again")

    async def flood() -> list[httpx.Response]:
        cookies = dict(jose.client.cookies)
        async with httpx.AsyncClient(base_url=host.url, cookies=cookies, timeout=60) as client:
            asked = [client.post(SHEET, data=form.sent) for _ in range(30)]
            return await asyncio.gather(*asked)

    answered = in_loop(flood())
    codes = {page.status_code for page in answered}
    assert codes == {200, 429}
    refused = next(page for page in answered if page.status_code == 429)
    assert Form(refused.text).sent["first_step"] == ["Again and again"]
    mine = form_of(lin)
    mine.fill("first_step", "Mine")
    assert send(lin, mine).status_code == 200
    assert answers(lin)["first_step"] == "Mine"


def test_forms_are_taken_at_a_pace():
    now = 0.0
    limiter = FormLimiter(clock=lambda: now)
    waits = [limiter.wait("ana") for _ in range(40)]
    at_once = [wait for wait in waits if wait == 0.0]
    assert len(at_once) == FORMS_AT_ONCE
    waiting = [wait for wait in waits if wait]
    assert waiting == [FORM_SECONDS * (place + 1) for place in range(len(waiting))]
    assert max(waiting) == LONGEST_FORM_WAIT
    assert waits.count(None) == 40 - FORMS_AT_ONCE - len(waiting)
    assert limiter.wait("ben") == 0.0
    now = 60.0
    assert limiter.wait("ana") == 0.0


def test_a_sheet_about_people_stays_closed_where_others_could_read_along(tmp_path: Path):
    with classroom(tmp_path / "home", notebooks_dir(), in_clear=True) as host:
        jose = host.people["José"]
        about = next(sheet for sheet in FRAMEWORK.sheets.values() if sheet.about_people)
        path = f"/voila/render/{about.notebook}"
        open_form = form_of(jose)
        for closed in (jose.get(f"{path}?form=plain"), send(jose, open_form, path)):
            assert closed.status_code == 403
            assert "data-pb-plain=" not in closed.text
        own = Path(tmp_path / "own")
        assert not own.exists()
        assert not re.search(about.headline, jose.get(PLAIN).text)
        assert not answers(jose)
