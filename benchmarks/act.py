"""The pages of Act with a year of a large pilot in them, beside the catalyst sheet."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser

from benchmarks import pages, pilot_year
from benchmarks.client import Page, Server
from benchmarks.hosts import settle
from benchmarks.results import BenchmarkResult, Limit, Series, ratio, table
from playbook.framework import load_framework
from playbook.store import open_store
from playbook.store.paths import database_path

SHARE = 1.3
"""So many times as long as the catalyst sheet may a page take."""

USABLE = "html[data-bench-usable]"
WEEKLY = "weekly"
CATALYST = "catalyst"
CHANGED = {
    CATALYST: "candidates//breaks",
    "focus": "judged",
    "practices": "known_work",
    "connect": "brokered",
    "obstacles": "waits",
    "act_gate": "cells",
}
"""The question of each sheet that is answered with no and yes in turn."""

TEXT = f"""\
{pilot_year.WEEKS} weeks of {pilot_year.GROUPS} groups with {pilot_year.PEOPLE} people each: nine
practices with a check-in a week in each group, {pilot_year.MEASURES} measures as figures of the
whole and of each group, a tree of {pilot_year.METRICS} metrics, and as many hours, connections,
obstacles, ideas and reflections as the sheets take. The catalyst sheet has the example’s reasons.
Opens: in Chromium, from the start of the navigation until the first control can be used, the pages
in turn. Answers: without a browser, from a change to its acknowledgement, one after the other, so
that what the one before brought about is waited for; on the weekly page from the choice of another
group to all that is said of it."""

READY = """
const seen = (one) => one.getClientRects().length && !one.closest("form[method=post]");
const ready = () => {
  const found = [...document.querySelectorAll("textarea:enabled, input:enabled, .weekly .part")];
  if (found.some(seen)) document.documentElement.dataset.benchUsable = performance.now();
  else requestAnimationFrame(ready);
};
requestAnimationFrame(ready);
"""
"""The first control of a form, or the weekly page's parts. The plain form does not count."""


def measure(opens: int, answers: int) -> BenchmarkResult:
    """Every page opened and answered so often, and what that may take beside the catalyst sheet."""
    framework = load_framework()
    stage = next(one for one in framework.stages if one.id == "act")
    notebooks = {name: framework.sheets[name].notebook for name in CHANGED}
    if stage.page:
        notebooks[WEEKLY] = stage.page.notebook
    with TemporaryDirectory() as folder:
        home = Path(folder, "home")
        store = open_store(database_path(home))
        ids = pilot_year.write_year(store, framework)
        store.close()
        with Server(home) as server, pages.browser() as chromium:
            settle(server)
            opened = _opened(server, chromium, notebooks, opens)
            answered = {
                name: _answered(server, notebooks[name], name, ids, answers) for name in notebooks
            }
    rows = [
        (
            name,
            *(Series.of(opened[name]).spread(), ratio(opened[name], opened[CATALYST])),
            *(Series.of(answered[name]).tail(), ratio(answered[name], answered[CATALYST])),
        )
        for name in notebooks
    ]
    heads = ("Page", "opens, s (least / median / most)", "times the catalyst sheet")
    told = table((*heads, "answers, ms (p50 / p95)", "times the catalyst sheet"), rows)
    return BenchmarkResult([("A year of a pilot", f"{TEXT}\n\n{told}")], limits(opened, answered))


def limits(
    opened: Mapping[str, Sequence[float]], answered: Mapping[str, Sequence[float]]
) -> list[Limit]:
    """No page opens or answers much slower than the catalyst sheet."""
    found = []
    for what, taken in (("opens", opened), ("answers", answered)):
        of = Series.of(taken[CATALYST]).median
        for name in taken.keys() - {CATALYST}:
            middle = Series.of(taken[name]).median
            found.append(Limit.share(f"{name} {what}, against {CATALYST}", middle, of, SHARE))
    return sorted(found, key=lambda limit: limit.what)


def _opened(
    server: Server, chromium: Browser, notebooks: Mapping[str, str], times: int
) -> dict[str, list[float]]:
    """Seconds until each page can be used, the pages in turn; a first round is not counted."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    context.add_init_script(READY)
    context.request.get(server.address, max_redirects=0)
    taken: dict[str, list[float]] = {name: [] for name in notebooks}
    for turn in range(times + 1):
        for name, notebook in notebooks.items():
            tab = context.new_page()
            tab.goto(f"{server.base}/voila/render/{notebook}", wait_until="commit")
            tab.wait_for_selector(
                "html[data-bench-usable]", state="attached", timeout=pages.PATIENCE_MS
            )
            if turn:
                ready = tab.evaluate("document.documentElement.dataset.benchUsable")
                taken[name].append(float(ready) / 1000)
            tab.close()
            settle(server)
    context.close()
    return taken


def _answered(
    server: Server, notebook: str, name: str, ids: Mapping[str, str], times: int
) -> list[float]:
    """Milliseconds of so many answers."""
    page = Page(server, notebook)
    ask = _weekly(page) if name == WEEKLY else _sheet(page, CHANGED[name], ids[name])
    taken = []
    for turn in range(times + 1):
        began = time.perf_counter()
        next(ask)
        if turn:
            taken.append((time.perf_counter() - began) * 1000)
    page.close()
    settle(server)
    return taken


def _sheet(page: Page, question: str, worksheet: str) -> Iterator[None]:
    state = page.hello(worksheet=worksheet)
    if "//" in question:
        table_id, _, name = question.partition("//")
        question = f"{table_id}/{state['rows'][table_id][0]}/{name}"
    revision = state["fields"].get(question, {}).get("rev", 0)
    before = state["fields"].get(question, {}).get("value")
    for answer in cycle(("yes", "no") if before == "no" else ("no", "yes")):
        ack = page.op("set", field=question, value=answer, base_rev=revision)
        if ack["status"] != "saved":
            raise RuntimeError(f"{question} was not saved, but {ack['status']}")
        revision += 1
        yield


def _weekly(page: Page) -> Iterator[None]:
    page.send({"type": "hello", "page": {"host": "127.0.0.1", "app": "voila"}}, to="Weekly")
    page.receive(of="Weekly")
    for group in cycle(range(1, pilot_year.GROUPS + 1)):
        page.send({"type": "look", "group": f"Group {group}"}, to="Weekly")
        page.receive(of="Weekly")
        yield
