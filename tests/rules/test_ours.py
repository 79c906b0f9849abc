"""Whose judgement a finding is: ours is marked as ours, and what is told says what its row says."""

import re

import pytest

from playbook.framework import load_framework
from playbook.model import Level

FRAMEWORK = load_framework()
MESSAGES = {
    (sheet.id, key): message
    for sheet in FRAMEWORK.sheets.values()
    for key, message in sheet.messages.items()
}

# Each stop and each warning that is a source's own, with the words of its row that say so: it
# fails, it is required, or it is the danger. A weight that we chose is ours, however sensible.
A_SOURCE_SAYS_IT = {
    "CAT-04.no_break": "wasted effort",
    "CAT-04.not_urgent": "wasted effort",
    "CAT-09.control": "ineffective catalysts",
    "CAT-26.slow": "slow you down",
    "CAT-28.cuts": "requires leaders to commit",
    "CAT-28.no_space": "requires leaders to commit",
    "CAT-29.attrition": "drives unwanted attrition",
    "CAT-30.at_once": "not all at once",
    "CAT-33.guard": "drains resources",
    "CHA-03.belief_no": "prerequisite",
    "CHA-03.commits_no": "prerequisite",
    "CHA-04.none": "changes objectives and success measures",  # CHA-03: without power, none
    "CHA-06.below": "C-suite member",
    "CHA-14.no": "control or strong influence",
    "CAP-09.both": "can't start both at once",
    "CAP-02.none": "At least 75% of working hours need to be freed",
    "CAP-02.promised_less": "At least 75% of working hours need to be freed",
    "CAP-03.side": "not a 20% project",
    "CAP-03.lab": "access to a lab",
    "CAP-03.rotation": "rotation on an innovation team",
    "CAP-04.overload": "can't do redefined work with an overfull plate",
    "N-03.side_project": "expressly not what is meant",
    "CON-02.not_expected": "encouraged and expected",
    "CON-10.no_cells": "explicitly forged",
    "CON-26.only_scores": "aren't enough",
    "CON-29.uncoached": "may need coaching",
    "ENT-03.no": "must be able to free",
    "MOT-03.only_outside": "most effective and sustainable",
    "OBS-04.uncovered": "give cover",
    "OBS-09.no_standing": "needs someone with the standing",
    "TEC-09.waits": "unnecessary to get started",
    "TEC-11.at_once": "Don't kick off emerging technology at the same time",
    "ENT-09.costs": "without minimising impact",
    "ENT-11.another": "“just another” incremental initiative",
    "ENT-21.risky": "constrains the group",
    "ENT-29.no": "must have three traits",
    "ENT-36.withhold": "resist freeing people",
    "ENT-36.poor": "assign poor performers",
    "ENT-36.recall": "pull people back",
    "ENT-40.old_wine": "the risk is",
    "MET-04.against": "must have a positive and significant effect",
    "MET-05.no_money": "must drive the performance",
    "MET-08.not_weekly": "daily and weekly",
    "MET-08.sparse": "daily and weekly",
    "MET-09.not_theirs": "that the workgroups themselves control",
    "APP-02.timid": "does not mean insignificant",
    "APP-03.signs": "warning signs",
    "APP-06.impatient": "few can stand the lag",
    "APP-09.technology_only": "alone it doesn't",
    "WG-01.alone": "can't be done in isolation",
    "WG-08.one": "isn't a meaningful proof",
    "WG-08.ten": "ten are daunting",
    "WG-27.fit": "end up with similar perspectives",
    "SHIFT-17.same": "not getting today's products",
    "SUP-18.focus_no": "must know exactly where",
    "EXP-01.reset_no": "critical to reset explicitly",
    "CND-04.contingency": "misses the point",
    "EXP-22.unrelieved": "must recognise and acknowledge",
    "PRA-06.all_nine": "can tackle all nine practices at once",
    "PRA-07.lacking": "Start with the three practices",
    "WS-003.only_processes": "a process or a toolset is only a part",
    "WS-003.only_tools": "a process or a toolset is only a part",
    "WS-025.no_path": "should have an exception path",
    "WS-008.it_system": "An IT system is not a work system",
}


def test_a_stop_or_a_warning_is_ours_unless_a_source_says_it() -> None:
    weigh = (Level.FAIL, Level.WARN, Level.UNKNOWN)
    theirs = {key for (_, key), said in MESSAGES.items() if said.level in weigh and not said.ours}
    assert theirs == A_SOURCE_SAYS_IT.keys()


@pytest.mark.parametrize(("key", "words"), A_SOURCE_SAYS_IT.items())
def test_what_a_source_is_said_to_say_stands_in_its_row(key: str, words: str) -> None:
    assert words in FRAMEWORK.rows[key.partition(".")[0]].statement


@pytest.mark.row("APP-08", "CAT-33", "CHA-02", "CAT-10", "ENT-48", "CAT-06", "ENT-24", "CAT-20")
@pytest.mark.row("MET-10")
@pytest.mark.parametrize(
    "key",
    [
        *("APP-08.label", "CAT-33.no_attention", "CHA-02.cover_no", "CAT-10.bigger_no"),
        *("CAT-10.capacity_no", "ENT-48.triple", "CAT-06.side", "ENT-24.no_link"),
        *("CAT-20.fear", "MET-10.no_end"),
    ],
)
def test_what_no_source_weighs_is_ours_and_tells_what_the_source_says(key: str) -> None:
    [message] = [said for (_, named), said in MESSAGES.items() if named == key]
    assert message.ours
    assert re.match(r"The (article|figure)", message.reading)
    assert re.search(r"\b(ours|our|[Ww]e)\b", message.reading)


def test_a_reading_that_calls_something_ours_is_marked_as_ours() -> None:
    unmarked = [
        where
        for where, message in MESSAGES.items()
        if not message.ours and re.search(r"\b(ours|our|we)\b", message.reading, re.IGNORECASE)
    ]
    assert unmarked == []


# --------------------------------------------------------------------------- rows that are told

# Row, sheet, note or prompt, words that have to stand in it for the row to be told.
TOLD = [
    ("APP-11", "zoom_out", "plain_words", ("Strike every word", "what somebody does")),
    ("APP-13", "catalyst", "three_stages", ("recognise", "create the conditions", "act for")),
    ("CAT-01", "catalyst", "what_is_a_catalyst", ("question how", "value", "can’t wait")),
    ("CAT-23", "catalyst", "who_gains", ("Customers", "sales", "people who do the work")),
    ("CAT-24", "catalyst", "service_centre", ("service centre", "script", "best of them quit")),
    ("CAT-38", "catalyst", "two_sentences", ("out of this rut", "a bit better")),
    ("CAT-38", "catalyst", "who_says_it", ("out of this rut", "where did you hear it?")),
    ("CHA-08", "champion", "vision_and_fear", ("could gain resist less",)),
    ("CHA-09", "champion", "decision_test", ("three decisions", "money", "technology", "people")),
    ("CHA-19", "champion", "two_tests", ("convinced", "protect it when it gets hard")),
    ("CHA-13", "champion", "tell_or_not", ("tells nobody", "says the day before", "best left")),
    ("SHIFT-10", "zoom_out", "for_the_person", ("get to try", "better at", "Whom would they")),
    ("SHIFT-23", "zoom_out", "future_organisation", ("fewer levels", "front line", "open border")),
    ("SHIFT-23", "zoom_out", "four_features", ("fewer levels", "front line", "open border")),
    ("SHIFT-24", "zoom_out", "groups", ("small groups", "connect them", "stay competitive")),
    (
        "SUP-01",
        "supervisors",
        "sight_and_room",
        ("Command and control", "see what matters", "room"),
    ),
    ("SUP-03", "supervisors", "still_right", ("efficient delivery at scale", "still right")),
    (
        "SUP-06",
        "supervisors",
        "foremen",
        ("foremen", "forms of meetings", "safety", "without them"),
    ),
    ("SUP-16", "supervisors", "one_to_one", ("What did you try", "Never note a judgement")),
    ("SUP-26", "supervisors", "they_watch", ("sponsor and leaders do it themselves", "sooner")),
    ("EXP-08", "expectations", "even_the_good_ones", ("good with exceptions", "and how")),
    ("EXP-11", "expectations", "what_purpose", ("60 reports", "dashboard", "what purpose")),
    (
        "EXP-12",
        "expectations",
        "two_probes",
        ("which insight did you use", "Which further insight"),
    ),
    ("EXP-18", "expectations", "where_problems_come_from", ("place to start", "half described")),
    ("EXP-23", "expectations", "conflict_chain", ("cynical", "give little", "results disappoint")),
    (
        "CND-01",
        "create_gate",
        "not_all_at_once",
        ("Style, mindset, structure and roles", "at once"),
    ),
    ("CND-06", "create_gate", "four_moves", ("Free time", "Groups", "Supervisors", "expectations")),
    ("CND-07", "create_gate", "four_moves", ("constraints", "work together", "our own reading")),
    ("CND-02", "create_gate", "planning_dial", ("tomorrow with nothing", "everything is aligned")),
    (
        "PRA-01",
        "practices",
        "practice_or_process",
        ("best way is known", "really works"),
    ),
    ("PRA-05", "practices", "three_kinds", ("think differently", "into action", "unlike people")),
    (
        "PRA-09",
        "practices",
        "what_authors_report",
        ("half as often", "third as often"),
    ),
    ("GAP-15", "practices", "what_authors_report", ("source is missing",)),
    ("GAP-04", "practices", "three_kinds", ("our placement", "nobody has checked it")),
    ("X-03", "expectations", "conflict_chain", ("old incentives",)),
    ("X-06", "expectations", "limits_and_trust", ("Inside them there are no checks", "never bend")),
    ("X-08", "expectations", "clear_about_what", ("roles to be clear", "activities to be open")),
]


@pytest.mark.row("APP-11", "APP-13", "CAT-01", "CAT-23", "CAT-24", "CAT-38", "CHA-08", "CHA-09")
@pytest.mark.row("CHA-19", "CHA-13", "SHIFT-10", "SHIFT-23", "SHIFT-24")
@pytest.mark.row("SUP-01", "SUP-03", "SUP-06", "SUP-16", "SUP-26")
@pytest.mark.row("EXP-08", "EXP-11", "EXP-12", "EXP-18", "EXP-23", "X-03", "X-06", "X-08")
@pytest.mark.row("CND-01", "CND-02", "CND-06", "CND-07")
@pytest.mark.row("PRA-01", "PRA-05", "PRA-09", "GAP-04", "GAP-15")
@pytest.mark.parametrize(("row", "sheet", "name", "words"), TOLD)
def test_an_explanation_or_a_prompt_says_what_its_row_says(
    row: str, sheet: str, name: str, words: tuple[str, ...]
) -> None:
    notes = (*FRAMEWORK.sheets[sheet].notes, *FRAMEWORK.sheets[sheet].prompts)
    [note] = [note for note in notes if note.id == name]
    assert row in note.rows
    assert [word for word in words if word not in note.text] == []


@pytest.mark.row("CAT-35")
def test_going_faster_names_where_to_and_what_is_never_skipped() -> None:
    message = FRAMEWORK.sheets["catalyst"].messages["CAT-35.fast_track"]
    for words in ("straight to a few workgroups", "at the gate", "Freed time is never skipped"):
        assert words in message.text


@pytest.mark.row("CHA-13")
def test_what_looks_at_dates_alone_does_not_claim_to_know_what_was_said() -> None:
    for name in ("silence", "told"):
        message = FRAMEWORK.sheets["champion"].messages[f"CHA-13.{name}"]
        assert message.ours
        assert "dates" in message.reading
        assert "why" not in message.text
