"""What axe is not given, because it looks like what it was given, hides nothing; nor does what
looked so on a page before."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext

from tests.browser.axe import faults

ROW = '<li class="row"><b>Somebody</b> <label>Name <input value="a"></label></li>'
PAGE = f"""<!doctype html><html lang="en"><title>Fifty</title><main><h1>Fifty</h1>
<ol>{ROW * 50}</ol><div id="host"></div></main>"""
ONE = "document.querySelectorAll('.row{0}')[20]"
IN_SHADOW = """document.querySelector('#host').attachShadow({ mode: 'open' }).innerHTML =
    '<p style="color: #ccc">Pale</p>'"""
UNDER = """document.body.insertAdjacentHTML("beforeend",
    '<div style="position: fixed; inset: 0; background: #333; z-index: -1"></div>')"""


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (ONE.format(" b") + ".style.color = '#ccc'", ["color-contrast"]),
        (ONE.format("") + ".style.background = '#333'", ["color-contrast"]),
        (ONE.format("") + ".style.opacity = 0.3", ["color-contrast"]),
        (ONE.format(" input") + ".style.color = '#ccc'", ["color-contrast"]),
        (IN_SHADOW, ["color-contrast"]),
        (UNDER, ["color-contrast"]),
        (ONE.format(" label") + ".firstChild.data = ''", ["label"]),
        (ONE.format("") + ".style.display = 'none'", []),
    ],
    ids=["words", "behind", "see-through", "box", "shadow", "laid under", "no label", "hidden"],
)
def test_one_row_of_fifty_is_found(context: BrowserContext, change: str, found: list[str]) -> None:
    page = context.new_page()
    for _ in range(2):
        page.set_content(PAGE)
        assert faults(page) == []
    page.evaluate(change)
    assert [fault.split()[0] for fault in faults(page)] == found
