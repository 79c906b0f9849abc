"""The parts of the benchmark that can be wrong without anybody noticing: its input and its sums."""

import json

import pytest
from click.testing import CliRunner

from benchmarks.answers import answer, filled
from benchmarks.cold import run_cold
from benchmarks.hosts import in_turn
from benchmarks.kits import Started, kit_table
from benchmarks.results import (
    BenchmarkResult,
    Limit,
    Series,
    facts,
    figure,
    merged,
    ratio,
    table,
    tail,
)
from playbook.cli.main import main
from playbook.framework import load_framework
from playbook.worksheet.parse import parse


@pytest.fixture(scope="module")
def catalyst():
    return load_framework().sheets["catalyst"]


def count(answers):
    """How many answers a file holds: rows without their ids, and single answers."""
    rows = [row for given in answers.values() if isinstance(given, list) for row in given]
    single = [given for given in answers.values() if not isinstance(given, list)]
    return len(single) + sum(len(row.keys() - {"id"}) for row in rows)


def test_the_file_of_200_answers_holds_200_and_is_assessed(catalyst, tmp_path):
    answers = filled(catalyst, 200)
    assert count(answers) == 200
    file = tmp_path / "answers.json"
    file.write_text(json.dumps(answers))
    run = CliRunner().invoke(main, ["assess", "catalyst", str(file), "--json"])
    assert run.exit_code == 0, run.output
    told = json.loads(run.output)
    assert len(told["rows"]) == catalyst.candidates.max_rows
    assert {row["verdict"] for row in told["rows"]} != {"unknown"}


def test_more_answers_than_the_sheet_takes_are_refused(catalyst):
    with pytest.raises(ValueError, match="takes"):
        filled(catalyst, 100_000)


def test_a_series_tells_median_and_tail():
    series = Series.of(range(1, 101))
    assert (series.median, series.share(0.95), series.share(1)) == (50.5, 95, 100)
    assert Series.of([3, 1, 2]).spread() == "1.00 / 2.00 / 3.00"
    assert Series.of([5]).tail() == "5.00 / 5.00"
    with pytest.raises(ValueError, match="at least one"):
        Series.of([])


def test_a_ratio_says_how_many_times_ours_theirs_is():
    assert ratio([3.0, 9.0, 6.0], [2.0, 4.0]) == "2.00"


def test_every_host_begins_a_round_once():
    servers = {"a": 1, "b": 2, "c": 3}
    rounds = [in_turn(servers, turn) for turn in range(3)]
    assert [items[0] for items in rounds] == list(servers.items())
    assert all(dict(items) == servers for items in rounds)


@pytest.mark.parametrize(
    ("number", "shown"),
    [(0, "0"), (0.0841, "0.084"), (1.324, "1.32"), (71.26, "71.3"), (1234.4, "1,234")],
)
def test_figures_have_three_digits(number, shown):
    assert figure(number) == shown


def test_what_was_not_measured_has_no_tail():
    assert tail([3.0, 1.0, 2.0]) == "2.00 / 3.00 / 3.00"
    assert tail([]) == ""


def test_a_section_tells_facts_limits_and_tables():
    broken = Limit("opening", "3 s", "< 2 s", holds=False)
    kept = Limit("importing", "0.1 s", "< 0.3 s", holds=True)
    absent = Limit.unmeasured("against Panel", "Panel is not installed")
    part = BenchmarkResult([("Table", table(("a", "b"), [("1", "2")]))], [broken, kept, absent])
    assert part.section("Part", "- facts") == (
        "## Part\n\n- facts\n\n| Limit | Measured | Allowed |  |\n| --- | --- | --- | --- |\n"
        "| opening | 3 s | < 2 s | **broken** |\n| importing | 0.1 s | < 0.3 s | holds |\n"
        "| against Panel | Panel is not installed |  | **not measured** |\n\n"
        "### Table\n\n| a | b |\n| --- | --- |\n| 1 | 2 |"
    )


def test_a_part_that_is_taken_again_leaves_the_others_as_they_were():
    order = ("One", "Two", "Three")
    first = merged("", {"Three": "## Three\n\n### c\n\n3", "One": "## One\n\n1"}, order)
    second = merged(first, {"Two": "## Two\n\n2", "One": "## One\n\nagain"}, order)
    assert first.startswith("# Results\n")
    assert first.endswith("## One\n\n1\n\n## Three\n\n### c\n\n3\n")
    assert second.endswith("## One\n\nagain\n\n## Two\n\n2\n\n## Three\n\n### c\n\n3\n")
    assert "## Two" not in merged(second, {}, ("One", "Three"))


@pytest.mark.parametrize(
    ("limit", "holds"),
    [
        (Limit.below("seconds", 0.49, 0.5), True),
        (Limit.below("seconds", 0.5, 0.5), False),
        (Limit.share("ours of theirs", 1.2, of=1.0, allowed=1.2), True),
        (Limit.share("ours of theirs", 1.3, of=1.0, allowed=1.2), False),
        (Limit.p95("ready", [*[0.1] * 95, *[9.0] * 5], 0.5), True),
        (Limit.p95("ready", [*[0.1] * 94, *[9.0] * 6], 0.5), False),
        (Limit.p95("ready", [], 0.5), False),
        (Limit.unmeasured("against Panel", "Panel is not installed"), None),
    ],
)
def test_a_limit_holds_up_to_what_is_allowed(limit, holds):
    assert limit.holds is holds


def test_the_facts_name_machine_versions_and_revision():
    told = facts((1.5, 1.0, 0.5), quick=True)
    assert "revision" in told
    assert "quick run" in told
    assert "cores" in told
    assert "voila " in told


def test_the_facts_name_the_versions_of_the_peers():
    assert "Panel 1.9" in facts((0, 0, 0), quick=False, peers={"Panel": "1.9"})


@pytest.mark.parametrize("turn", [0, 1, 2, 40, 364])
def test_the_next_answer_to_a_question_is_another_and_valid(catalyst, turn):
    words = load_framework().words
    for question in catalyst.questions("candidates"):
        here, after = answer(question, turn), answer(question, turn + 1)
        assert here != after
        assert parse(question, here, words) is not None


def test_a_cold_run_measures_each_time_but_the_first():
    cold = run_cold("nothing", ["-c", "print('done')"], 2)
    assert len(cold.wall.values) == 2
    assert cold.output == "done\n"
    assert cold.limit(60).holds
    assert not cold.limit(1e-6).holds


def test_a_kit_s_line_has_the_median_of_each_figure():
    starts = [
        Started(1.0, 3.0, 2.0, 90.0),
        Started(2.0, 9.0, 4.0, 110.0),
        Started(9.0, 5.0, 3.0, 1),
    ]
    assert kit_table({12: starts}).splitlines()[-1] == "| 12 | 2.00 | 5.00 | 3.00 | 90.0 |"
