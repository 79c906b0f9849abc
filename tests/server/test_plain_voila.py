"""The same notebooks under plain `voila`, with our template installed the way the wheel does it."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, expect

from playbook.model.resources import look_dir, template_dir

from .conftest import eventually

pytestmark = pytest.mark.soak  # tests/browser/test_plain_voila.py shows our notebooks in every run

READY = 60_000  # milliseconds


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Jupyter data folder that holds the template."""
    data = tmp_path_factory.mktemp("share")
    template = data / "voila" / "templates" / "playbook"
    shutil.copytree(template_dir(), template)
    shutil.copytree(look_dir(), template / "look", dirs_exist_ok=True)
    return data


@pytest.fixture(scope="module")
def plain(installed: Path, notebooks: Path) -> Iterator[str]:
    """The address of `voila notebooks/`, with no word about templates."""
    with voila(installed, notebooks) as url:
        yield url


@pytest.fixture(scope="module")
def themed(installed: Path, notebooks: Path) -> Iterator[str]:
    """The address of a Voila that uses our template for lists and errors too."""
    with voila(installed, notebooks, "--template=playbook") as url:
        yield url


@contextmanager
def voila(data: Path, notebooks: Path, *options: str) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    where = [str(notebooks), "--no-browser", f"--port={port}", "--Voila.ip=127.0.0.1"]
    with subprocess.Popen(
        [sys.executable, "-m", "voila", *where, *options],
        env={**os.environ, "JUPYTER_PATH": str(data)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            url = f"http://127.0.0.1:{port}"
            assert eventually(lambda: answers(url))
            yield url
        finally:
            process.terminate()
            process.wait(timeout=60)


def get(url: str) -> httpx.Response:
    return httpx.get(url, timeout=60)


def answers(url: str) -> bool:
    try:
        return get(f"{url}/voila/static/voila.js").status_code == 200
    except httpx.TransportError:
        return False


def test_a_notebook_chooses_our_template_by_its_metadata(plain):
    assert '<body class="pb page"' in get(f"{plain}/voila/render/00_home.ipynb").text
    assert "jp-Notebook" in get(f"{plain}/voila/render/00_home.ipynb?template=lab").text


@pytest.mark.parametrize("path", ["/", "/voila/render/none.ipynb", "/voila/render/00_home.ipynb"])
def test_list_error_and_page_have_our_look_and_ask_no_other_host(themed, path):
    html = get(themed + path).text
    assert '<html lang="en">' in html
    assert '<main id="main"' in html
    assert "--brand: light-dark(" in html
    named = set(re.findall(r"https?://[\w.-]+", html))
    assert named <= {"http://www.w3.org"}, "the icon's namespace, which nobody fetches"


def test_the_list_leads_to_every_notebook(themed, notebooks):
    listed = re.findall(r'href="/voila/render/([\w.]+)"', get(themed).text)
    assert sorted(listed) == sorted(path.name for path in notebooks.glob("*.ipynb"))


@pytest.mark.browser
def test_a_click_changes_something_and_no_other_host_is_asked(plain, chromium: Browser):
    with chromium.new_context() as context:
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{plain}/voila/render/00_home.ipynb?token=removed")
        page.get_by_role("button", name="Count").click(timeout=READY)
        expect(page.get_by_text("Clicked 1 times")).to_be_visible()
        assert page.url == f"{plain}/voila/render/00_home.ipynb"
        expect(page.locator("[data-pb-opening]")).to_have_count(0)
        assert all(url.startswith((plain, f"blob:{plain}")) for url in asked)
        assert not any("pygments" in url for url in asked)
