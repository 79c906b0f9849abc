"""What every test gets: a data folder of its own, and a failure when a traceback was logged."""

from __future__ import annotations

import gc
import logging
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

from tests.depth import DEEP, SOAK

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from playbook.framework import Framework
    from playbook.model import Sheet

settings.load_profile("deep" if DEEP else "fast")
gc.disable()  # until all tests are read: nothing of them is garbage

PATIENCE_MS = 60_000
"""A page starts a kernel, and this machine may have two cores and four things to do."""

CHROMIUM_FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--host-resolver-rules=MAP *.test 127.0.0.1",  # names that are not this machine's own
    "--no-first-run",
)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if "browser" in item.path.parent.parts:
            item.add_marker("browser")
    if not SOAK:
        left = [item for item in items if item.get_closest_marker("soak")]
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if item not in left]
    # What takes minutes begins first, so that the other worker is not done long before it.
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


def pytest_collection_finish() -> None:
    """What was read stays: who collects garbage needs never look through it again."""
    gc.freeze()
    gc.enable()


@pytest.fixture(autouse=True)
def playbook_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder for this test (for wider fixtures, /conftest.py gives the run one)."""
    home = tmp_path / "playbook-home"
    monkeypatch.setenv("PLAYBOOK_HOME", str(home))
    return home


@pytest.fixture
def searches_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody else's search for groups ends this test's, or has it wait for its turn."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)


@pytest.fixture(autouse=True)
def logged_tracebacks() -> Iterator[list[str]]:
    """Fail the test when something was logged with a traceback: most likely an error swallowed.

    A test that means to cause one asks for this list, checks it and clears it.
    """
    seen: list[str] = []
    make_record = logging.getLogRecordFactory()

    def watch(*args: Any, **kwargs: Any) -> logging.LogRecord:
        record = make_record(*args, **kwargs)
        if record.exc_info and record.exc_info[0]:
            seen.append(f"{record.name}: {record.getMessage()} ({record.exc_info[1]!r})")
        return record

    logging.setLogRecordFactory(watch)  # a handler would miss loggers that don't propagate
    yield seen
    logging.setLogRecordFactory(make_record)
    assert not seen, "logged with a traceback: " + "; ".join(seen)


@pytest.fixture(scope="session")
def framework() -> Framework:
    from playbook.framework import load_framework

    return load_framework()


@pytest.fixture(scope="session")
def catalyst(framework: Framework) -> Sheet:
    return framework.sheets["catalyst"]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The one Chromium of this run (Playwright's sync API allows one at a time)."""
    from playwright.sync_api import expect, sync_playwright

    from scripts.browser import HEADLESS, find_browser

    expect.set_options(timeout=PATIENCE_MS)  # one for the process: the last that is set counts
    root = ["--no-sandbox"] if os.geteuid() == 0 else []  # Chromium refuses root otherwise
    with sync_playwright() as playwright:
        program = find_browser(HEADLESS)
        browser = playwright.chromium.launch(executable_path=program, args=[*CHROMIUM_FLAGS, *root])
        yield browser
        browser.close()
