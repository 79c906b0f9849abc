"""A playbook with other scripts at the same address: the worker keeps those, and no older ones."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

from benchmarks.client import wait_for
from tests.browser.test_away import held, served
from tests.server.hosts import Server

from .conftest import Tab, store_of

SERVE = """
import sys
from playbook.server.http import scripts
from playbook.server.solo.app import serve
from widgets.assets import parts
scripts.parts = lambda: {**parts(), "core.js": parts()["core.js"] + sys.argv[2]}
serve(int(sys.argv[1]), open_browser=False)
"""


class Changing(Server):
    """`playbook serve` whose shared script ends with `more`."""

    more = "// the first"

    def _command(self) -> list[str]:
        return [sys.executable, "-c", SERVE, str(self.port), self.more]


def versions(page: Page) -> set[str]:
    """Of the scripts that the worker keeps."""
    found = (re.search(r"/scripts/(\w+)/", path) for path in held(page))
    return {it[1] for it in found if it}


@pytest.mark.soak
def test_a_new_version_takes_the_place_of_the_one_before(
    tmp_path: Path, new_context: Callable[..., BrowserContext]
) -> None:
    context = new_context()
    with Changing(tmp_path / "home") as server:
        before = Tab(context.new_page(), server, store_of(server))
        before.open()
        served(before.page)
        (old,) = versions(before.page)
        server.stop()
        server.more = "// the second"
        server.start()
        after = Tab(context.new_page(), server, store_of(server))
        after.enter()
        after.open()
        served(after.page)
        wait_for(lambda: old not in versions(after.page), "the old scripts are still kept", 20)
        (new,) = versions(after.page)
        assert new in (after.page.locator("link[rel=modulepreload]").get_attribute("href") or "")
        texts = [text for path, text in held(after.page).items() if path.endswith("core.js")]
        assert [text.endswith("// the second") for text in texts] == [True]
        context.set_offline(True)
        after.reload()
        assert after.form.is_visible()
