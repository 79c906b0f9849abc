"""Opening the sheet on a phone: a slow processor, a slow network, a screen for one hand."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from playwright.sync_api import Browser, BrowserContext
from playwright.sync_api import Page as Tab

from benchmarks.client import Server
from benchmarks.hosts import Host, in_turn, settle
from benchmarks.pages import LOADED, USABLE
from benchmarks.results import Limit, Series, figure, table
from playbook.framework import load_framework

SLOWER = 4
"""Times that a phone's processor is slower than this machine's."""
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
BITS = 8
PATIENCE_MS = 240_000
"""Some megabytes take minutes at 400 kbit/s."""
FIRST_KB, LATER_KB = 160, 15

READABLE = """
const question = %s;
const shows = (root) => {
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  for (let at = texts.nextNode(); at; at = texts.nextNode()) {
    if (at.shadowRoot && shows(at.shadowRoot)) return true;
    const told = at.nodeType === Node.TEXT_NODE && at.textContent.includes(question);
    if (told && at.parentElement?.getClientRects().length) return true;
  }
  return false;
};
const read = () => {
  const page = document.documentElement;
  if (document.body && shows(document.body)) page.dataset.benchReadable = performance.now();
  else setTimeout(read, 50);
};
read();
"""
"""The first question can be read: looked for twenty times a second, in shadow roots too."""

TEXT = f"""\
The processor {SLOWER} times slower, the network as named, as DevTools emulates both: each answer
begins so much later and comes at that rate, but connecting costs nothing. Readable: the first
question is on the screen. Usable, visits and kB are as above. Service workers are left out here,
for the emulation does not reach what they fetch. Peers have one visitor each: a first visit to one
takes more than a minute on the slower network."""


class Network(NamedTuple):
    """A network by its rate (bits a second, both ways) and its delay (ms); how fast ours must be:
    seconds until the first question can be read, and the sheet used, first and later."""

    name: str
    rate: int
    delay: int
    readable: float | None
    first: float
    later: float | None


NETWORKS = (
    Network("1.6 Mbit/s, 150 ms", 1_600_000, 150, readable=1.5, first=2.5, later=1.5),
    Network("400 kbit/s, 400 ms", 400_000, 400, readable=None, first=6.0, later=None),
)


@dataclass
class Phone:
    """What opening pages of one host took on one network, a value a visit: seconds until a control
    can be used and until the question can be read; kilobytes of files."""

    first: list[float] = field(default_factory=list)
    later: list[float] = field(default_factory=list)
    readable: list[float] = field(default_factory=list)
    readable_later: list[float] = field(default_factory=list)
    kilobytes: float = 0.0
    kilobytes_later: float = 0.0


Phones = Mapping[Network, Mapping[Host, Phone]]


def open_on_phones(servers: Mapping[Host, Server], chromium: Browser, visitors: int) -> Phones:
    """So many visitors with two visits each to ours on every network, one to each peer."""
    found = {network: {host: Phone() for host in servers} for network in NETWORKS}
    ours = {host: server for host, server in servers.items() if host.isolated}
    for network, turn in _turns(visitors):
        for host, server in in_turn(ours if turn else servers, turn):
            context = _visitor(chromium, server)
            it = found[network][host]
            it.kilobytes = _open(context, host, server, network, it.first, it.readable)
            it.kilobytes_later = _open(context, host, server, network, it.later, it.readable_later)
            context.close()
            settle(server)
    return found


def _turns(visitors: int) -> Iterator[tuple[Network, int]]:
    return ((network, turn) for turn in range(visitors) for network in NETWORKS)


def _visitor(chromium: Browser, server: Server) -> BrowserContext:
    context = chromium.new_context(**PHONE, service_workers="block")  # type: ignore[arg-type]
    context.add_init_script(USABLE)
    first = load_framework().sheets["catalyst"].sections[0].questions[0]
    context.add_init_script(READABLE % json.dumps(first.text))
    if server.address != server.base:
        context.request.get(server.address, max_redirects=0)
    return context


def _open(
    context: BrowserContext,
    host: Host,
    server: Server,
    network: Network,
    usable: list[float],
    readable: list[float],
) -> float:
    """Open the sheet in a new tab and note what it took; the kilobytes of its files."""
    tab = context.new_page()
    _slow_down(tab, network)
    tab.goto(server.base + host.page, wait_until="commit", timeout=PATIENCE_MS)
    for mark, seconds in (("Usable", usable), ("Readable", readable)):
        told = f"html[data-bench-{mark.lower()}]"
        tab.wait_for_selector(told, state="attached", timeout=PATIENCE_MS)
        at = tab.evaluate(f"document.documentElement.dataset.bench{mark}")
        seconds.append(float(at) / 1000)
    size = float(tab.evaluate(LOADED)["bytes"]) / 1000
    tab.close()
    return size


def _slow_down(tab: Tab, network: Network) -> None:
    devtools = tab.context.new_cdp_session(tab)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    rate = network.rate / BITS
    speed = {"downloadThroughput": rate, "uploadThroughput": rate, "latency": network.delay}
    devtools.send("Network.enable")
    devtools.send("Network.emulateNetworkConditions", {"offline": False, **speed})


def phones_text(phones: Phones) -> str:
    """A table a network, one line a host."""
    heads = (
        *("Host", "readable first, s", "usable first, s (least / median / most)"),
        *("readable later, s", "usable later, s", "kB first / later"),
    )
    tables = [
        f"{network.name}\n\n{table(heads, [_line(host.name, it) for host, it in hosts.items()])}"
        for network, hosts in phones.items()
    ]
    return "\n\n".join([TEXT, *tables])


def _line(name: str, it: Phone) -> tuple[str, ...]:
    return (
        name,
        figure(Series.of(it.readable).median),
        Series.of(it.first).spread(),
        figure(Series.of(it.readable_later).median),
        Series.of(it.later).spread(),
        f"{figure(it.kilobytes)} / {figure(it.kilobytes_later)}",
    )


def phone_limits(phones: Phones, ours: Host) -> list[Limit]:
    """How fast ours is on each network, and how much it loads."""
    limits = []
    for network, hosts in phones.items():
        it, on = hosts[ours], f"on a phone at {network.name}"
        promised = (
            (f"first question readable {on}", it.readable, network.readable),
            (f"a first visit {on}", it.first, network.first),
            (f"a later visit {on}", it.later, network.later),
        )
        for what, seconds, most in promised:
            if most is not None:
                limits.append(Limit.below(what, Series.of(seconds).median, most))
        limits.append(Limit.below(f"files of a first visit {on}", it.kilobytes, FIRST_KB, "kB"))
        limits.append(
            Limit.below(f"files of a later visit {on}", it.kilobytes_later, LATER_KB, "kB")
        )
    return limits
