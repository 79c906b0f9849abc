"""The pilot charter's second page: expected words and figures are worked out by hand from
Wyeford's answers, and however much is typed it stays one page."""

from copy import deepcopy
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from playbook.assessing.workbook import GivenWorkbook
from playbook.framework import load_framework
from playbook.model import Level
from playbook.report.brief import build_brief, stage_in_hand
from playbook.report.brief.create import Create
from playbook.report.brief.email_text import brief_email
from playbook.report.brief.fit import PAGE_LINES, page_lines
from playbook.report.brief.formats import FORMATS
from playbook.report.brief.html_page import notes
from playbook.report.brief.pdf_file import brief_pdf
from playbook.report.capacity.hours import hours_plan
from playbook.worksheet.parse import read_worksheet
from tests.depth import examples as depth

from .conftest import TODAY, lines_of
from .test_formats import long_answers

FRAMEWORK = load_framework()
CREATE = ("capacity", "workgroups", "supervisors", "expectations", "create_gate")
LATER = (*CREATE, "focus", "practices", "connect", "obstacles", "act_gate")
PRIVATE = ("Kingsmead handlers who volunteer", "H01", "H05", "H22", "The head of payments")
"""Who is freed, who is in which group, and what is said of managers."""


# --------------------------------------------------------------------------- what it says


def test_page_one_is_the_brief_as_before(charter, brief):
    first, second = charter.pages
    assert (first.title, first.parts) == (brief.title, brief.parts)
    assert second is charter
    assert (charter.name, charter.title) == (
        "Pilot charter",
        "24 people in 4 groups begin on 18 January 2027",
    )
    assert charter.lead.startswith("Families who have had a claim leave us.")


def test_the_gates_word_and_every_sheets_word_stand_at_the_top(charter, examples):
    gate = examples.framework.sheets["create_gate"]
    assert charter.mark.level == examples.assess(gate).verdict == Level.PASS
    assert charter.says.endswith("the conditions are in place, and the groups can begin.")
    assert [(title, mark.word) for title, mark in charter.sheets] == [
        ("Capacity", "Ready"),
        ("Workgroups", "Ready"),
        ("Supervisors", "Ready"),
        ("Expectations", "Ready"),
    ]


def test_hours_are_those_of_all_together_and_each_has_its_source(charter):
    # each of the 24: 37.5 - 9 kept = 28.5 free; 14.5 + 1 + 2 handed over, 7 - 1 by machines,
    # 4 - 2 simplified, 1.5 stopped, and 37.5 - 36 have no task today
    assert lines_of(charter, "freed") == [
        "24 of 24 volunteers can be freed for 75% of their own hours.",
        "684 hours a week are free: 420 handed over, 144 done by machines, 48 simplified, "
        "36 free already and 36 stopped. 26 people take tasks over. No week is fuller than 86%.",
        "Protected by Helen Marsh, chief claims officer: “Until 30 April please call nobody back.”",
    ]
    picture = next(one for part in charter.parts for one in part.pictures)
    assert (round(picture.free, 2), picture.limit) == (0.76, 0.75)
    assert picture.alt == (
        "Of their own hours 76% are free and 24% are kept. At least 75% have to be free."
    )


def test_each_group_says_what_it_is_for_and_whose_view_is_missing(charter):
    told = lines_of(charter, "groups")
    assert told[:4] == [
        "Group 1, 6 people: Families know after two days what happens next. "
        "Missing view: Underwriting.",
        "Group 2, 6 people: Suppliers and families agree on a day, and it holds. "
        "Missing view: Data.",
        "Group 3, 6 people: A family tells its story once. Missing view: Contact centre, Remote.",
        "Group 4, 6 people: Nobody renews elsewhere because we were silent. "
        "Missing view: Underwriting, Data.",
    ]
    assert told[4] == "Different on purpose: area, place and way of working."
    assert told[5].endswith("Most delays begin with a supplier.")
    assert len(told) == 7  # two of the four rules name people


def test_two_people_of_one_code_are_in_their_groups_all_the_same(answers, brief_of):
    given = answers()
    first, second = given["workgroups"]["people"][:2]
    second["code"] = first["code"]
    told = lines_of(brief_of(given, "create"), "groups")
    assert [line.partition(":")[0] for line in told[:4]] == [
        f"Group {number}, 6 people" for number in (1, 2, 3, 4)
    ]


def test_supervisors_have_their_agreement_and_first_focus(charter):
    assert lines_of(charter, "supervisors") == [
        "Dana Cole, team lead in Kingsmead. Agreed in writing on 11 December 2026. "
        "First focus: Called back within one working day.",
        "The lead of the late shift in Kingsmead. Agreed in writing on 11 December 2026. "
        "First focus: One handler from start to end.",
    ]


def test_guardrails_share_a_day_or_have_one_each(charter, answers, brief_of):
    assert [part.title for part in charter.parts if part.id == "guards"] == [
        "Guardrails, next look 11 January 2027"
    ]
    assert lines_of(charter, "guards")[3] == (
        "A gesture of goodwill of up to £75. They may, after telling somebody."
    )
    given = answers()
    given["expectations"]["guards"][0]["guard_review"] = "2027-01-20"
    del given["expectations"]["guards"][1]["guard_review"]
    told = brief_of(given, "create")
    assert [part.title for part in told.parts if part.id == "guards"] == ["Guardrails"]
    ends = [line.rpartition("Next look: ")[2] for line in lines_of(told, "guards")]
    assert ends == ["20 January 2027.", "no day yet.", "11 January 2027.", "11 January 2027."]


def test_contradictions_are_lightened_and_the_first_days_have_their_hours(charter):
    assert [text.partition(". ")[2] for text in lines_of(charter, "contradictions")] == [
        "Leave Kingsmead out of the report until 30 April 2027.",
        "Call claimants without the central letter until April.",
        "The bonus is paid at the average of 2026. Until 30 April 2027.",
    ]
    first, second, log, *_ = lines_of(charter, "days")
    # 30 + 60 + 15 + 75 + 60 + 60 + 15 + 60 + 45 + 30 = 450 minutes from nine
    assert first.startswith("Day 1, 9:00 to 16:30: From and to, in pairs; What purpose")
    assert second.startswith("Day 2, 9:00 to 16:30: The family that tells its story four times")
    assert "Lunch" not in first + second
    assert log.startswith("Learning log: Write one page every Friday")


def test_what_is_open_and_the_decision_with_its_first_step(charter):
    assert lines_of(charter, "unsettled") == [
        "The link to renewals is still believed, not measured.",
        "Critical now: A rule for storm weeks; Desks together on the second floor.",
        "Other sheets around the pilot: Ready: Map, Flow, Alignment, Scorecard, Seven steps.",
    ]
    assert lines_of(charter, "decision") == [
        "Go on to the next stage. People know what to do, and who protects them. Another month of "
        "preparation would teach us nothing. Looked at again on 26 February 2027.",
        "First step: Open the second floor, and put the first family’s story on the wall. "
        "Dana Cole, 18 January 2027.",
    ]
    assert charter.sign == "Helen Marsh, chief claims officer"


def test_the_example_is_told_whole(charter):
    assert (charter.filled, charter.to_fill) == (14, 14)
    assert [page.cut for page in charter.pages] == [(), ()]
    assert all(page_lines(page) <= PAGE_LINES + 0.05 for page in charter.pages)


# --------------------------------------------------------------------------- when it appears


def only(answers, *sheets):
    return {name: one for name, one in answers().items() if name in sheets}


def workbook_of(framework, given):
    read = {
        name: read_worksheet(framework.sheets[name], one, framework.words)
        for name, one in given.items()
    }
    return GivenWorkbook(framework, TODAY, read)


def test_a_story_of_recognise_keeps_its_one_page(framework, answers, brief_of):
    given = {name: one for name, one in answers().items() if name not in LATER}
    told = brief_of(given, "create", example=True)
    assert told.pages == (told,)
    alone = brief_of(given, "recognise", example=True)
    assert brief_email(told, framework.words) == brief_email(alone, framework.words)
    assert stage_in_hand(workbook_of(framework, given)) == "recognise"


@pytest.mark.parametrize("sheet", CREATE)
def test_one_sheet_of_create_is_enough_and_the_rest_is_said_to_be_missing(
    sheet, framework, answers, brief_of
):
    given = only(answers, sheet)
    told = brief_of(given, "create")
    assert [page.stage for page in told.pages] == ["recognise", "create"]
    assert told.mark.word == "Missing answers"
    assert any(line.missing for part in told.parts for line in part.lines)
    assert stage_in_hand(workbook_of(framework, given)) == "create"
    assert len(PdfReader(BytesIO(brief_pdf(told, framework.words))).pages) == 2


def test_an_open_must_is_named_with_its_word_and_next_step(answers, brief_of):
    given = answers()
    given["supervisors"]["supervisors"][1]["agreed"] = "no"
    told = brief_of(given, "create")
    words = {title: mark.word for title, mark in told.sheets}
    assert words["Supervisors"] == told.mark.word == "Stop"
    assert words["Capacity"] == "Ready"
    assert "Not agreed yet." in lines_of(told, "supervisors")[1]
    line = next(text for text in lines_of(told, "unsettled") if "can coach" in text)
    assert line.startswith("Supervisors who can coach: Stop. ")


@pytest.mark.parametrize(
    ("because", "said"),
    [
        (None, "Go on to the next stage, although the gate says Stop, and no reason is written"),
        ("One manager is away.", "Go on to the next stage, although the gate says Stop. One man"),
    ],
)
def test_going_on_against_the_gate_is_said_in_one_true_sentence(answers, brief_of, because, said):
    given = answers()
    given["supervisors"]["supervisors"][1]["agreed"] = "no"
    given["create_gate"] |= {"go_on": "go", "because": because, "unsettled": None}
    told = brief_of(given, "create")
    assert told.mark.word == "Stop"
    assert lines_of(told, "decision")[0].replace("**", "").startswith(said)
    given["create_gate"]["go_on"] = "stop"
    assert "although" not in lines_of(brief_of(given, "create"), "decision")[0]


@settings(max_examples=depth(25), deadline=None)
@given(
    hours=st.lists(st.integers(5, 14), min_size=2, max_size=4),
    triage=st.lists(
        st.sampled_from(["stop", "simplify", "consolidate", "keep"]),
        min_size=4,
        max_size=4,
    ),
    count=st.integers(1, 30),
)
def test_whatever_frees_them_the_sources_add_up(hours, triage, count):
    """A second way: contract less what is left to do, for each of those who are freed."""
    framework = FRAMEWORK
    told = deepcopy(dict(framework.examples["capacity"].answers))
    told["people"][0] |= {"count": count, "contract": sum(hours) + 1}
    told["people"][1]["count"] = 60
    kept = [task for task in told["tasks"] if task["doer"] != "freed"]
    mine = [
        {"id": f"t{at}", "task": f"Task {at}", "doer": "freed", "hours": one, "triage": triage[at]}
        | ({"left": 1} if triage[at] == "simplify" else {})
        for at, one in enumerate(hours)
    ]
    told["tasks"] = mine + kept
    workbook = workbook_of(framework, {"capacity": told})
    entry = workbook.current(framework.sheets["capacity"])
    plan = hours_plan(entry.sheet, entry.worksheet, entry.assessment, framework)
    free = sum(
        one.people * (one.contract - one.after) for one in plan.allocation.shares if one.freed
    )
    found = Create(workbook, framework.sheets["create_gate"], private=False).hours_by_source()
    assert sum(found.values()) == pytest.approx(free, abs=0.01)


# --------------------------------------------------------------------------- however much there is


def crowd(answers):
    """60 people in eight groups, eight supervisors, forty guardrails, three long days."""
    given = answers()
    person = given["workgroups"]["people"][0]
    given["workgroups"] |= {
        "people": [
            person | {"id": f"p{at}", "code": f"P{at:03}", "group": at % 8 + 1, "locked": "no"}
            for at in range(60)
        ],
        "groups": [{"id": f"g{at}", "outcome": "An outcome that all share."} for at in range(8)],
        "group_count": 8,
        "people_count": 60,
    }
    worker = given["capacity"]["people"][0]
    given["capacity"]["people"] = [
        worker | {"id": f"w{at}", "who": f"P{at:03}", "count": 1} for at in range(60)
    ] + given["capacity"]["people"][1:]
    given["capacity"]["tasks"] = [
        {"id": f"t{at}{what}", "task": "A task", "doer": f"w{at}", "hours": hours, "triage": what}
        | {"value": "none"}
        for at in range(60)
        for what, hours in (("keep", 9), ("stop", 28))
    ] + [task for task in given["capacity"]["tasks"] if task["doer"] != "freed"]
    lead, guard = given["supervisors"]["supervisors"][0], given["expectations"]["guards"][0]
    given["supervisors"]["supervisors"] = [
        lead | {"id": f"s{at}", "who": f"Lead {at}"} for at in range(8)
    ]
    given["expectations"]["guards"] = [guard | {"id": f"u{at}"} for at in range(40)]
    against = given["create_gate"]["contradictions"][0]
    given["create_gate"]["contradictions"] = [against | {"id": f"c{at}"} for at in range(40)]
    return given


@pytest.mark.parametrize("private", [False, True])
@pytest.mark.parametrize(
    "text", ["Many words that say little. ", "W" * 40, "記録を残す", "</script>#[] {x} **no** "]
)
def test_sixty_people_in_eight_groups_and_long_texts_keep_to_two_pages(
    text, private, answers, brief_of, framework
):
    given = long_answers(lambda: crowd(answers), text)
    for at, person in enumerate(given["workgroups"]["people"]):
        person["code"] = f"EMP-{at:012}"  # as long as a code may be
    for rule in given["workgroups"]["rules"]:
        rule["who"] = ", ".join(f"EMP-{at:012}" for at in range(11))
    for row in (*given["capacity"]["people"], *given["capacity"]["tasks"]):
        row.pop("skill", row.pop("skills", None))
    told = brief_of(given, "create", private=private)
    assert all(page_lines(page) <= PAGE_LINES + 0.05 for page in told.pages)
    groups = [line for line in lines_of(told, "groups") if line.startswith("Group ")]
    assert [line.partition(",")[0] for line in groups] == [f"Group {at}" for at in range(1, 9)]
    assert "volunteers can be freed" in lines_of(told, "freed")[0]
    assert notes(told, framework.words)[0].startswith("Shortened: ")
    made = PdfReader(BytesIO(brief_pdf(told, framework.words)))
    assert len(made.pages) == 2
    for name in ("html", "docx", "pptx", "email"):
        assert FORMATS[name].make(told, framework.words)


def test_what_a_long_list_leaves_out_is_counted_on_the_page(answers, brief_of):
    told = brief_of(crowd(answers), "create")
    said = lines_of(told, "guards")
    left = 40 - (len(said) - 1)
    assert said[-1] == f"{left} more on the sheet."
    assert len(lines_of(told, "supervisors")) >= 3


# --------------------------------------------------------------------------- the files


def test_no_private_answer_is_in_any_format(charter, shown):
    for name, text in shown(charter).items():
        assert [secret for secret in PRIVATE if secret in text] == [], name
    assert charter.left_out > 0


def test_with_the_tick_roles_and_codes_are_told_without_any_score(examples, shown, framework):
    told = build_brief(examples, "create", private=True)
    assert "Kingsmead handlers" in " ".join(lines_of(told, "freed"))
    assert all("(H" in line for line in lines_of(told, "groups")[:4])
    assert notes(told, framework.words)[-1].startswith("With private rows.")
    for name, text in shown(told).items():
        assert "H01" in text, name


def test_the_pdf_has_both_pages_titles_and_all_answers(charter, framework):
    reader = PdfReader(BytesIO(brief_pdf(charter, framework.words)))
    one, two = (page.extract_text() for page in reader.pages)
    assert "Pilot charter, page 1 of 2: Recognise" in one
    assert "Pilot charter, page 2 of 2: Create" in two
    assert reader.metadata.title == charter.title
    attached = reader.attachments["answers.json"][0].decode()
    for sheet in ("catalyst", *CREATE):
        assert f'"sheet":"{sheet}"' in attached


def test_the_mail_has_the_charters_decision_first_and_then_the_brief(charter, framework):
    text = brief_email(charter, framework.words)
    assert text.startswith("Pilot charter: 24 people in 4 groups begin on 18 January 2027")
    order = ("Decision by 15 January 2027", "Who is freed", "Pilot brief", "What we ask for")
    places = [text.index(one) for one in order]
    assert places == sorted(places)


def test_web_page_word_and_slides_have_a_page_each(charter, shown):
    told = shown(charter)
    assert told["html"].count('<article class="a4"') == 2
    assert told["docx"].count("w:pageBreakBefore") == 1
    assert told["pptx"].count("<p:sldId ") == 2
    ids = [part.split('"')[0] for part in told["html"].split(' id="')[1:]]
    assert len(ids) == len(set(ids))
