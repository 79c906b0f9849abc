"""Notebooks that our client can't draw: JupyterLab's front end does, and the log says why."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_output
from playwright.sync_api import Browser, expect

from playbook.server.http.notebooks import Needs
from playbook.server.kernels.fork.snapshots import JUPYTERLAB

from .conftest import Served, eventually, running, write_notebooks
from .test_in_browser import READY, WATCH
from .test_snapshot import prepared

SLIDER = "import ipywidgets\nipywidgets.IntSlider(description='Size', value=3)"
FOR_JUPYTERLAB = f"print('For JupyterLab')\n{SLIDER}"
SHOWN = """
from IPython.display import HTML, Markdown, display
display(HTML("<b>bold</b>"), Markdown("some *prose*"), {"plain": "<text>"})
"""
KNOWN = [
    {"_model_module": "anywidget", "_model_name": "AnyModel"},
    {"_model_module": "@jupyter-widgets/base", "_model_name": "LayoutModel"},
    {"_model_module": "@jupyter-widgets/controls", "_model_name": "HBoxModel"},
]
SLIDER_MODEL = {"_model_module": "@jupyter-widgets/controls", "_model_name": "IntSliderModel"}
VIEW = {"application/vnd.jupyter.widget-view+json": {"model_id": "1"}, "text/plain": "x"}


def output(**data: object) -> NotebookNode:
    named = {name.replace("_", "/", 1): it for name, it in data.items()}
    return new_output("display_data", data=named)


def test_what_ours_draws_needs_no_other_front_end() -> None:
    needs = Needs(lambda: KNOWN)
    assert needs.kind(new_output("display_data", data=VIEW)) == ""
    assert needs.kind(output(text_plain="x", text_html="<b>x</b>")) == "text/html"
    assert needs.kind(output(text_plain="x", image_png="00")) == "image/png"
    assert needs.kind(output(text_plain="x")) == "text/plain"
    assert needs.strange() == []


def test_any_other_widget_or_kind_of_output_is_named() -> None:
    needs = Needs(lambda: [*KNOWN, SLIDER_MODEL])
    chart = {"application/vnd.vegalite.v6+json": {}, "text/plain": "x"}
    assert needs.kind(new_output("display_data", data=chart)) == ""
    assert needs.strange() == [
        "IntSliderModel (@jupyter-widgets/controls)",
        "application/vnd.vegalite.v6+json",
    ]


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(True, marks=pytest.mark.skipif(sys.platform != "linux", reason="no forks")),
        False,
    ],
    ids=["executed ahead", "executed on the spot"],
)
def mixed(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    """A server with a notebook that has a widget of ours and one of ipywidgets'."""
    folder = write_notebooks(tmp_path_factory.mktemp("mixed"))
    add(folder, "04_slider", SLIDER)
    add(folder, "05_shown", SHOWN)
    add(folder, "06_slider", SLIDER)
    home = tmp_path_factory.mktemp("data") / "home"
    with running(home, folder, forking=request.param) as served:
        names = ("04_slider.ipynb", "05_shown.ipynb", "06_slider.ipynb")
        assert not request.param or prepared(served, *names)
        yield served


def add(folder: Path, name: str, code: str) -> None:
    """The sheet of this folder with one more cell, and one for JupyterLab, under another name."""
    notebook = nbformat.read(folder / "01_catalyst.ipynb", as_version=4)
    tagged = new_code_cell(FOR_JUPYTERLAB, metadata={"tags": [JUPYTERLAB]})
    notebook.cells += [new_code_cell(code), tagged]
    nbformat.write(notebook, folder / f"{name}.ipynb")


def told(served: Served, name: str) -> list[str]:
    """What the log says of a notebook."""
    return [line for line in served.log.read_text().splitlines() if name in line]


def test_outputs_without_a_widget_are_in_the_page_before_any_script_runs(mixed: Served) -> None:
    with mixed.owner() as owner:
        page, _ = mixed.open(owner, "05_shown")
    assert '<div class="output"><b>bold</b></div>' in page
    assert "some <em>prose</em>" in page
    assert "<pre>{&#39;plain&#39;: &#39;&lt;text&gt;&#39;}</pre>" in page
    assert "/client.js" in page
    assert "voila.js" not in page
    assert told(mixed, "05_shown") == []


def test_such_a_page_has_of_its_widgets_no_text_and_no_cell_for_jupyterlab(mixed: Served) -> None:
    with mixed.owner() as owner:
        page, _ = mixed.open(owner, "06_slider")
    assert "voila.js" in page
    assert page.count("application/vnd.jupyter.widget-view+json") == 2
    assert "text/plain" not in page
    assert "For JupyterLab" not in page


@pytest.mark.browser
def test_a_slider_is_drawn_beside_our_widget_and_the_log_says_what_it_costs(
    mixed: Served, chromium: Browser
) -> None:
    with chromium.new_context() as context:
        context.add_init_script(WATCH)
        context.request.get(f"{mixed.url}/?token={mixed.token}", max_redirects=0)
        page = context.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda said: said.type == "error" and errors.append(said.text))
        page.goto(f"{mixed.url}/voila/render/04_slider.ipynb")
        slider = page.get_by_role("slider")
        expect(slider).to_have_attribute("aria-valuetext", "3", timeout=READY)
        page.get_by_role("button", name="Count").click()
        expect(page.get_by_text("Clicked 1 times")).to_be_visible()
        expect(page.locator("[data-pb-opening]")).to_have_count(0)
        assert page.locator("#main").count() == 1, "JupyterLab's empty shell wants the same name"
        assert page.evaluate("window.violations") == []
        assert errors == []
    assert len(told(mixed, "04_slider")) == 1
    assert "IntSliderModel (@jupyter-widgets/controls)" in told(mixed, "04_slider")[0]


@pytest.mark.browser
def test_leaving_such_a_page_ends_its_kernel_too(mixed: Served, chromium: Browser) -> None:
    with chromium.new_context() as context, mixed.owner() as owner:
        context.request.get(f"{mixed.url}/?token={mixed.token}", max_redirects=0)
        page = context.new_page()
        with page.expect_websocket() as opened:
            page.goto(f"{mixed.url}/voila/render/04_slider.ipynb")
        kernel = opened.value.url.split("/")[-2]
        expect(page.get_by_role("slider")).to_be_visible(timeout=READY)
        assert owner.get(f"/api/kernels/{kernel}").status_code == 200
        page.goto("about:blank")
        assert eventually(lambda: owner.get(f"/api/kernels/{kernel}").status_code == 404)
