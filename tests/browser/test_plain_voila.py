"""The same notebooks under plain `voila`: kept for who sits at this machine, for nobody else."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, expect

from benchmarks.client import Server
from benchmarks.hosts import plain_with_our_page
from playbook.model.storage import Store

from .conftest import DESK, Tab

NAME = "workshop.test"
NEWS = "Rivals take our clients."


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """`voila notebooks`, which finds our template by name."""
    with plain_with_our_page(tmp_path_factory.mktemp("plain")) as server:
        yield server


@pytest.fixture
def named(chromium: Browser, server: Server, kept: Store) -> Iterator[Tab]:
    """A tab that reaches the same server by another name than this machine's own, as guests do."""
    from scripts.browser import HEADLESS, find_browser

    flags = ["--disable-gpu", f"--host-resolver-rules=MAP {NAME} 127.0.0.1"]
    flags += ["--no-sandbox"] if os.name == "posix" and os.geteuid() == 0 else []
    guests = chromium.browser_type.launch(executable_path=find_browser(HEADLESS), args=flags)
    tab = Tab(guests.new_context(**DESK).new_page(), server, kept, f"http://{NAME}:{server.port}")
    yield tab
    guests.close()
    assert tab.trouble == []


def test_on_this_machine_answers_are_kept(tab: Tab) -> None:
    tab.write("what", NEWS)
    tab.choose("breaks", "yes")
    tab.reload()
    expect(tab.box("what")).to_have_value(NEWS)
    expect(tab.choice("breaks", "yes")).to_be_checked()
    assert tab.answers() == {"what": NEWS, "breaks": "yes"}


@pytest.mark.soak
def test_the_picture_is_drawn_and_no_other_host_is_asked(new_tab: Callable[..., Tab]) -> None:
    tab = new_tab().open("example")
    expect(tab.picture.locator("svg")).to_be_visible()


@pytest.mark.soak
def test_by_another_name_nothing_is_kept_and_one_can_take_it_along(named: Tab) -> None:
    files = everything_in(named.server)
    named.open()
    expect(named.page.get_by_text(named.say("host.keep"))).to_be_visible()
    named.box("what").fill(NEWS)
    named.choice("breaks", "no").check()
    expect(named.save).to_have_text(named.like("form.save_memory"))
    expect(named.verdict).to_have_text(named.ends("fail"))
    with named.page.expect_download() as download:
        named.button("form.export").first.click()
    assert NEWS in download.value.path().read_text(encoding="utf-8")
    assert named.kept() == {}
    assert everything_in(named.server) == files
    named.reload()
    expect(named.box("what")).to_have_value("")
    expect(named.choice("breaks", "no")).not_to_be_checked()


def everything_in(server: Server) -> dict[str, bytes]:
    """The data folder: name and content of each file."""
    files = (path for path in server.home.rglob("*") if path.is_file())
    return {str(path): path.read_bytes() for path in files}


@pytest.mark.soak
def test_by_another_name_the_home_page_shows_nobodys_answers(named: Tab, kept: Store) -> None:
    kept.create("catalyst", "Somebody's own")
    named.page.goto(f"{named.base}/voila/render/00_home.ipynb")
    expect(named.page.get_by_text(named.say("host.keep"))).to_be_visible()
    expect(named.page.get_by_text("Somebody's own")).to_have_count(0)
