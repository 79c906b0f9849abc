"""A case that is not honest, or can't be played, is refused with one sentence that says where."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest

from playbook.cases.load import case_ids, load_case
from playbook.cases.routes import cuts, stops, total
from playbook.cases.scaffold import begin
from playbook.model.errors import ContentError, InputError
from playbook.model.resources import cases_dir


@pytest.fixture
def changed(tmp_path: Path):
    """Copies a case, puts one text for another in its case.toml, and reads it."""

    def read(case_id: str, old: str, new: str) -> None:
        place = tmp_path / case_id
        shutil.copytree(cases_dir() / case_id, place)
        text = (place / "case.toml").read_text(encoding="utf-8")
        assert old in text, "the test's own text is out of date"
        (place / "case.toml").write_text(text.replace(old, new, 1), encoding="utf-8")
        load_case(case_id, tmp_path)

    return read


@pytest.mark.parametrize("case_id", case_ids())
def test_the_kit_s_cases_are_sound(case_id):
    case = load_case(case_id)
    assert [total(case, route) for route in case.routes] == [r.minutes for r in case.routes]


def test_alcoa_and_atb_are_there_in_full():
    alcoa, atb = load_case("alcoa"), load_case("atb")
    assert (len(alcoa.steps), len(atb.steps)) == (9, 8)
    # teaching.md's routes, worked out there by hand: frame, steps, debrief, what is carried home
    assert [[stop.minutes for stop in stops(alcoa, route)] for route in alcoa.routes] == [
        [5, 7, 5],
        [4, 8, 9, 9, 4],
        [4, 8, 9, 14, 6, 10, 9, 4, 5],
    ]
    assert [[stop.minutes for stop in stops(atb, route)] for route in atb.routes] == [
        [4, 8, 4],
        [5, 5, 9, 8, 7],
        [5, 10, 5, 9, 8, 16, 7, 8],
    ]


def test_a_late_class_is_told_what_each_cut_saves():
    alcoa = load_case("alcoa")
    whole = alcoa.routes[-1]
    assert [(step.id, saves) for step, saves in cuts(alcoa, whole)] == [
        ("within_a_day", 6),
        ("generalise", 5),
    ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('id = "alcoa"', 'id = "other"', "give both the same name"),
        ('document = "PP"', 'document = "XX"', "the source 'XX'"),
        ('locator = "Create-Workgroups"', 'locator = "Somewhere"', "name the place in it"),
        ('rows = ["CAT-09", "CAT-10"]', 'rows = ["CAT-999"]', "row CAT-999 is not in"),
        ('known = ["outsider", "industry"]', 'known = ["nobody"]', "the fact 'nobody'"),
        ('sure = "press"', 'sure = "claimed"', "there it can be primary or press or one_source"),
        ('reveal = ["within_a_day"]', 'reveal = ["outsider"]', "was told before"),
        ("By 1996 safety", "By 1996 and 42 sites safety", "says 42"),
        ("figure = 514.9", "figure = 515.0", "doesn't say"),
        ('how = "0.27 divided by 0.15 is 1.80."', 'how = ""', "how it is worked out"),
        ("can_cut = true\nheadline", "cut = true\nheadline", "no such key"),
        ("yes = 0.45", "yes = 0.5", "don't add up to 1"),
        ("minutes = 7 }, { step", "minutes = 70 }, { step", "more than its"),
        ("minutes = 20\nframe = 2", "minutes = 20\nframe = 3", "adds up to 21"),
        ("minutes = 20\nframe = 2", "minutes = 25\nframe = 7", "20 and 40 and 80"),
        ('data = "exhibit_results.csv"', 'data = "none.csv"', "no file none.csv"),
        ("A metals company has a", "Alcoa has a", "'alcoa' before step first_group"),
        (
            'text = "He said himself',
            'names = true\ntext = "He said himself',
            "gives the story away",
        ),
        ("alone = 7\nopens = true", "alone = 7", "no step opens it"),
        ('of_sheet = "catalyst.breaks"', 'of_sheet = "catalyst.nothing"', "doesn't ask"),
        ('question = "because"', 'question = "nothing"', "which that sheet doesn't ask"),
        (
            'column = "claimed"\nsure = "claimed"\nwhy = "This is how',
            'column = "public"\nsure = "press"\nwhy = "This is how',
            "add the place where it can be read",
        ),
    ],
)
def test_what_is_wrong_with_a_case_is_said_in_a_sentence(changed, old, new, said):
    with pytest.raises(ContentError, match=r"^alcoa/case\.toml: ") as refused:
        changed("alcoa", old, new)
    assert said in str(refused.value)


def test_a_step_with_a_second_vote_is_never_offered_as_a_cut(changed):
    with pytest.raises(ContentError, match="holds a second vote"):
        changed("alcoa", "opens = true", "opens = true\ncan_cut = true")


def test_a_point_of_an_exhibit_rests_on_a_fact_that_says_it(tmp_path):
    shutil.copytree(cases_dir() / "alcoa", tmp_path / "alcoa")
    data = tmp_path / "alcoa" / "exhibit_results.csv"
    data.write_text(data.read_text(encoding="utf-8").replace("514.9", "700"), encoding="utf-8")
    with pytest.raises(ContentError, match="line 9 says 700, which income_after doesn't say"):
        load_case("alcoa", tmp_path)


def test_a_begun_case_is_sound_and_is_never_written_over(tmp_path):
    place = begin("ours", tmp_path)
    assert load_case("ours", tmp_path).routes[0].minutes == 5
    with pytest.raises(InputError, match="there already"):
        begin("ours", tmp_path)
    assert place.read_text(encoding="utf-8").count("ours") >= 1
    with pytest.raises(InputError, match="The kit has a case 'atb'"):
        begin("atb", tmp_path)
    with pytest.raises(InputError, match="can't be a case's id"):
        begin("Our case", tmp_path)


def test_a_case_that_is_not_there_names_those_that_are(tmp_path):
    with pytest.raises(InputError, match=r"no case 'x' .* there are none"):
        load_case("x", tmp_path)


def test_every_case_of_the_catalogue_is_there_once():
    numbered = sorted(load_case(it).case for it in case_ids())
    assert numbered == [f"C-{number:02}" for number in range(1, 23)]
    sizes = Counter(load_case(it).size for it in case_ids())
    assert sizes == {"full": 2, "middle": 5, "spark": 15}
