"""Cases, played alone: a decision is kept before anything of what happened leaves the kernel."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest

from playbook.assessing.workbook import Workbook
from playbook.cases.library import own_folder
from playbook.cases.load import case_ids, load_case
from playbook.cases.play import in_words, range_says, read_play
from playbook.cases.scaffold import begin
from playbook.cases.steps import before, steps_of
from playbook.model import InputError
from playbook.report.brief import build_brief
from playbook.server.http.plain_page import Workspace, shown_page
from playbook.store.errors import UndoError
from tests.cases.spoilers import spoilers
from tests.widgets.case_player import ANSWERS, LOCAL, Player
from widgets.app import worksheet_app
from widgets.cases import Cases
from widgets.form.asks import answer
from widgets.host import host_for
from widgets.session import Session

ROUTES = [(it, route.minutes) for it in case_ids() for route in load_case(it).routes]


@pytest.fixture
def player(framework):
    return lambda play="": Player(framework, play)


@pytest.fixture
def store(framework):
    return host_for(LOCAL, framework).store


@pytest.mark.parametrize(("case_id", "minutes"), ROUTES)
def test_nothing_is_sent_that_its_person_has_not_sealed_the_way_to(player, case_id, minutes):
    case = load_case(case_id)
    route, page = case.route(minutes), player()
    page.say(type="begin", case=case_id, minutes=minutes)
    for number in range(1, len(route.parts) + 1):
        secret = spoilers(case, route, number, sealed=False)
        # what a page might ask for instead of deciding
        play = page.heard[-1]["play"]
        for wish in (number + 1, number, len(route.parts) + 1, 99, -1, "2", True, None):
            page.say(type="open", play=play, step=wish)
            page.say(type="seal", play=play, step=wish, op_id=str(uuid4()), answers={})
        page.say(type="seal", play=play, step=number + 1, op_id=str(uuid4()), answers={"x": "y"})
        page.say(type="note", play=play, text="")
        page.say(type="ready")
        page.say(type="open", play=play, step=number)
        heard = json.dumps(page.heard, ensure_ascii=False)
        assert [text for text in secret if text in heard] == []
        assert page.decide()["screen"] == "reveal"
        assert spoilers(case, route, number, sealed=True).isdisjoint(sentences(page.heard))
        page.on()
    assert page.heard[-1]["screen"] == "end"


def sentences(part):
    """Every text in what was heard."""
    if isinstance(part, dict):
        return {text for it in part.values() for text in sentences(it)}
    if isinstance(part, list):
        return {text for it in part for text in sentences(it)}
    return {part} if isinstance(part, str) else set()


def test_nothing_of_a_case_is_in_scripts_styles_state_or_what_a_notebook_shows(framework):
    app = Cases(framework)
    shown = json.dumps([app.get_state(), app._repr_mimebundle_()], default=str, ensure_ascii=False)
    for case in map(load_case, case_ids()):
        for step in case.steps:
            assert step.situation not in shown
            assert step.headline not in shown
        assert not [fact.id for fact in case.facts if fact.text in shown]
    assert "Alcoa" not in shown
    assert "A metals company, 1987" in shown


def test_a_decision_is_kept_before_anything_is_told_and_stays_as_it_was(player, store):
    page = player()
    page.say(type="begin", case="atb", minutes=20)
    play = page.heard[-1]["play"]
    told = page.decide(bigger="yes", paired="no", how_sure="fairly")
    assert told["mine"]["answers"] == ["Yes", "No"]
    assert told["mine"]["how_sure"] == "Fairly sure"
    kept = store.load(play)
    # the page presses again, with another answer: what is sealed stays
    page.say(type="seal", play=play, step=1, op_id=str(uuid4()), answers={"bigger": "no"})
    assert store.load(play).fields == kept.fields
    row = next(name for name in kept.fields if name.startswith("steps/") and name.count("/") == 1)
    host = page.app._host
    for change in (
        {"kind": "set", "field": f"{row}/answer_1", "value": "No", "base_rev": 1},
        {"kind": "remove_row", "table": "steps", "row": row.removeprefix("steps/")},
        {"kind": "set", "field": f"{row}/sealed", "value": None, "base_rev": 1},
    ):
        with pytest.raises(InputError):
            host.apply(play, "page", {**change, "op_id": str(uuid4())})
    for _ in range(3):
        try:
            host.apply(play, "home", {"kind": "undo", "op_id": str(uuid4())})
        except UndoError:  # nothing that may be undone
            break
    sealed = {name: it for name, it in kept.fields.items() if name.startswith("steps/")}
    assert sealed.items() <= dict(store.load(play).fields).items()


def test_another_device_goes_on_where_one_was(player):
    one = player()
    one.say(type="begin", case="alcoa", minutes=20)
    play = one.heard[-1]["play"]
    one.decide()
    other = player(play)
    assert (other.heard[-1]["screen"], other.heard[-1]["before"]["step"]) == ("step", 2)
    listed = player().heard[-1]
    assert [(it["title"], it["step"], it["steps"]) for it in listed["going"]] == [
        ("A metals company, 1987", 2, 3)
    ]


def test_what_is_still_open_is_said_and_nothing_is_sealed(player, store):
    page = player()
    page.say(type="begin", case="atb", minutes=20)
    play = page.heard[-1]["play"]
    refused = page.say(
        type="seal", play=play, step=1, op_id=str(uuid4()), answers={"bigger": "perhaps"}
    )
    assert refused["type"] == "refused"
    assert refused["field"] == "bigger"
    assert refused["text"].startswith("Answer “")
    assert read_play(store.load(play)).decisions == {}


def test_a_play_is_exported_and_erased_with_everything_else(player, store):
    page = player()
    page.play("mursion", 5)
    data = store.export()
    assert [it["sheet"] for it in data["worksheets"]] == ["case_play"]
    assert "Buy it" in json.dumps(data)
    store.erase_everything()
    assert store.worksheets() == []
    store.import_(data)
    assert player().heard[-1]["over"][0]["title"] == "Practise on a machine"


def test_removing_one_play_leaves_the_others_and_other_sheets(player, store):
    page = player()
    page.play("mursion", 5)
    page.play("pitch", 5)
    sheet = store.create("catalyst", "Mine").id
    gone = next(it["play"] for it in player().heard[-1]["over"] if it["title"].startswith("Five"))
    page.say(type="erase", play=sheet)  # a page may name what it likes
    page.say(type="erase", play=gone)
    assert [it["title"] for it in page.heard[-1]["over"]] == ["Practise on a machine"]
    assert sheet in {info.id for info in store.worksheets()}


def test_the_sentence_stands_on_ones_own_sheet_marked_with_case_and_day(player):
    page = player()
    page.play("mursion", 5)
    play = page.heard[-1]["play"]
    page.say(type="note", play=play, text="Saying no to a good customer.")
    app, heard = worksheet_app("supervisors"), []
    app.form.send = lambda message, *_: heard.append(message)
    app.form._receive(app.form, {"type": "hello", "page": LOCAL, "device": "d", "tab": "t"}, [])
    state = next(it["state"] for it in heard if it.get("type") == "hello" or "state" in it)
    (note,) = [it for it in state["carried"] if it["id"] == f"note-{play}"]
    assert note["text"].startswith("“Saying no to a good customer.” A note of yours, from the case")
    assert "“Practise on a machine”" in note["text"]
    assert note["href"] == f"20_cases.ipynb?play={play}"
    assert page.say(type="note", play=play, text=" ")["note"] == ""


def test_the_sentence_is_on_paper_and_forms_too_and_private_in_what_is_passed_on(
    player, store, framework
):
    """Saved page and brief tell it where private rows are ticked, the plain form to its person."""
    page, text = player(), "Saying no to a good customer."
    page.play("brokerage", 5)
    page.say(type="note", play=page.heard[-1]["play"], text=text)
    sheet = framework.sheets[load_case("brokerage").carry.sheet]
    session = Session(sheet, framework, host_for(LOCAL, framework), "device")
    session.open(store.create(sheet.id, "Ours").id)
    saved = {
        it: answer(session, {"what": "html", "private": it})["file"]["text"] for it in (True, False)
    }
    assert f"“{text}”" in saved[True]
    assert text not in saved[False]
    plain = shown_page(framework, sheet, session.id, True, Workspace(store, "device", "You"))
    assert f"“{text}”" in plain.says
    book = Workbook(framework, date.today(), store)
    told = {it: str(build_brief(book, "recognise", private=it)) for it in (True, False)}
    assert text in told[True]
    assert text not in told[False]


def test_played_again_it_shows_then_and_now(player):
    page = player()
    page.say(type="begin", case="mursion", minutes=5)
    page.decide(buy="buy")
    page.say(type="begin", case="mursion", minutes=5)
    told = page.decide(buy="room")
    assert (told["then"]["answers"][0], told["mine"]["answers"][0]) == (
        "Buy it",
        "Use the quiet room",
    )
    line = page.on()["lines"][0]
    assert (line["then"][0], line["now"][0], line["changed"]) == (
        "Buy it",
        "Use the quiet room",
        True,
    )


def test_a_begun_case_of_ones_own_is_listed_and_played(player):
    begin("parcels", own_folder())
    offered = player().heard[-1]["own"]
    assert [it["title"] for it in offered] == ["A case of our own"]
    assert player().play("parcels", 5)["title"] == "A case of our own"


def test_a_broken_case_of_ones_own_says_what_to_correct(player):
    place = begin("broken", own_folder())
    place.write_text(
        place.read_text(encoding="utf-8").replace("12 people", "many people, 13 or 14"),
        encoding="utf-8",
    )
    place.write_text(
        place.read_text(encoding="utf-8").replace("Calls pile up", "99 calls pile up"),
        encoding="utf-8",
    )
    (listed,) = player().heard[-1]["own"]
    assert "says 99" in listed["problem"]
    assert player().say(type="begin", case="broken", minutes=5)["screen"] == "list"


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        ("100", "1,000", "Your range holds it."),
        ("600", "700", "Your range is too high."),
        ("100", "200", "Your range is too low."),
        ("700", "300", "Your range holds it."),  # turned round
    ],
)
def test_a_range_is_held_against_the_figure(framework, low, high, said):
    case = load_case("alcoa")
    ask = before(case, case.route(20), 3, framework)["asks"][0]
    written = in_words(ask, {"low": low, "high": high}, framework.words)
    figure = {"ask": "income", "figure": 514.9, "unit": "", "least": False, "fact": ""}
    assert range_says(written, figure, framework.words) == said


def test_of_a_lower_bound_only_what_lies_below_it_is_wrong(framework):
    figure = {"ask": "n", "figure": 300.0, "unit": "people", "least": True, "fact": ""}
    assert range_says("500 to 900 people", figure, framework.words).startswith("Your range may")
    assert range_says("10 to 50 people", figure, framework.words) == "Your range is too low."


def test_every_step_of_every_case_can_be_decided(framework):
    for case_id, minutes in ROUTES:
        case = load_case(case_id)
        for number, _ in enumerate(steps_of(case, case.route(minutes)), start=1):
            for ask in before(case, case.route(minutes), number, framework)["asks"]:
                assert in_words(ask, ANSWERS[ask["kind"]](ask), framework.words)


def test_in_a_class_the_kits_cases_are_opened_by_whoever_leads_it(player, framework):
    """Nobody plays ahead of the class, and what they played before stays closed meanwhile."""
    page = player()
    page.say(type="begin", case="alcoa", minutes=20)
    play = page.heard[-1]["play"]
    page.app._host = replace(page.app._host, mode="cohort")
    told = framework.words.text("cases.error.in_class")
    refused = page.say(type="begin", case="atb", minutes=20)
    assert (refused["type"], refused["text"]) == ("refused", told)
    opened = page.say(type="open", play=play, step=1)
    assert (opened["screen"], opened["sizes"], opened["going"]) == ("list", [], [])
    assert told in opened["trouble"]
    assert page.say(type="write", worksheet="")["screen"] == "own"


def test_a_disguise_is_kept_by_every_name(player, store):
    """List, ids, kept play and export call the case by another name until its reveal opens it."""
    case = load_case("alcoa")
    hidden = [*case.disguise.hidden, "oneill"]

    def named(*texts):
        return [it for it in hidden if any(it in text.casefold() for text in texts)]

    page = player()
    page.say(type="begin", case=case.alias, minutes=20)
    route, kept = case.route(20), store.export
    opens = next(at for at, it in enumerate(route.parts, 1) if case.step(it.step).opens)
    for _ in range(opens):
        page.say(type="ready")
        assert named(json.dumps(page.heard), json.dumps(kept(), default=str)) == []
        told = page.decide()
        page.on()
    assert named(json.dumps(told))


def test_nothing_that_any_page_is_sent_names_a_disguised_story(player):
    """Scripts and styles of the cases, of the room and of the wall; home's and the sheets' pages
    are made of wording and content, which a test of the content reads."""
    hidden = load_case("alcoa").disguise.hidden
    app = player().app
    sent = [str(app._esm), str(app._css), app.text(), app.outline()]
    for folder in ("widgets", "playbook/server"):
        for kind in ("js", "css", "html"):
            sent += [it.read_text(encoding="utf-8") for it in Path(folder).rglob(f"*.{kind}")]
    for part in ("wording", "sheets", "examples", "briefs", "kit/plays"):
        sent += [it.read_text("utf-8") for it in Path("playbook/content", part).rglob("*.toml")]
    said = [it for it in hidden if any(it in text.casefold() for text in sent)]
    assert said == []
