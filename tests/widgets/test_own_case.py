"""A case of one's own, written in the form or begun by the command, is playable."""

import json
from datetime import date

import pytest

from playbook.assessing.workbook import Workbook
from playbook.cases.library import own_folder
from playbook.cases.scaffold import begin
from tests.widgets.case_player import LOCAL, Player
from widgets.host import host_for


@pytest.fixture
def player(framework):
    return lambda play="": Player(framework, play)


@pytest.fixture
def store(framework):
    return host_for(LOCAL, framework).store


POSITIONS = ("position_1", "falls_1", "position_2", "falls_2")
OWN = {
    "title": "The parcel line",
    "situation": "Calls pile up. You may change one thing this month.",
    "known": "A team of 12 people answers calls.\n- Half of the calls ask where a parcel is.",
    "question": "What do you do first?",
    "choices": "More people\nFind out why they call",
    "headline": "They wrote first",
    "happened": "The team wrote to customers before they called.",
    "sure": "claimed",
    "position_1": "Remove the reason for the call.",
    "falls_1": "If customers called all the same.",
    "position_2": "Answer faster.",
    "falls_2": "If calls grew faster than people.",
}


def test_a_case_written_in_the_form_is_kept_and_played_by_whoever_wrote_it(player, store):
    page = player()
    written = page.say(type="keep", worksheet="", answers=OWN)
    assert (written["screen"], written["problem"], written["playable"]) == ("own", "", True)
    assert [it["title"] for it in player().heard[-1]["own"]] == ["The parcel line"]
    page.say(type="begin", case=written["case"], minutes=5)
    told = page.decide(choice="c2")
    assert told["mine"]["answers"] == ["Find out why they call"]
    claimed = told["reveal"]["columns"][2]
    assert [fact["text"] for fact in claimed["facts"]] == [OWN["happened"]]
    assert claimed["facts"][0]["sure"] == "Only claimed"
    assert page.on()["honest"].startswith("All of this is told from memory")
    assert {it["sheet"] for it in store.export()["worksheets"]} == {"own_case", "case_play"}


def brought(store, **changed):
    """The worksheets of a file, with these answers in place of what was written."""
    data = store.export()
    for worksheet in data["worksheets"]:
        events = [it for operation in worksheet["operations"] for it in operation["events"]]
        fields = worksheet["fields"]
        for field in [*fields, *(it["field"] for it in events)]:
            name = field.rpartition("/")[2]
            if name in changed:
                found = [it for it in events if it["field"] == field]
                for it in (*found, *([fields[field]] if field in fields else [])):
                    it["value"] = changed[name]
    store.erase_everything()
    store.import_(data)


@pytest.mark.parametrize("sure", ["certain", ["claimed"], 3])
def test_an_answer_of_a_file_that_is_no_choice_is_still_to_answer(player, store, sure):
    """A file of a later version, or made by hand, closes nobody's list of cases."""
    player().say(type="keep", worksheet="", answers=OWN)
    brought(store, sure=sure)
    (listed,) = player().heard[-1]["own"]
    assert "How sure is all that?" in listed["problem"]


@pytest.mark.parametrize("changed", [{"sealed": "soon"}, {"note_day": "soon"}, {"minutes": "²"}])
def test_a_play_of_a_file_that_makes_no_sense_closes_no_list(player, store, framework, changed):
    """Nor the sheet that its sentence was for."""
    page = player()
    written = page.say(type="keep", worksheet="", answers=OWN)
    page.say(type="begin", case=written["case"], minutes=5)
    page.decide(choice="c2")
    page.say(type="note", play=page.heard[-1]["play"], text="One sentence")
    brought(store, **changed)
    assert player().heard[-1]["screen"] == "list"
    notes = Workbook(framework, date.today(), store).notes(framework.sheets["catalyst"])
    assert len(notes) == ("note_day" not in changed)


def several(steps):
    """The case of the form with so many steps; the later ones say in which they are."""
    answers = dict(OWN)
    names = [it for it in OWN if it not in ("title", *POSITIONS)]
    for number in range(2, steps + 1):
        answers["more" if number == 2 else f"more_{number - 1}"] = "yes"
        answers |= {f"{it}_{number}": OWN[it] for it in names}
        answers |= {f"{it[:-1]}{number}_{it[-1]}": OWN[it] for it in POSITIONS}
        answers[f"sure_{number}"] = "fictional"
        answers[f"headline_{number}"] = f"They wrote first, round {'abcd'[number - 1]}"
    return answers


@pytest.mark.parametrize("steps", [2, 3, 4])
def test_a_case_of_ones_own_has_up_to_four_steps(player, steps):
    """Each is sealed before what happened in it is told, and is as sure as its own answer says."""
    page = player()
    written = page.say(type="keep", worksheet="", answers=several(steps))
    assert (written["problem"], written["minutes"]) == ("", 20)
    began = len(page.heard)  # the form itself has all of it
    page.say(type="begin", case=written["case"], minutes=20)
    for number in range(1, steps + 1):
        assert several(steps)[
            "headline" if number == 1 else f"headline_{number}"
        ] not in json.dumps(page.heard[began:])
        told = page.decide()["reveal"]
        column = "claimed" if number == 1 else "fictional"
        assert [it["id"] for it in told["columns"] if it["facts"]] == [column]
        page.on()
    assert page.heard[-1]["screen"] == "end"
    assert page.heard[-1]["honest"] == page.app._framework.words.text("cases.own.honest_fictional")


def test_what_a_later_step_lacks_is_said_by_its_number(player):
    page = player()
    lacking = page.say(type="keep", worksheet="", answers=several(2) | {"happened_2": ""})
    assert lacking["problem"] == "Still to answer: “Step 2: what happened, in facts?”."
    whole = page.say(
        type="keep", worksheet=lacking["worksheet"], answers=several(2) | {"more": "no"}
    )
    assert (whole["problem"], whole["minutes"]) == ("", 5)


@pytest.mark.parametrize("steps", [1, 4])
def test_a_case_that_was_begun_by_the_command_is_played_from_the_page(player, steps):
    begin("parcels_more", own_folder(), steps)
    page = player()
    assert page.play("parcels_more", 5 if steps == 1 else 20)["screen"] == "end"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"headline": ""}, "Still to answer: “What happened, in one line?”."),
        ({"choices": "More people"}, "Write two choices or more, one a line."),
        ({"sure": "public"}, "Still to answer: “Where can it be looked up?”."),
        (
            {"sure": "public", "address": "our intranet"},
            "The address begins with https://, has no blank",
        ),
        (
            {"situation": "99 calls a day pile up."},
            "“What is the situation?” says 99. Put a fact with this figure under",
        ),
    ],
)
def test_what_is_wrong_with_ones_own_case_is_said_in_a_plain_sentence(player, wrong, said):
    page = player()
    written = page.say(type="keep", worksheet="", answers=OWN | wrong)
    assert said in written["problem"]
    assert not written["playable"]
    # corrected, it is the same case
    mended = page.say(type="keep", worksheet=written["worksheet"], answers=OWN)
    assert (mended["playable"], mended["worksheet"]) == (True, written["worksheet"])
    assert len(player().heard[-1]["own"]) == 1


@pytest.mark.parametrize(
    ("address", "taken"),
    [
        ("https://example.org/annual report", False),
        ("https://user:pw@example.org/", False),
        ("https://example.org@elsewhere.example/", False),
        ("https://", False),
        ("javascript:alert(1)", False),
        ('https://example.org/"onclick="x', False),
        ("https://example.org/<b>", False),
        ("https://example.org\\@elsewhere.example", False),
        ("https://example.org:8443/a/b_(c)?q=%20x&y=@z#part", True),
        ("https://exämple.org/Büro", True),
    ],
)
def test_an_address_is_one_that_a_reader_can_open_and_see_through(player, address, taken):
    """Refused at its own field, also where an earlier step has a good one."""
    page = player()
    answers = several(2) | {"sure": "public", "address": "https://example.org/"}
    answers |= {"sure_2": "public", "address_2": address}
    written = page.say(type="keep", worksheet="", answers=answers)
    assert written["playable"] == taken
    assert ("no name or password before the site" in written["problem"]) == (not taken)
