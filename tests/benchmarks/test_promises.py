"""The limits of each part: which figures they are taken from, and when they are broken."""

import argparse
import ast
import re
import sys

import pytest

from benchmarks import __main__ as bench
from benchmarks import cohorts, filling, opening, phones, reveal, trips
from benchmarks.client import ROOT
from benchmarks.cohorts import Arrived, Pattern
from benchmarks.hosts import (
    CROWDED,
    IN_CLASS,
    OURS,
    PANEL,
    PLAIN,
    PREHEATED,
    SOLARA,
    STREAMLIT,
    WEAK,
    cpu_seconds,
    peers,
)
from benchmarks.load import Tally
from benchmarks.pages import Opened
from benchmarks.results import BenchmarkResult, Limit
from benchmarks.visitors import Ours

FIRST, CLASS = Pattern(30, 30), Pattern(60, 60)


def arrived(ready=0.1, cpu=0.3, megabytes=13.0, failed=()):
    return Arrived([ready] * 60, list(failed), cpu, megabytes, 0.05)


def broken(limits):
    return [limit.what for limit in limits if limit.holds is False]


def cohort(**ours):
    theirs = {CROWDED: arrived(cpu=0.9), PANEL: arrived(0.1, 0.1, 1.0)}
    return {
        FIRST: {IN_CLASS: arrived(cpu=ours.get("cpu", 0.2)), WEAK: arrived(cpu=3.0), **theirs},
        CLASS: {IN_CLASS: arrived(**ours), **theirs},
    }


@pytest.mark.parametrize(
    ("ours", "expected"),
    [
        ({}, []),
        ({"ready": 0.18}, ["60 visitors in 60 s: ready, p95"]),
        ({"cpu": 0.31}, ["strongest", "stock"]),  # 3 x 0.31 > 0.9 and 15 x 0.31 > 3
        ({"cpu": 0.25}, ["stock"]),  # 3 x 0.25 < 0.9 and 15 x 0.25 > 3
        ({"megabytes": 15}, ["memory"]),
        ({"failed": ["TimeoutError: 60 s"]}, ["left out"]),
    ],
)
def test_a_class_that_comes_in_breaks_its_own_limit_and_no_other(ours, expected):
    found = broken(cohorts.limits(cohort(**ours)))
    assert len(found) == len(expected)
    assert all(part in what for part, what in zip(expected, found, strict=True))


def test_the_table_of_a_class_says_who_has_a_process_of_their_own_and_what_went_wrong():
    hosts = {IN_CLASS: arrived(), PANEL: arrived(failed=["TimeoutError: too\nlong"] * 2)}
    told = cohorts.pattern_table(hosts)
    assert re.search(r"\| `playbook serve --cohort` \| 0\.100 / .* \| yes \|", told)
    assert re.search(r"\| Panel \| .* \| 2 \| .* \| no \|", told)
    assert told.endswith("Panel, failed: TimeoutError: too long.")


@pytest.mark.parametrize(
    ("one_more", "holds"),
    [
        (Tally([], ["HTTPStatusError: Server error '503 Service Unavailable' for url"]), True),
        (Tally([], ["HTTPStatusError: Server error '500 Internal Server Error' for url"]), False),
        (Tally([0.2], []), False),
    ],
)
def test_whoever_comes_to_a_full_server_is_told_to_wait_or_a_limit_is_broken(one_more, holds):
    assert cohorts.turned_away(one_more).holds is holds


def test_a_host_that_let_nobody_in_has_a_line_without_figures():
    told = cohorts.pattern_table({OURS: Arrived([], ["no"], 0.1, 1.0, 0.1)})
    assert "| `playbook serve` |  | 1 |" in told


def opened(first, later, cpu=0.1):
    return Opened(first=[first] * 3, later=[later] * 3, cpu=[cpu], megabytes=1.0)


def test_a_visit_is_held_against_each_peer_first_and_later():
    hosts = {
        OURS: opened(1.0, 1.0),
        PANEL: opened(1.5, 1.4),  # 0.67 and 0.71 times
        SOLARA: opened(1.1, 0.9),
        STREAMLIT: opened(2.0, 2.0),
    }
    found = broken(opening.limits(hosts))
    assert found == [
        "a later visit in the browser, against Solara",
        "a later visit in the browser, against Panel",
    ]


def test_a_page_may_take_no_more_of_the_server_than_panels():
    for ours, holds in ((0.2, True), (0.21, False)):
        hosts = {OURS: opened(0.1, 0.1, ours), PANEL: opened(1.0, 1.0, 0.2)}
        limit = opening.limits(hosts)[-1]
        assert limit.what.startswith("CPU of server and kernels a page")
        assert limit.holds is holds


def on_phone(**ours):
    values = {"first": 2.4, "later": 1.4, "readable": 1.4, "kilobytes": 159, "kilobytes_later": 14}
    values |= ours
    lists = ("first", "later", "readable", "readable_later")
    told = {name: [values.get(name, 1.0)] * 3 for name in lists}
    rest = {name: it for name, it in values.items() if name not in lists}
    return phones.Phone(**told, **rest)


@pytest.mark.parametrize(
    ("ours", "expected"),
    [
        ({}, []),
        ({"first": 2.6}, ["a first visit on a phone at 1.6 Mbit/s, 150 ms"]),
        ({"first": 6.1}, ["a first visit on a phone at 1.6", "a first visit on a phone at 400"]),
        ({"later": 1.6}, ["a later visit on a phone at 1.6"]),  # nothing is promised at 400
        ({"readable": 1.6}, ["first question readable on a phone at 1.6"]),
        ({"kilobytes": 161}, ["files of a first visit"] * 2),
        ({"kilobytes_later": 16}, ["files of a later visit"] * 2),
    ],
)
def test_a_phone_has_limits_of_its_own_on_each_network(ours, expected):
    found = {
        network: {OURS: on_phone(**ours), PANEL: on_phone(first=9)} for network in phones.NETWORKS
    }
    limits = broken(phones.phone_limits(found, OURS))
    assert len(limits) == len(expected)
    assert all(what.startswith(part) for part, what in zip(expected, limits, strict=True))
    assert phones.phones_text(found).count("| Panel | 1.40 | 9.00 / 9.00 / 9.00 |") == 2


def test_a_peer_that_is_not_there_breaks_nothing_and_is_named():
    limits = opening.limits({OURS: opened(9.0, 9.0), PLAIN: opened(1.0, 1.0)})
    assert broken(limits) == []
    missing = [limit.measured for limit in limits if limit.holds is None]
    asked = ("Solara",) * 2 + ("Streamlit",) * 2 + ("Panel",) * 3
    assert missing == [f"{peer} is not installed" for peer in asked]


def test_another_host_that_our_page_asks_breaks_a_limit():
    ours = opened(1.0, 1.0)
    ours.elsewhere = {"cdn.example.org"}
    assert broken(opening.limits({OURS: ours})) == ["other hosts asked by our page"]


def test_acknowledgements_are_held_to_the_step_with_most_people():
    steps = {1: Tally([9.0], []), 60: Tally([0.1] * 20, [])}
    assert broken(trips.limits({IN_CLASS: steps, PANEL: {60: Tally([9.0], ["no"])}})) == []
    slow = steps | {60: Tally([0.1] * 18 + [0.4] * 2, ["conflict"])}
    assert broken(trips.limits({IN_CLASS: slow})) == [
        "acknowledged with 60 active, p95",
        "answers that failed",
    ]


def test_the_table_of_answers_is_in_milliseconds():
    told = trips.trips_table({OURS: {1: Tally([0.02], []), 20: Tally([], ["timed out"])}})
    assert "| `playbook serve` | 20.0 / 20.0 / 20.0 |  | 1 |" in told


def test_a_lost_answer_breaks_its_limit_and_is_named():
    plan = filling.Plan(people=2, seconds=60, pause=4)
    filled = filling.Filled(Tally([0.1] * 3, []), 3, ["candidates/r1/what: None, not 3"], 0.5, 90)
    assert broken(filling.limits(plan, filled)) == ["acknowledged answers that are lost"]
    assert "candidates/r1/what" in filling.filled_table(plan, filled)


@pytest.mark.parametrize(
    ("late", "holds"),
    [(3, True), (4, False), (60, False)],  # of 60 phones, 57 are 95%
)
def test_a_result_is_on_all_but_one_in_twenty_phones_soon(late, holds):
    seconds = [0.2] * (60 - late) + [1.5] * late
    found = reveal.limits(reveal.Plan(people=60, votes=1), seconds)
    assert [limit.holds for limit in found] == [holds]


def test_a_reveal_that_reached_nobody_breaks_its_limit():
    assert broken(reveal.limits(reveal.Plan(people=60, votes=1), [])) != []


def test_the_exit_code_says_whether_a_limit_is_broken(monkeypatch, tmp_path, capsys):
    results = tmp_path / "RESULTS.md"
    part = {"limit": Limit.below("seconds", 1, 2)}
    section = bench.Section("Fresh processes", None, lambda: BenchmarkResult([], [part["limit"]]))
    monkeypatch.setattr(bench, "SECTIONS", {"cold": section})
    monkeypatch.setattr(bench, "peers", dict)
    monkeypatch.setattr(bench.signal, "signal", lambda *_: None)
    monkeypatch.setattr(sys, "argv", ["bench", "cold", "--quick", "--results", str(results)])
    assert bench.main() == 0
    assert "| seconds | 1.00 s | < 2 s | holds |" in results.read_text()
    part["limit"] = Limit.below("seconds", 3, 2)
    assert bench.main() == 1
    assert "**broken**" in results.read_text()
    assert "Panel can't be used" in capsys.readouterr().out


def test_a_part_that_there_is_not_is_refused():
    with pytest.raises(argparse.ArgumentTypeError, match="filling"):
        bench._part("nonsense")


def test_the_cpu_of_a_server_counts_what_its_children_waited_for():
    class Process:
        def __init__(self, *times):
            self.times = times

        def cpu_times(self):
            return self.times

    class Running:
        def processes(self):  # user, system, children's user and system, waiting
            return [Process(1, 2, 4, 8, 99), Process(16, 32, 64, 128, 99)]

    assert cpu_seconds(Running()) == 255


def test_a_peer_whose_environment_is_missing_is_left_out(monkeypatch, tmp_path):
    monkeypatch.setattr("benchmarks.peers.servers.PYTHON", tmp_path / "python")
    peers.cache_clear()
    assert peers() == {}
    peers.cache_clear()


class Sheet:
    """The page of a visitor, which keeps what it is told but for one answer."""

    def __init__(self):
        self.fields = {}

    def op(self, _kind, field, value, base_rev):
        self.fields[field] = {"value": value, "rev": base_rev + 1}
        return {"status": "saved"}

    def hello(self, worksheet):
        assert worksheet == "mine"
        return {"fields": self.fields}

    def close(self):
        pass


def test_a_writer_notices_an_answer_that_is_gone_or_old(monkeypatch):
    page = Sheet()
    monkeypatch.setattr("benchmarks.visitors.Page", lambda *_: page)
    who = Ours("http://127.0.0.1:1/?token=t", "/voila/render/02_catalyst.ipynb")
    who.page, who.rows, who.worksheet = page, ["r1", "r2"], "mine"
    for _ in range(100):
        who.write()
    assert (who.acknowledged, who.lost()) == (100, [])
    page.fields["candidates/r1/what"]["rev"] -= 1
    del page.fields["candidates/r2/kind"]
    gone = who.lost()
    assert len(gone) == 2
    assert [what.partition(":")[0] for what in gone] == ["candidates/r1/what", "candidates/r2/kind"]


def test_the_peers_say_what_they_import():
    """What is asked for in peers.in is what the peers' files import, and the lock has it all."""
    asked = (ROOT / "benchmarks" / "peers.in").read_text().splitlines()
    wanted = {re.match(r"[\w-]+", line)[0].lower() for line in asked if re.match(r"\w", line)}
    lock = (ROOT / "benchmarks" / "peers.lock").read_text()
    assert wanted <= set(re.findall(r"^([\w-]+)==", lock, re.MULTILINE))
    files = [*(ROOT / "benchmarks" / "peers").glob("*_app.py"), ROOT / "benchmarks/peers/wires.py"]
    nodes = [node for path in files for node in ast.walk(ast.parse(path.read_text()))]
    modules = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    modules |= {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module}
    outside = {name.partition(".")[0] for name in modules} - set(sys.stdlib_module_names)
    of_others = {"bokeh": "panel", "ipywidgets": "solara"}  # come with them
    assert {of_others.get(name, name) for name in outside} - {"benchmarks", "playbook"} <= wanted


def test_peers_share_a_process_and_ours_do_not():
    assert all(host.isolated for host in (OURS, IN_CLASS, PLAIN, PREHEATED, CROWDED, WEAK))
    assert not any(host.isolated for host in (PANEL, SOLARA, STREAMLIT))
