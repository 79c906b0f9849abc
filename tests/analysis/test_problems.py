"""Problems in the order of their worth: three steps each, multiplied; effort divides."""

from hypothesis import given
from hypothesis import strategies as st

from playbook.analysis.problems import EFFORT, KNOWN, REACH, WORTH, problems_of, ranked


def problem(name, worth, reach, known, effort=""):
    return name, {
        "problem": name,
        "state": "waiting",
        "worth": worth,
        "reach": reach,
        "known": known,
        "effort": effort,
    }


def test_the_order_is_worth_times_reach_times_evidence_over_effort() -> None:
    told = problems_of(
        [
            problem("A", "large", "many", "believed"),  # 3 x 3 x 1 = 9
            problem("B", "medium", "some", "measured"),  # 2 x 2 x 3 = 12
            problem("C", "large", "many", "measured", "longer"),  # 27 / 4 = 6.75
            ("D", {"problem": "D", "worth": "large"}),
            ("E", {"state": "working"}),
        ]
    )
    assert [it.name for it in told] == ["A", "B", "C", "D"]
    assert [(it.name, it.rank) for it in ranked(told)] == [("B", 12), ("A", 9), ("C", 6.75)]
    assert told[3].open == ("reach", "known")


some = st.builds(
    problem,
    st.sampled_from("ABCDEF"),
    st.sampled_from(list(WORTH)),
    st.sampled_from(list(REACH)),
    st.sampled_from(list(KNOWN)),
    st.sampled_from(list(EFFORT)),
)


@given(st.lists(some, max_size=6, unique_by=lambda it: it[0]), st.data())
def test_the_order_of_rows_changes_nothing(rows, data) -> None:
    turned = data.draw(st.permutations(rows))
    assert ranked(problems_of(rows)) == ranked(problems_of(turned))


@given(some)
def test_what_is_worth_more_never_comes_later(row) -> None:
    name, answers = row
    (it,) = problems_of([row])
    (more,) = problems_of([(name, {**answers, "worth": "large"})])
    assert (more.rank or 0) >= (it.rank or 0)
