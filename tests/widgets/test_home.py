"""Home: it reads nothing before hello, then shows every worksheet that this page may see."""

import json
import re
from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from playbook.assessing.workbook import Workbook
from playbook.model import Level, StoreError
from playbook.report.steps import next_step
from playbook.report.summary import sentence
from widgets.home import Home
from widgets.host import host_for
from widgets.session import Session
from widgets.weekly import Weekly

HOSTILE = '</script><script>window.hit=1</script><img src=x onerror="window.hit=1">'
LOCAL = {"host": "localhost", "app": "voila"}
TODAY = date(2027, 1, 4)


@pytest.fixture
def host(framework):
    return host_for(LOCAL, framework)


@pytest.fixture
def write(host, framework, catalyst):
    """write("Name", breaks="yes"): a worksheet with one candidate, through the gate for writing."""

    def written(name, **answers):
        session = Session(catalyst, framework, host, "device", lambda: TODAY)
        session.open(session.create(name).id)
        row = uuid4()
        apply(session, "add_row", table="candidates", op_id=str(row))
        for question, value in answers.items():
            field = f"candidates/r{row.hex[:12]}/{question}"
            apply(session, "set", field=field, value=value, base_rev=0)
        return session

    return written


def apply(session, kind, **values):
    session.apply({"op_id": str(uuid4()), "kind": kind, **values})


@pytest.fixture
def hello(framework):
    """hello(page): what a page is shown that says so."""

    def said(page=LOCAL, home=None):
        home, heard = home or Home(framework), []
        home.send = lambda message, *_: heard.append(json.loads(json.dumps(message)))
        home._receive(home, {"type": "hello", "page": page}, [])
        return heard[-1]

    return said


def must_of(payload, sheet="catalyst"):
    musts = (one for stage in payload["stages"] if stage["work"] for one in stage["work"]["musts"])
    return next(one for one in musts if one["id"] == sheet)


@pytest.mark.parametrize("page", [Home, Weekly])
def test_nothing_is_read_before_the_first_hello(page, framework, playbook_home):
    made, heard = page(framework), []
    made.send = lambda message, *_: heard.append(message)
    for kind in ("ready", "calendar", "done", "brief"):
        made._receive(made, {"type": kind}, [])
    assert heard == []
    assert not playbook_home.exists()


def test_the_weekly_page_turns_to_the_example_and_back(framework, hello):
    weekly, heard = Weekly(framework), []
    assert not hello(home=weekly)["example"]
    weekly.send = lambda message, *_: heard.append(json.loads(json.dumps(message)))
    for example in (True, False):
        weekly._receive(weekly, {"type": "look", "group": "", "example": example}, [])
        assert heard[-1]["example"] is example
        weekly._receive(weekly, {"type": "brief", "stage": "act", "want": "count"}, [])
        assert heard[-1]["count"].startswith("0") is not example
    weekly._receive(weekly, {"type": "calendar"}, [])
    day = date.today().isoformat()
    assert heard[-1]["file"]["name"] == framework.words.text("weekly.calendar_file", day=day)


def test_its_text_form_is_the_same_whatever_somebody_saved(framework, write, hello):
    before = repr(Home(framework))
    write("Mine", breaks="yes")
    home = Home(framework)
    hello(home=home)
    assert repr(home) == before


def test_hello_shows_what_is_saved_and_where(write, hello, framework):
    first = write("North branches", what="Clients leave", breaks="no")
    payload = hello()
    must = must_of(payload)
    assert must["name"] == "North branches"
    assert must["mark"]["level"] == first.assessment.verdict
    assert must["href"].endswith(first.id)
    assert payload["privacy"] == framework.words.text("host.local")
    assert payload["notice"] is None
    assert payload["go_on"]["href"].split("#")[0].endswith(first.id)


def test_another_hello_shows_what_changed_since(framework, write, hello):
    home = Home(framework)
    assert not hello(home=home)["begun"]
    write("Later", breaks="yes")
    assert must_of(hello(home=home))["name"] == "Later"


def test_another_worksheet_is_let_count_and_that_is_said(framework, write, hello):
    write("First", breaks="yes")
    second = write("Second", breaks="no")
    home, heard = Home(framework), []
    assert must_of(hello(home=home))["name"] == "First"
    home.send = lambda message, *_: heard.append(message)
    home._receive(home, {"type": "count", "worksheet": second.id}, [])
    assert must_of(heard[-1])["name"] == "Second"
    assert heard[-1]["said"] == framework.words.text("home.now_counts", name="Second")
    home._receive(home, {"type": "count", "worksheet": "gone"}, [])
    assert (heard[-1]["said"], bool(heard[-1]["notice"])) == ("", True)
    assert must_of(heard[-1])["name"] == "Second"


def test_the_promised_actions_come_as_one_calendar_file(framework, write, hello):
    session = write("Mine", breaks="yes")
    for field, value in (("first_step", "Call"), ("first_step_date", "2027-02-03")):
        apply(session, "set", field=field, value=value, base_rev=0)
    home, heard = Home(framework), []
    payload = hello(home=home)
    told = payload["week"]["now"] + payload["week"]["later"]
    assert [one["what"] for one in told] == ["Call"]
    home.send = lambda message, *_: heard.append(message)
    home._receive(home, {"type": "calendar"}, [])
    file = heard[-1]["file"]
    assert (file["mime"], file["name"].endswith(".ics")) == ("text/calendar", True)
    assert "SUMMARY:Call" in file["text"]
    assert "20270203" in file["text"]


def test_an_action_is_ticked_on_home_and_comes_back(framework, write, hello):
    session = write("Mine", breaks="yes")
    for field, value in (("first_step", "Call"), ("first_step_date", "2027-02-03")):
        apply(session, "set", field=field, value=value, base_rev=0)
    home, heard = Home(framework), []
    hello(home=home)
    home.send = lambda message, *_: heard.append(message)
    place = {"type": "done", "worksheet": session.id, "field": "first_step_done"}
    for done, said in ((True, "now_done"), (False, "not_done"), (True, "now_done")):
        home._receive(home, {**place, "done": done}, [])
        week = heard[-1]["week"]
        to_do = [one["what"] for one in week["now"] + week["later"]]
        assert (to_do, len(week["done"])) == (([], 1) if done else (["Call"], 0))
        assert heard[-1]["said"] == framework.words.text(f"home.{said}")
    home._receive(home, {**place, "field": "no_such", "done": True}, [])
    assert (heard[-1]["said"], bool(heard[-1]["notice"])) == ("", True)
    home._receive(home, {**place, "worksheet": "gone", "done": True}, [])
    assert heard[-1]["notice"]


def test_an_example_is_told_apart(host, framework, write):
    write("Filled").fill_with_example()
    entries = Workbook(framework, TODAY, host.store).entries()
    assert [entry.example for entry in entries] == [True]


def test_a_sheet_that_is_gone_from_the_kit_is_left_alone(host, framework, write):
    write("Mine", breaks="yes")
    assert Workbook(replace(framework, sheets={}), TODAY, host.store).entries() == []


@pytest.mark.parametrize("page", [{"host": "pb.example", "app": "voila"}, None, "x", {"host": 7}])
def test_a_page_from_elsewhere_or_nowhere_sees_nobodys_work(page, write, hello, monkeypatch):
    write("Secret name", breaks="yes")
    monkeypatch.setenv("SERVER_SOFTWARE", "voila/0.5.13")
    monkeypatch.setenv("SERVER_NAME", "192.168.1.20")
    assert "Secret name" not in json.dumps(hello(page))


def test_a_store_that_fails_is_told_in_its_own_sentence(framework, hello, monkeypatch):
    home = Home(framework)
    hello(home=home)

    def fail(*_):
        raise StoreError("The disk is full; make room.")

    monkeypatch.setattr(home._host.store, "worksheets", fail)
    payload = hello(home=home)
    assert payload["notice"] == "The disk is full; make room."
    assert must_of(payload)["href"]


# --- On a page ---


def must(on, framework, sheet="catalyst"):
    """The line of a must in the card of the stage."""
    gate = framework.sheets["recognise_gate"]
    name = next(one.must for one in gate.carries if one.sheet == sheet and one.must)
    return on.page.locator(".musts > li").filter(
        has=on.page.get_by_role("link", name=name, exact=True)
    )


@pytest.fixture
def shown(show_card, framework):
    def show(**options):
        return show_card(Home(framework), **options)

    return show


@pytest.mark.browser
@pytest.mark.parametrize(("name", "times"), [("Catalyst", 0), ("North branches", 1)])
def test_a_worksheet_called_like_its_sheet_is_not_named(shown, write, framework, name, times):
    write(name, breaks="yes")
    line = must(shown(), framework)
    expect(line.get_by_text(name, exact=True)).to_have_count(times)


@pytest.mark.browser
def test_a_must_says_its_word_its_sentence_and_its_next_step(shown, write, framework, catalyst):
    session = write("North branches", what="Clients leave", breaks="no")
    line = must(shown(), framework)
    expect(line.locator(".verdict.fail")).to_have_text(framework.words.text("level.fail"))
    expect(line).to_contain_text(sentence(catalyst, Level.FAIL, framework))
    step = next_step(catalyst, session.assessment, framework)
    link = line.get_by_role("link", name=step.text)
    expect(link).to_have_attribute("href", re.compile(f"worksheet={session.id}#field=candidates/"))


@pytest.mark.browser
def test_the_decision_is_a_button_and_there_is_one_filled_one(shown, write, framework):
    write("Mine", breaks="yes")
    on = shown()
    decide = on.page.get_by_role("link", name=framework.words.text("home.decide"))
    expect(decide).to_have_attribute("href", framework.sheets["recognise_gate"].notebook)
    expect(on.page.locator(".button:not(.quiet)")).to_have_count(1)


@pytest.mark.browser
def test_what_is_not_built_is_one_line(shown, framework):
    on = shown()
    later = on.page.locator(".unbuilt")
    if all(framework.sheets.keys() & set(stage.sheets) for stage in framework.stages):
        expect(later).to_have_count(0)
        return
    shut = later.bounding_box()["height"]
    assert shut < 60
    later.locator("summary").click()
    for stage in framework.stages:
        if not framework.sheets.keys() & set(stage.sheets):
            expect(later).to_contain_text(stage.question)


@pytest.mark.browser
def test_the_example_runs_through_all_sheets(shown, framework):
    on = shown()
    story = on.page.get_by_role("region", name=framework.words.text("home.learn"))
    story.locator("summary").click()
    built = [it for it in framework.order if it in framework.sheets]
    expect(story.get_by_role("listitem")).to_have_text([framework.titles[it] for it in built])
    story.get_by_role("listitem").get_by_role("link").nth(1).click()
    on.page.wait_for_url("**/02_catalyst.ipynb?worksheet=example")


@pytest.mark.browser
def test_every_sheet_that_is_built_can_be_reached_by_keyboard(shown, framework):
    on = shown()
    links = on.page.locator(".musts h3").get_by_role("link")
    expect(links).to_have_count(len(framework.stages[0].tiles))
    for _ in range(8):
        on.page.keyboard.press("Tab")
        if on.page.evaluate("document.activeElement.closest('.musts') !== null"):
            break
    expect(links.first).to_be_focused()


@pytest.mark.browser
def test_this_week_names_what_who_and_day_and_marks_what_is_late(shown, write, framework):
    session = write("Mine", breaks="yes")
    said = {"first_step": "Call", "first_step_owner": "Ana", "first_step_date": "2020-02-03"}
    for field, value in said.items():
        apply(session, "set", field=field, value=value, base_rev=0)
    on = shown()
    week = on.page.get_by_role("region", name=framework.words.text("home.week_one"))
    (line,) = week.locator(".promises li").all()
    expect(line).to_contain_text("Call")
    expect(line).to_contain_text("Ana, was 3 February 2020")
    expect(line.locator(".verdict")).to_have_text(framework.words.text("home.late"))
    with on.page.expect_download() as download:
        week.get_by_role("button", name=framework.words.text("home.calendar")).click()
    assert download.value.suggested_filename.endswith(".ics")


@pytest.mark.browser
def test_a_tick_takes_an_action_off_the_list_and_back(shown, write, framework):
    session = write("Mine", breaks="yes")
    for field, value in (("first_step", "Call"), ("first_step_date", "2020-02-03")):
        apply(session, "set", field=field, value=value, base_rev=0)
    on = shown()
    week = on.page.locator(".week")
    tick = week.get_by_role("checkbox", name=f"{framework.words.text('home.tick')}: Call")
    tick.press("Space")
    folded = week.locator("summary", has_text=framework.words.text("home.week_done", count=1))
    expect(folded).to_be_focused()
    expect(week.get_by_role("link", name="Call")).to_be_hidden()
    expect(on.page.get_by_role("status")).to_have_text(framework.words.text("home.now_done"))
    folded.press("Enter")
    expect(tick).to_be_checked()
    tick.press("Space")
    expect(tick).not_to_be_checked()
    expect(tick).to_be_focused()
    expect(week.get_by_role("link", name="Call")).to_be_visible()


@pytest.mark.browser
def test_the_others_are_listed_and_one_is_let_count(shown, write, framework):
    write("The first <one>", breaks="yes")
    second = write("The second", breaks="no")
    on = shown()
    line = must(on, framework)
    line.locator("summary").click()
    items = line.locator(".worksheets li")
    counts = framework.words.text("home.counts")
    expect(items.filter(has_text=counts)).to_contain_text("The first <one>")
    line.get_by_role("button", name=re.compile("The second")).click()
    expect(items.filter(has_text=counts)).to_contain_text("The second")
    said = framework.words.text("home.now_counts", name="The second")
    expect(on.page.get_by_role("status")).to_have_text(said)
    line.get_by_role("link", name="The second").click()
    on.page.wait_for_url(f"**/02_catalyst.ipynb?worksheet={second.id}")


@pytest.mark.browser
def test_an_example_is_no_further_worksheet(shown, write, framework):
    write("Filled").fill_with_example()
    line = must(shown(), framework)
    expect(line.locator("summary")).to_have_text(framework.words.text("home.worksheets_example"))
    line.locator("summary").click()
    expect(line.locator(".worksheets li")).to_contain_text(
        framework.words.text("home.example_badge")
    )
    expect(line.locator(".worksheets").get_by_role("button")).to_have_count(0)


@pytest.mark.browser
def test_coming_back_to_the_tab_shows_what_another_tab_saved(shown, write, framework):
    on = shown()
    expect(must(on, framework)).not_to_contain_text("From elsewhere")
    write("From elsewhere", breaks="yes")
    on.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(must(on, framework)).to_contain_text("From elsewhere")


@pytest.mark.browser
def test_a_hostile_name_is_text(shown, write, framework):
    write(HOSTILE, breaks="yes")
    on = shown()
    expect(must(on, framework)).to_contain_text(HOSTILE)
    found = "[window.hit, document.querySelectorAll('#card :is(script, img)').length]"
    assert on.page.evaluate(found) == [None, 0]


@pytest.mark.browser
def test_jupyterlab_keeps_its_page_and_opens_sheets_beside(shown):
    on = shown(
        ours=False,
        meta='<script id="jupyter-config-data" type="application/json">{"appUrl": "/lab"}</script>',
    )
    first = on.page.locator(".musts").get_by_role("link").first
    expect(first).to_have_attribute("target", "_blank")


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(shown, write, scheme):
    write("One", breaks="yes")
    write("Two", breaks="no")
    on = shown(color_scheme=scheme, viewport={"width": 390, "height": 800})
    for summary in on.page.locator(".home summary").all():
        summary.click()
    found = Axe().run(on.page).response
    problems = [
        rule["id"] for rule in found["violations"] if rule["impact"] in ("serious", "critical")
    ]
    assert problems == []
    assert "color-contrast" in {rule["id"] for rule in found["passes"]}
    assert on.page.evaluate("document.documentElement.scrollWidth") == 390
