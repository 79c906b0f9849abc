"""Home: it reads nothing before hello, then shows every worksheet that this page may see."""

import json
from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from playbook.assessing.workbook import Workbook
from playbook.model import Level, StoreError
from widgets.home import Home
from widgets.host import host_for
from widgets.session import Session

HOSTILE = '</script><script>window.hit=1</script><img src=x onerror="window.hit=1">'
LOCAL = {"host": "localhost", "app": "voila"}
TODAY = date(2027, 1, 4)
LINES = """() => [...document.querySelectorAll('.tiles')].map(({ children }) => {
  const tops = [...children].map((tile) => Math.round(tile.getBoundingClientRect().top));
  return [...new Set(tops)].map((top) => tops.filter((one) => one === top).length);
})"""
"""How many tiles stand on each line of each stage."""


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


def tile_of(payload, tile="catalyst"):
    return next(one for stage in payload["stages"] for one in stage["tiles"] if one["id"] == tile)


def test_nothing_is_read_before_the_first_hello(framework, playbook_home):
    home, heard = Home(framework), []
    home.send = lambda message, *_: heard.append(message)
    home._receive(home, {"type": "ready"}, [])
    assert heard == []
    assert not playbook_home.exists()


def test_its_text_form_is_the_same_whatever_somebody_saved(framework, write, hello):
    before = repr(Home(framework))
    write("Mine", breaks="yes")
    home = Home(framework)
    hello(home=home)
    assert repr(home) == before


def test_hello_shows_what_is_saved_and_where(write, hello, playbook_home):
    first = write("North branches", what="Clients leave", breaks="no")
    payload = hello()
    tile = tile_of(payload)
    assert tile["name"] == "North branches"
    assert tile["mark"]["level"] == first.assessment.verdict
    assert tile["href"].endswith(first.id)
    assert str(playbook_home) in payload["privacy"]
    assert payload["notice"] is None
    assert (
        str(first.assessment.completeness.asked - first.assessment.completeness.answered)
        in (payload["go_on"]["text"])
    )


def test_another_hello_shows_what_changed_since(framework, write, hello):
    home = Home(framework)
    assert tile_of(hello(home=home))["mark"] is None
    write("Later", breaks="yes")
    assert tile_of(hello(home=home))["name"] == "Later"


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
    assert tile_of(payload)["href"]


# --- On a page ---


def catalyst_tile(on):
    return on.page.get_by_role("article").filter(
        has=on.page.get_by_role("heading", name="Catalyst")
    )


@pytest.fixture
def shown(show_card, framework):
    def show(**options):
        return show_card(Home(framework), **options)

    return show


@pytest.mark.browser
@pytest.mark.parametrize(("name", "times"), [("Catalyst", 1), ("North branches", 2)])
def test_a_worksheet_called_like_its_sheet_is_not_named_twice(shown, write, name, times):
    write(name, breaks="yes")
    tile = shown().page.get_by_role("article").filter(has_text="Catalyst").first
    assert sum(tile.inner_text().splitlines().count(one) for one in {"Catalyst", name}) == times


@pytest.mark.browser
def test_a_tile_leads_to_its_sheet_wherever_it_is_clicked(shown, write):
    session = write("North branches", breaks="yes")
    on = shown()
    tile = on.page.get_by_role("article").filter(has_text="North branches")
    tile.scroll_into_view_if_needed()
    box = tile.bounding_box()
    on.page.mouse.click(box["x"] + box["width"] - 8, box["y"] + box["height"] - 8)
    on.page.wait_for_url(f"**/voila/render/02_catalyst.ipynb?worksheet={session.id}")


@pytest.mark.browser
def test_every_sheet_that_is_built_can_be_reached_by_keyboard(shown, framework):
    on = shown()
    links = on.page.get_by_role("article").get_by_role("link")
    built = [tile for tile in framework.tiles if tile.id in framework.sheets]
    expect(links).to_have_count(len(built))
    for _ in range(8):
        on.page.keyboard.press("Tab")
        if on.page.evaluate("document.activeElement.closest('article') !== null"):
            break
    expect(links.first).to_be_focused()
    outline = on.page.get_by_role("article").first.evaluate(
        "one => getComputedStyle(one).outlineStyle"
    )
    assert outline == "solid"


@pytest.mark.browser
def test_a_tile_says_its_state_in_a_word_and_what_it_means_in_a_sentence(shown, write, catalyst):
    write("North branches", what="Clients leave", breaks="no")
    tile = catalyst_tile(shown())
    expect(tile.locator(".verdict.fail")).to_have_text("Stops")
    text = catalyst.verdict_texts[Level.FAIL].removeprefix("Stops: ")
    expect(tile).to_contain_text(text[0].upper() + text[1:])
    expect(tile).not_to_contain_text("Stops:")


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 600, 768, 1024, 1100, 1280, 1700])
def test_no_tile_stands_alone_on_a_line_below_others(shown, width):
    on = shown(viewport={"width": width, "height": 900})
    on.page.get_by_role("article").first.wait_for()
    for lines in on.page.evaluate(LINES):
        columns, odd = lines[0], sum(lines) % 2
        assert columns == 1 or lines[-1] > 1 or (columns, odd) == (2, 1), lines


@pytest.mark.browser
def test_the_other_worksheets_are_there_and_do_not_hide_under_the_tiles_link(shown, write):
    write("The first <one>", breaks="yes")
    second = write("The second", breaks="no")
    on = shown()
    tile = on.page.get_by_role("article").filter(has_text=second.snapshot.info.name)
    tile.locator("summary").click()
    tile.get_by_role("link", name="The first <one>").click()
    on.page.wait_for_url("**/02_catalyst.ipynb?worksheet=*")
    assert second.id not in on.page.url


@pytest.mark.browser
def test_an_example_is_no_further_worksheet(shown, write, framework):
    write("Filled").fill_with_example()
    tile = catalyst_tile(shown())
    expect(tile.locator("summary")).to_have_text(framework.words.text("home.others_example"))
    tile.locator("summary").click()
    expect(tile.locator("li")).to_contain_text(framework.words.text("home.example_badge"))


@pytest.mark.browser
def test_coming_back_to_the_tab_shows_what_another_tab_saved(shown, write):
    on = shown()
    expect(catalyst_tile(on)).not_to_contain_text("From elsewhere")
    write("From elsewhere", breaks="yes")
    on.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(catalyst_tile(on)).to_contain_text("From elsewhere")


@pytest.mark.browser
def test_a_hostile_name_is_text(shown, write):
    write(HOSTILE, breaks="yes")
    on = shown()
    expect(catalyst_tile(on)).to_contain_text(HOSTILE)
    found = "[window.hit, document.querySelectorAll('#card :is(script, img)').length]"
    assert on.page.evaluate(found) == [None, 0]


@pytest.mark.browser
def test_jupyterlab_keeps_its_page_and_opens_sheets_beside(shown):
    on = shown(
        ours=False,
        meta='<script id="jupyter-config-data" type="application/json">{"appUrl": "/lab"}</script>',
    )
    assert (
        on.page.get_by_role("article").get_by_role("link").first.get_attribute("target") == "_blank"
    )


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(shown, write, scheme):
    write("One", breaks="yes")
    write("Two", breaks="no")
    on = shown(color_scheme=scheme, viewport={"width": 390, "height": 800})
    on.page.locator("article summary").click()
    found = Axe().run(on.page).response
    problems = [
        rule["id"] for rule in found["violations"] if rule["impact"] in ("serious", "critical")
    ]
    assert problems == []
    assert "color-contrast" in {rule["id"] for rule in found["passes"]}
    assert on.page.evaluate("document.documentElement.scrollWidth") == 390
