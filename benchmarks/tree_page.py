"""A large metric tree on its page: what the browser's main thread does for a key and for a drag."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from playwright.sync_api import CDPSession, expect
from playwright.sync_api import Page as Tab

from benchmarks.client import Server
from benchmarks.pages import PATIENCE_MS, browser
from playbook.framework import load_framework
from playbook.model.storage import Operation, Set
from playbook.store import open_store
from playbook.store.paths import database_path

SHEET = "metric_tree"
STEP_PX, STEPS = 4, 10  # to and fro
QUIET_MS = 2_000
FRAME = "() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))"
"""Once what was done is on screen."""

Rows = dict[str, dict[str, str]]
Times = dict[str, list[float]]
"""What was done -> the seconds of the main thread for each time."""

TYPED, DRAGGED, WALKED = "a key in a name", "a frame of a drag", "an arrow key in the picture"


def measure(rows: Rows, times: int) -> Times:
    """Type, drag and walk in a tree of `rows`, so often each, under `playbook serve`."""
    with TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        worksheet = _kept(home, rows)
        with Server(home) as server, _opened(server, worksheet) as tab:
            return _used(tab, times)


def _kept(home: Path, rows: Rows) -> str:
    """A worksheet with this tree in the server's store; its id."""
    home.mkdir(parents=True)
    store = open_store(database_path(home))
    info = store.create(SHEET, "A large tree")
    fields: dict[str, str | float] = {f"nodes/{row}": float(n) for n, row in enumerate(rows, 1)}
    for row, answers in rows.items():
        fields |= {f"nodes/{row}/{question}": value for question, value in answers.items()}
    sets = tuple(Set(field, value, None) for field, value in fields.items())
    store.commit(info.id, Operation(str(uuid4()), "bench", "set", 1, sets))
    store.close()
    return info.id


@contextmanager
def _opened(server: Server, worksheet: str) -> Iterator[Tab]:
    """The tree's page, its picture in sight."""
    sheet, words = load_framework().sheets[SHEET], load_framework().words
    with browser() as chromium:
        context = chromium.new_context(viewport={"width": 1280, "height": 900})
        context.request.get(server.address, max_redirects=0)
        tab = context.new_page()
        tab.set_default_timeout(PATIENCE_MS)
        tab.goto(f"{server.base}/voila/render/{sheet.notebook}?worksheet={worksheet}")
        tab.locator("[data-section=tree] > summary").click()
        tab.get_by_role("button", name=words.text("tree.picture"), exact=True).click()
        tab.get_by_role("treeitem").first.click()
        expect(tab.get_by_role("treeitem").first).to_be_focused()
        yield tab


def _used(tab: Tab, times: int) -> Times:
    line = tab.context.new_cdp_session(tab)
    line.send("Performance.enable")
    keyboard, mouse = tab.keyboard, tab.mouse
    walked = [_busy(tab, line, lambda: keyboard.press("ArrowDown")) for _ in range(times)]
    name = tab.locator('[data-section=tree] [data-field$="/name"] textarea')
    name.focus()
    typed = [_busy(tab, line, lambda: keyboard.type("x")) for _ in range(times)]
    _settled(tab)
    x, y = _middle(tab, "[role=treeitem][aria-selected=true]")
    mouse.move(x, y)
    mouse.down()
    x, y = _middle(tab, ".tree-board")  # near its edge the board scrolls, which is another matter
    mouse.move(x, y, steps=STEPS)
    tab.wait_for_timeout(QUIET_MS)
    along = [x + STEP_PX * (at % STEPS) for at in range(times)]
    dragged = [_busy(tab, line, partial(mouse.move, at, y)) for at in along]
    keyboard.press("Escape")
    mouse.up()
    return {TYPED: typed, DRAGGED: dragged, WALKED: walked}


def _middle(tab: Tab, place: str) -> tuple[float, float]:
    box = tab.locator(place).bounding_box()
    assert box, f"{place} is in sight"
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def _settled(tab: Tab) -> None:
    """Wait until what was typed is saved, and what follows from it is shown."""
    said = load_framework().words.text("form.save_saved", time="").strip()
    expect(tab.locator("[data-pb-save]")).to_contain_text(said)
    tab.wait_for_timeout(QUIET_MS)


def _busy(tab: Tab, line: CDPSession, act: Callable[[], None]) -> float:
    """The seconds that the main thread works until what `act` did is on screen."""
    before = _worked(line)
    act()
    tab.evaluate(FRAME)
    return _worked(line) - before


def _worked(line: CDPSession) -> float:
    told = line.send("Performance.getMetrics")["metrics"]
    return next(float(it["value"]) for it in told if it["name"] == "TaskDuration")
