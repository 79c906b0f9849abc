"""One visitor at a time: opening the catalyst sheet and answering it, in a browser and without."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks import pages, phones
from benchmarks.hosts import (
    OURS,
    PANEL,
    PLAIN,
    PLAIN_PAGE,
    PREHEATED,
    SOLARA,
    STREAMLIT,
    Host,
    all_running,
    peers,
)
from benchmarks.results import BenchmarkResult, Limit, Series, figure, ratio, table

VOILA = (OURS, PLAIN, PLAIN_PAGE, PREHEATED)
PANEL_SHARE = 0.7
PHONES = (OURS, PANEL, STREAMLIT, SOLARA)

OPENING = """\
Seconds from the start of the navigation until the form's first control can be used (ours: its hello
is answered). First visit: empty browser cache; later visit: the same browser again. CPU is that of
server and kernels until all is quiet again, so the next waiting kernel is counted in. MB a page is
what the memory of server and kernels grew by (PSS), divided by the pages that are open. Ours and
plain Voila give each page a process of its own; Panel, Solara and Streamlit serve all of them from
one process, which takes less memory and isolates nobody. Every host has had one visitor before.
On a later visit to ours a service worker hands the document on, and the browser then counts it
unpacked; on the wire it is what the rows of a phone say."""
LIGHT = """\
From asking for the page to the worksheet's first state over the websocket: the server's share, with
no browser's work in it. One visitor at a time, the hosts in turn. Start: from the command until
the server answers."""
TRIPS = """\
Milliseconds. Verdict: from a click in the browser to the changed words of the verdict.
Acknowledged: from an operation to its acknowledgement, after the commit (light client)."""


def measure(visitors: int, on_phones: int, trips: int, opens: int, acks: int) -> BenchmarkResult:
    """Every host in turn: `visitors` with two visits each and `trips` clicks in a browser, so many
    `on_phones`, then `opens` pages and `acks` answers without one."""
    with all_running((*VOILA, *peers())) as servers, pages.browser() as chromium:
        opened = pages.open_in_browser(servers, chromium, visitors, trips)
        opening = f"{OPENING} Chromium {chromium.version}."
        asked = {host: server for host, server in servers.items() if host in PHONES}
        phoned = phones.open_on_phones(asked, chromium, on_phones)
    with all_running(VOILA) as servers:
        light = pages.open_light(servers, opens, acks)
    texts = [
        ("In a browser", f"{opening}\n\n{opening_table(opened)}"),
        ("On a phone", phones.phones_text(phoned)),
        ("Without a browser", f"{LIGHT}\n\n{light_table(light)}"),
        ("From an answer to what it means", f"{TRIPS}\n\n{trips_table(opened, light)}"),
    ]
    return BenchmarkResult(texts, [*limits(opened), *phones.phone_limits(phoned, OURS)])


def limits(opened: dict[Host, pages.Opened]) -> list[Limit]:
    """Faster than all peers, by far than Panel, for no more CPU; and nobody else asked."""
    elsewhere = sorted(opened[OURS].elsewhere)
    nobody = Limit(
        "other hosts asked by our page", ", ".join(elsewhere) or "none", "none", not elsewhere
    )
    shares = ((SOLARA, 1.0), (STREAMLIT, 1.0), (PANEL, PANEL_SHARE))
    faster = (limit for peer, share in shares for limit in _against(opened, peer, share))
    return [nobody, *faster, _cpu(opened)]


def _cpu(opened: dict[Host, pages.Opened]) -> Limit:
    what = f"CPU of server and kernels a page, against {PANEL.name}"
    if PANEL not in opened:
        return Limit.unmeasured(what, f"{PANEL.name} is not installed")
    ours, theirs = (Series.of(opened[it].cpu).median for it in (OURS, PANEL))
    return Limit.share(what, ours, theirs, 1.0)


def _against(opened: dict[Host, pages.Opened], peer: Host, share: float) -> list[Limit]:
    found = []
    for visit in ("first", "later"):
        what = f"a {visit} visit in the browser, against {peer.name}"
        if peer in opened:
            ours, theirs = (Series.of(getattr(opened[it], visit)).median for it in (OURS, peer))
            found.append(Limit.share(what, ours, theirs, share))
        else:
            found.append(Limit.unmeasured(what, f"{peer.name} is not installed"))
    return found


def opening_table(opened: dict[Host, pages.Opened]) -> str:
    """One line a host, and the ratio of each to ours."""
    heads = (
        *("Host", "first visit, s (least / median / most)", "later visit, s", "CPU s a page"),
        *("MB a page", "requests", "kB first / later", "messages"),
    )
    ratios = (*("Times as much as ours", "first visit", "later visit"), "CPU", "MB")
    lines = [_opening_line(host.name, it) for host, it in opened.items()]
    others = [_opening_ratios(host.name, it, opened[OURS]) for host, it in opened.items()][1:]
    return f"{table(heads, lines)}\n\n{table(ratios, others)}"


def _opening_line(name: str, it: pages.Opened) -> tuple[str, ...]:
    return (
        name,
        Series.of(it.first).spread(),
        Series.of(it.later).spread(),
        Series.of(it.cpu).spread(),
        figure(it.megabytes),
        str(it.requests),
        f"{figure(it.kilobytes)} / {figure(it.kilobytes_later)}",
        str(it.messages),
    )


def _opening_ratios(name: str, it: pages.Opened, ours: pages.Opened) -> tuple[str, ...]:
    pairs: Sequence[tuple[list[float], list[float]]]
    pairs = ((it.first, ours.first), (it.later, ours.later), (it.cpu, ours.cpu))
    return (name, *(ratio(*pair) for pair in pairs), ratio([it.megabytes], [ours.megabytes]))


def light_table(light: dict[Host, pages.Light]) -> str:
    """One line a host: p50, p95, and the ratio to ours."""
    ours = light[OURS].opens
    heads = ("Host", "s (p50 / p95)", "s (least / median / most)", "times ours", "start, s")
    return table(
        heads,
        [
            (host.name, series.tail(), series.spread(), ratio(it.opens, ours), figure(it.start))
            for host, it in light.items()
            for series in [Series.of(it.opens)]
        ],
    )


def trips_table(opened: dict[Host, pages.Opened], light: dict[Host, pages.Light]) -> str:
    """One line a host: verdict and acknowledgement, p50, p95, and the ratio to ours."""
    ours_seen, ours_acked = opened[OURS].trips, light[OURS].acks
    heads = ("Host", "verdict, p50 / p95", "times ours", "acknowledged, p50 / p95", "times ours")
    return table(
        heads,
        [
            (
                host.name,
                Series.of(opened[host].trips).tail(),
                ratio(opened[host].trips, ours_seen),
                Series.of(light[host].acks).tail(),
                ratio(light[host].acks, ours_acked),
            )
            for host in light
        ],
    )
