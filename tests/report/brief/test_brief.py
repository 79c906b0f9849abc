"""What a brief says: expected words and figures are worked out by hand from Wyeford's answers."""

from datetime import date

import pytest

from playbook.assessing.workbook import Workbook
from playbook.model import InputError, Level
from playbook.report.brief import build_brief
from playbook.report.brief.fit import PAGE_LINES, columns, cut_text, page_lines

from .conftest import lines_of


def test_the_head_asks_for_people_weeks_and_a_place(brief):
    # 18 January to 16 April 2027 are 89 days: 12.7 weeks, told as 13
    assert brief.title == "Free 24 people for 13 weeks and begin in Kingsmead home claims"
    assert brief.meta == (
        "For Robert Adeyemi, chief financial officer",
        "From Priya Nair, head of claims operations",
        "14 December 2026",
    )
    assert brief.lead.endswith("when one person knows their case and calls them back.")


def test_a_stage_that_stops_asks_for_nobody_in_its_title(framework):
    fenwick = Workbook(framework, date(2026, 12, 14)).story("fenwick_valley")
    told = build_brief(fenwick, "recognise", example=True)
    assert told.mark.level == Level.FAIL
    assert told.title.startswith("Stop: do not begin in ")
    assert told.title.endswith(" yet")


def test_the_gates_word_and_every_sheets_word_stand_at_the_top(brief, examples):
    gate = examples.framework.sheets["recognise_gate"]
    assert brief.mark.level == examples.assess(gate).verdict == Level.PASS
    assert brief.mark.word == "Ready"
    assert [(title, mark.word) for title, mark in brief.sheets] == [
        ("Zoom out", "Ready"),
        ("Catalyst", "Ready"),
        ("Champion", "Ready"),
        ("Entry point", "Ready"),
        ("Metric tree", "Ready"),
    ]


def test_the_reason_has_its_date_and_its_loss(brief):
    assert lines_of(brief, "reason")[1] == (
        "Too late by 1 July 2027. Lost by then: 550 home claimants leave us every month."
    )


def test_the_sponsor_protects_three_things_until_a_day(brief):
    assert lines_of(brief, "sponsor") == [
        "Helen Marsh, chief claims officer protects this until 30 April 2027:",
        "The time of 24 people, 75% of each week.",
        "A daily target of 8 settled claims instead of 9.5.",
        "Every job: the pilot’s results lead to no cuts.",
        "No job cuts until 30 April 2027: Helen Marsh, chief claims officer.",
    ]


def test_one_estimate_one_range_and_what_a_reader_gets_who_multiplies(brief):
    # 14.3 x 2.7% = 0.386, x 1.8% = 0.257, x 4.0% = 0.572
    assert lines_of(brief, "chain") == [
        "Likely +2.7%",
        "Nine in ten tries between +1.8% and +4.0%. For “Premium that home claimants renew” that "
        "is £0.39 million (£0.26 million to £0.57 million).",
    ]


def test_the_way_to_money_says_how_each_link_is_known(brief):
    assert lines_of(brief, "way") == [
        "Called back within one working day: 36% → 50% (believed)",
        "One handler from start to end: 28% → 45% (believed)",
        "Offer discussed before it is sent: 14% → 30% (believed)",
        "Home claimants who renew: 78% (measured)",
        "Premium that home claimants renew: £14.3 million",
    ]


def test_what_is_asked_for_answers_a_cfos_first_questions(brief):
    people, money, relaxed, once, first = lines_of(brief, "request")
    assert people == (
        "24 people, 75% of their week or more, from 18 January 2027 to 16 April 2027."
    )
    assert money.startswith("Money: £148,000 at most, for eight temporary handlers")
    assert relaxed.startswith("Relaxed meanwhile: A daily target of 8 settled claims")
    assert once.startswith("Counted once: The freed hours are also in the 2027 saving")
    assert first == (
        "First step: Ask Kingsmead and its neighbours for volunteers. Priya Nair, 4 January 2027."
    )


def test_freed_hours_and_the_saving_are_told_once_and_never_added(brief):
    whole = "\n".join(line.text for part in brief.parts for line in part.lines)
    assert whole.count("£0.9 million") == 1  # the planned saving
    assert "1.29" not in whole  # 0.9 + 0.39: the saving and the effect


def test_open_points_stop_rule_and_decision(brief):
    assert [text.partition(":")[0] for text in lines_of(brief, "unsettled")] == [
        "The link to renewals is believed, not measured",
        "A storm week may call people back",
    ]
    assert lines_of(brief, "stop")[0].startswith("On 26 February 2027, if call-backs are below 40%")
    assert [part.title for part in brief.parts if part.id == "decision"] == [
        "Decision by 18 December 2026"
    ]
    assert brief.sign == "Robert Adeyemi, chief financial officer"


def test_every_line_of_the_example_is_filled_and_names_where_it_comes_from(brief):
    assert (brief.filled, brief.to_fill, len(brief.parts), brief.cut) == (8, 8, 9, ())
    money = next(p for p in brief.parts if p.id == "request").lines[1]
    assert [(one.sheet, one.field) for one in money.sources] == [("recognise_gate", "money")]


def test_a_blank_brief_says_what_is_missing_and_where(framework):
    blank = build_brief(Workbook(framework, date(2027, 1, 4)), "recognise")
    assert blank.mark.word == "Missing answers"
    gaps = [line for part in blank.parts for line in part.lines if line.missing]
    assert len(gaps) == 15
    money = next(one for one in gaps if "money at most" in one.text)
    assert money.sources[0].field == "money"


def test_open_musts_are_named_with_their_word_and_next_step(answers, brief_of):
    given = answers()
    helen = given["champion"]["candidates"][0]
    del helen["covers_until"]
    told = brief_of(given)
    assert told.mark.word == "Missing answers"
    assert dict(told.sheets)["Champion"].word == "Missing answers"
    line = next(text for text in lines_of(told, "unsettled") if "A sponsor" in text)
    assert line.startswith("A sponsor who protects it: Missing answers. ")
    assert lines_of(told, "sponsor")[0] == (
        "Helen Marsh, chief claims officer. No end date for the protection yet."
    )


def test_without_open_points_the_risks_of_the_chosen_place_are_told(answers, brief_of):
    given = answers()
    del given["recognise_gate"]["unsettled"]
    told = lines_of(brief_of(given), "unsettled")
    assert told[0] == (
        "A storm week calls people back to the queue. A rule for storm weeks: who helps, and for "
        "how many days: Helen Marsh, 8 January 2027."
    )


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("The north depot", "the north depot"),
        ("Our night shift.", "our night shift."),
        ("Theo’s crews", "Theo’s crews"),
        ("A", "A"),
    ],
)
def test_a_place_stands_in_the_middle_of_a_sentence_and_first_in_its_own(
    answers, brief_of, place, told
):
    given = answers()
    given["entry_point"]["candidates"][0]["place"] = place
    brief = brief_of(given)
    assert brief.title == f"Free 24 people for 13 weeks and begin in {told}"
    assert lines_of(brief, "place")[0].startswith(place)


def test_a_list_has_three_items_and_the_page_says_that_there_were_more(answers, brief_of):
    given = answers()
    given["recognise_gate"]["unsettled"] = "One is open. Two is open. Three is open. Four is open."
    told = brief_of(given)
    assert lines_of(told, "unsettled") == ["One is open.", "Two is open.", "Three is open."]
    assert told.cut == ("Not settled yet",)


def test_an_unknown_stage_is_one_sentence(examples):
    with pytest.raises(InputError, match="no brief for scale; there is one for recognise"):
        build_brief(examples, "scale")


@pytest.mark.parametrize(
    ("text", "limit", "cut"),
    [
        ("short", 10, "short"),
        ("a tin, a pan", 6, "a tin …"),
        ("n" * 50, 12, "n" * 9 + " …"),
    ],
)
def test_text_is_cut_at_a_words_end_where_there_is_one(text, limit, cut):
    assert cut_text(text, limit) == cut
    assert columns(cut) <= max(limit, columns(text) if text == cut else limit)


def test_the_example_keeps_to_the_page_as_it_is_counted(brief):
    assert page_lines(brief) <= PAGE_LINES


LONG = "Claims that one handler settles from the first call to the last letter"


def test_a_metrics_name_is_whole_where_the_page_has_room(answers, brief_of):
    given = answers()
    money, renew, *_ = given["metric_tree"]["nodes"]
    money["name"], renew["name"] = LONG, "Kundenzufriedenheits" * 3
    told = lines_of(brief_of(given), "way")
    assert any(line.startswith(f"{LONG}: ") for line in told)
    assert any("…" in line for line in told)  # a word that no line could break
