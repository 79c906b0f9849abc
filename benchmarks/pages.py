"""Opening the catalyst sheet and answering it, in a real browser and without one."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, sync_playwright
from playwright.sync_api import Page as Tab

from benchmarks.client import Page, Server
from benchmarks.hosts import Host, cpu_seconds, in_turn, memory_mb, settle
from scripts.browser import find_browser

PATIENCE_MS = 60_000
FLAGS = ("--disable-gpu", "--disable-background-networking", "--disable-component-update")

USABLE = """
const usable = (root) => {
  const found = root.querySelectorAll("textarea:enabled");
  const isPlain = (control) => control.closest("form[method=post]");
  const seen = (control) => control.getClientRects().length && !isPlain(control);
  if ([...found].some(seen)) return true;
  return [...root.querySelectorAll("*")].some((part) => part.shadowRoot && usable(part.shadowRoot));
};
const look = () => {
  const page = document.documentElement;
  if (page && usable(document)) page.dataset.benchUsable = performance.now();
  else requestAnimationFrame(look);
};
requestAnimationFrame(look);
"""
"""The first question wants a text, on every host: looked for in each frame, also where a framework
draws in shadow roots. Ours counts when its hello is answered, not while it is the plain form that
is there before any script."""

LOADED = """() => {
  const files = ["navigation", "resource"].flatMap((type) => performance.getEntriesByType(type));
  return { requests: files.length, bytes: files.reduce((sum, file) => sum + file.transferSize, 0) };
}"""

ROUND_TRIPS = """() => {
  const said = document.querySelector(".verdict-card");
  const head = () => said.querySelector("[role=status]")?.textContent ?? ""; // it may be hidden
  const trips = globalThis.benchTrips = [];
  let clicked = 0, before = head();
  document.addEventListener("click", (event) => { clicked = event.timeStamp; }, true);
  new MutationObserver(() => {
    if (head() === before) return;
    before = head();
    document.documentElement.dataset.benchTrips = trips.push(performance.now() - clicked);
  }).observe(said, { childList: true, subtree: true, characterData: true });
}"""
"""From a click to the changed words of the verdict, in milliseconds."""


@dataclass
class Opened:
    """What opening pages of one host took. Seconds until a control can be used, first visit (empty
    cache) and later visits; CPU seconds of server and kernels a page; MB a page that stays open.
    Kilobytes are those of files: what comes over the websocket isn't in them."""

    first: list[float] = field(default_factory=list)
    later: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    requests: int = 0
    kilobytes: float = 0.0
    kilobytes_later: float = 0.0
    messages: int = 0
    elsewhere: set[str] = field(default_factory=set)
    megabytes: float = 0.0
    trips: list[float] = field(default_factory=list)


@contextmanager
def browser() -> Iterator[Browser]:
    """One Chromium for all hosts."""
    root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        program = find_browser()
        found = playwright.chromium.launch(executable_path=program, args=[*FLAGS, *root])
        yield found
        found.close()


def open_in_browser(
    servers: Mapping[Host, Server], chromium: Browser, visitors: int, trips: int
) -> dict[Host, Opened]:
    """Each visitor opens the sheet twice on every host, the hosts in turn, so that a busy moment
    of the machine hits them alike; all pages stay open to the end."""
    for host, server in servers.items():  # whoever comes first finds nothing loaded
        _open(_visitor(chromium, server), host, server, Opened(), []).context.close()
    opened = {host: Opened() for host in servers}
    empty = {host: memory_mb(server) for host, server in servers.items()}
    tabs: dict[Host, Tab] = {}
    for turn in range(visitors):
        for host, server in in_turn(servers, turn):
            tabs[host] = _visit(chromium, host, server, opened[host])
    for host, server in servers.items():
        opened[host].megabytes = (memory_mb(server) - empty[host]) / (2 * visitors)
        if host.isolated:  # with the playbook's own page
            opened[host].trips = _round_trips(tabs[host], trips)
    for context in chromium.contexts:
        context.close()
    return opened


def _visit(chromium: Browser, host: Host, server: Server, opened: Opened) -> Tab:
    """A first and a later visit of somebody new; the tab of the later one."""
    context = _visitor(chromium, server)
    first = _open(context, host, server, opened, opened.first)
    opened.kilobytes = first.evaluate(LOADED)["bytes"] / 1000
    later = _open(context, host, server, opened, opened.later)
    loaded = later.evaluate(LOADED)
    opened.requests, opened.kilobytes_later = loaded["requests"], loaded["bytes"] / 1000
    return later


def _visitor(chromium: Browser, server: Server) -> BrowserContext:
    """Somebody with an empty cache, signed in by the printed address."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    context.add_init_script(USABLE)
    if server.address != server.base:
        context.request.get(server.address, max_redirects=0)
    return context


def _open(
    context: BrowserContext, host: Host, server: Server, opened: Opened, seconds: list[float]
) -> Tab:
    """Open the sheet in a new tab, note what it took, and wait until all is quiet again."""
    tab = context.new_page()
    frames = Counter[str]()
    count = partial(frames.update, ["received"])
    tab.on("websocket", lambda socket: socket.on("framereceived", lambda _: count()))
    tab.on("request", lambda request: opened.elsewhere.update(_elsewhere(request.url, server)))
    used = cpu_seconds(server)
    tab.goto(server.base + host.page, wait_until="commit")
    tab.wait_for_selector("html[data-bench-usable]", state="attached", timeout=PATIENCE_MS)
    opened.messages = frames["received"]
    seconds.append(float(tab.evaluate("document.documentElement.dataset.benchUsable")) / 1000)
    settle(server)
    opened.cpu.append(cpu_seconds(server) - used)
    return tab


def _elsewhere(url: str, server: Server) -> set[str]:
    """The host that a request goes to, if it is another than the server."""
    place = urlsplit(url)
    asked = {place.netloc} if place.scheme in ("http", "https") else set()
    return asked - {urlsplit(server.base).netloc}


def _round_trips(tab: Tab, count: int) -> list[float]:
    """Answer a question with no and yes in turn; the verdict stops at each no."""
    tab.evaluate(ROUND_TRIPS)
    for done in range(count):
        answer = ("no", "yes")[done % 2]
        tab.locator(f'[data-field$="/breaks"] label:has(input[value="{answer}"])').click()
        told = f'html[data-bench-trips="{done + 1}"]'
        tab.wait_for_selector(told, state="attached", timeout=PATIENCE_MS)
    found: list[float] = tab.evaluate("benchTrips")
    return found


@dataclass
class Light:
    """Without a browser: seconds until the server answers, from asking for the page to the first
    state; milliseconds from an operation to its acknowledgement."""

    start: float = 0.0
    opens: list[float] = field(default_factory=list)
    acks: list[float] = field(default_factory=list)


def open_light(servers: Mapping[Host, Server], opens: int, acks: int) -> dict[Host, Light]:
    """Open the sheet so often on every host, the hosts in turn, and answer in each one's last."""
    light = {host: Light(server.seconds_to_start) for host, server in servers.items()}
    for turn in range(opens):
        for host, server in in_turn(servers, turn):
            began = time.perf_counter()
            page = Page(server)
            page.hello()
            light[host].opens.append(time.perf_counter() - began)
            settle(server)
            if turn == opens - 1:
                light[host].acks = _acks(page, acks)
            page.close()
    return light


def _acks(page: Page, count: int) -> list[float]:
    made = page.op("add_row", table="candidates")
    (row,) = made["state"]["rows"]["candidates"]
    taken = []
    for revision in range(count):
        answer = ("no", "yes")[revision % 2]
        began = time.perf_counter()
        ack = page.op("set", field=f"candidates/{row}/breaks", value=answer, base_rev=revision)
        taken.append((time.perf_counter() - began) * 1000)
        assert ack["status"] == "saved", ack
    return taken
