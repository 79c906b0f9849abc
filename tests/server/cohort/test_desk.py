"""The desk, the room and the screen over HTTP: who gets in, is told what, can do what."""

from __future__ import annotations

import json
import re
import threading
import time
from datetime import date, timedelta

import pytest

from playbook.cohort.secrets import shown_code
from playbook.framework import load_framework
from playbook.server.cohort.participant.room import ACTIONS as ROOM_ACTIONS
from playbook.server.cohort.trainer.desk_actions import ACTIONS
from playbook.store.sql import SqliteStore
from playbook.worksheet.kinds.date import written_date
from tests.server.cohort.classroom import PASSWORD, done

NOBODY = "00000000-0000-0000-0000-000000000000"
QUESTION = "candidates/breaks"
PLACES = ["", "/state", "/results.csv", "/results.json"]
HOSTILE = [None, True, -1, float("nan"), 1e308, "", "\ud800", "x" * 5000, "../../x", [], {"a": 1}]


@pytest.fixture(scope="module")
def ana(served):
    return served.people["Ana"]


@pytest.fixture(scope="module")
def desk(served):
    """The address of Ana's desk."""
    return f"/desk/{served.cohorts['Ana']}"


@pytest.fixture(scope="module")
def account(served):
    """Ana in a browser where she signed in with her password."""
    visitor = served.stranger()
    assert visitor.fill_in("/sign-in", name="Ana", password=PASSWORD).status_code == 303
    return visitor


@pytest.fixture(scope="module")
def class_of_six(served):
    """José, Lin and four more."""
    more = [served.stranger() for _ in range(4)]
    for number, visitor in enumerate(more):
        visitor.fill_in("/join", code=served.codes["Ana"], name=f"P{number}")
    return [served.people["José"], served.people["Lin"], *more]


def state(person, place):
    return done(person.get(f"{place}/state"))


@pytest.fixture
def vote(ana, desk):
    """An open vote; gone afterwards."""
    done(ana.do(f"{desk}/sheet", sheet="catalyst", note="First screen"))
    made = done(ana.do(f"{desk}/ask", sheet="catalyst", question=QUESTION, guess=True))["id"]
    yield made
    ana.do(f"{desk}/drop", vote=made)


# -- who gets in


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("who", ["José", "Lin", "Ben", "Eve"])
def test_nobody_but_its_trainers_reaches_a_desk(served, desk, who, place):
    theirs = served.people[who].get(desk + place)
    unknown = served.people[who].get(f"/desk/{NOBODY}{place}")
    assert theirs.status_code == unknown.status_code == 404
    assert theirs.text == unknown.text


@pytest.mark.parametrize("name", [*ACTIONS, "nothing"])
@pytest.mark.parametrize("who", ["stranger", "José", "Ben"])
def test_nobody_but_its_trainers_does_anything_there(served, ana, desk, who, name):
    person = served.stranger() if who == "stranger" else served.people[who]
    before = state(ana, desk)
    given = {"sheet": "catalyst", "seconds": 60, "open": False, "what": "x", "owner": "x"}
    assert person.do(f"{desk}/{name}", **given).status_code in {403, 404}
    assert state(ana, desk)["stamp"] == before["stamp"]


@pytest.mark.parametrize("path", ["/desk", "/room", "/screen"])
def test_a_stranger_is_sent_to_the_door(served, path):
    assert served.stranger().get(path).headers["Location"].startswith("/join")


def test_each_role_is_led_to_its_own_page(served, ana, account, desk):
    cohort = served.cohorts["Ana"]
    assert ana.get("/room").headers["Location"] == "/desk"
    assert ana.get("/desk").headers["Location"] == desk
    assert ana.get("/screen").headers["Location"] == f"/screen/{cohort}"
    assert account.get("/desk").status_code == 200
    assert served.people["José"].get("/desk").status_code == 404
    for path in (f"/screen/{cohort}", f"/screen/{cohort}/state"):
        assert served.people["José"].get(path).status_code == 404, "not for who answers"
    assert served.people["Ben"].get(f"/screen/{cohort}/state").status_code == 404


def test_a_viewer_has_the_screen_and_nothing_else(served, ana, desk, class_of_six, vote):
    visitor = served.stranger()
    visitor.fill_in("/join", code=served.codes["Ana"], name="Beamer")
    member = next(it for it in state(ana, desk)["people"] if it["name"] == "Beamer")
    done(ana.do(f"{desk}/role", member=member["id"], role="viewer"))
    screen = visitor.get("/screen").headers["Location"]
    told = state(visitor, screen)
    assert told["turnout"][vote] == {"answered": 0, "of": len(class_of_six)}
    assert "people" in told
    assert visitor.get(f"{desk}/state").status_code == 404
    assert visitor.do("/room/answer", vote=vote, value="yes").status_code == 404
    done(ana.do(f"{desk}/erase", member=member["id"]))
    assert visitor.get(f"{screen}/state").status_code == 403


# -- making a class


def test_a_trainer_makes_a_class_and_leads_it_at_once(served, account):
    words = load_framework().words
    given = {"title": "O'Neil <b>&", "host": "Acme", "ends": written_date(date.today(), words)}
    given["erase_on"] = "in 2 weeks"
    made = done(account.do("/desk/new", **given))["id"]
    page = account.get(f"/desk/{made}").text
    assert "O&#39;Neil &lt;b&gt;&amp;" in page
    assert made in account.get("/desk").text
    assert served.people["Ana"].get(f"/desk/{made}").status_code == 404, "a seat is in one class"


def test_the_desk_offers_sheets_in_the_pathways_order(ana, desk):
    choice = ana.get(desk).text.partition('id="offer-sheet"')[2].partition("</select>")[0]
    offered = re.findall(r'value="(\w+)"', choice)
    assert offered[0] == "zoom_out"
    assert (
        offered.index("recognise_gate") < offered.index("capacity") < offered.index("create_gate")
    )


def test_a_plan_that_makes_no_sense_says_which_field(account, served):
    today = date.today().isoformat()
    late = account.do("/desk/new", title="A", host="B", ends=today, erase_on=today)
    assert late.status_code == 409
    assert late.json()["field"] == "erase_on"
    assert account.do("/desk/new", title="A", host="B", ends="x").json()["field"] == "ends"
    assert served.people["Ana"].do("/desk/new", title="A").status_code == 404


# -- the door


def test_a_code_is_shown_to_who_leads_and_kept_nowhere(served, ana, desk):
    before = state(ana, desk)["door"]["code"]
    assert before == shown_code(served.codes["Ana"]), "the one from before the start"
    done(ana.do(f"{desk}/code"))
    door = state(ana, desk)["door"]
    assert door["code"] != before
    served.codes["Ana"] = door["code"]
    assert door["link"].endswith(f"/join?code={door['code']}")
    assert door["qr"].startswith("data:image/svg+xml")
    assert state(ana, f"/screen/{served.cohorts['Ana']}")["door"] == door
    assert door["code"] not in json.dumps(state(served.people["José"], "/room"))
    files = [path.read_bytes() for path in served.home.rglob("cohorts.*")]
    assert files
    for plain in (door["code"], door["code"].replace("-", "")):
        assert not any(plain.encode() in content for content in files)
    done(ana.do(f"{desk}/door", open=False))
    closed = served.stranger().fill_in("/join", code=door["code"], name="Late")
    assert closed.status_code == 409
    done(ana.do(f"{desk}/door", open=True))


def test_the_dates_are_changed_at_the_desk_and_everybody_reads_them(served, ana, desk):
    jose = served.people["José"]
    days = state(ana, desk)["days"]
    later = date.fromisoformat(days["ends"]) + timedelta(days=5)
    assert done(ana.do(f"{desk}/dates", ends=later.isoformat()))["done"]
    assert state(ana, desk)["days"] == {"ends": later.isoformat(), "erase_on": days["erase_on"]}
    assert not done(ana.do(f"{desk}/dates", ends=later.isoformat()))["done"]
    assert 'id="dated"' in jose.get("/place").text
    wrong = ana.do(f"{desk}/dates", erase_on=later.isoformat())
    assert (wrong.status_code, wrong.json()["field"]) == (409, "erase_on")


def test_an_ended_class_says_so_on_every_device_and_goes_on_with_a_later_day(served, ana, desk):
    jose, late = served.people["José"], served.stranger()
    screen = f"/screen/{served.cohorts['Ana']}"
    days = state(ana, desk)["days"]
    assert state(jose, "/room")["ended"] is None
    assert done(ana.do(f"{desk}/end"))["done"]
    assert not done(ana.do(f"{desk}/end"))["done"], "nothing was to be done"
    today = date.today().isoformat()
    assert state(jose, "/room")["ended"] == today
    assert state(ana, screen)["door"]["over"]
    assert 'id="ended"' in jose.get("/place").text
    refused = late.fill_in("/join", code=served.codes["Ana"], name="Late")
    assert refused.status_code == 409
    assert "ended on" in refused.text
    assert done(ana.do(f"{desk}/dates", **days))["done"]
    assert state(jose, "/room")["ended"] is None
    assert late.fill_in("/join", code=served.codes["Ana"], name="Late").status_code == 303
    member = next(it for it in state(ana, desk)["people"] if it["name"] == "Late")
    done(ana.do(f"{desk}/erase", member=member["id"]))


def test_a_class_is_made_again_from_the_list_without_its_people(served, account):
    cohort = served.cohorts["Ana"]
    made = done(account.do("/desk/copy", cohort=cohort, title="Again", day="in 2 weeks"))["id"]
    assert [it["role"] for it in state(account, f"/desk/{made}")["people"]] == ["trainer"]
    assert state(account, f"/desk/{made}")["door"]["code"], "it can be handed out at once"
    other = account.do("/desk/copy", cohort=served.cohorts["Ben"], title="Mine", day="today")
    assert other.status_code == 404


# -- a vote


def test_a_vote_is_hidden_until_the_reveal_and_nobodys_answer_is_told(
    ana, desk, class_of_six, vote
):
    answers = ["yes", "yes", "yes", "no", "partly", "no"]
    for person, answer in zip(class_of_six, answers, strict=True):
        done(person.do("/room/answer", vote=vote, value=answer, guess="yes"))
    jose = class_of_six[0]
    (before,) = [it for it in state(jose, "/room")["votes"] if it["id"] == vote]
    assert before["result"] is None
    assert before["mine"] == {"value": "yes", "guess": "yes", "shared": False, "settled": False}
    seen = state(ana, desk)
    assert seen["turnout"][vote] == {
        "answered": 6,
        "waiting": 6,
        "of": 6,
        "hands": None,
        "lacks": 0,
    }
    assert [it["mine"] for it in seen["votes"]] == [None]
    done(ana.do(f"{desk}/reveal", vote=vote))
    (after,) = [it for it in state(class_of_six[3], "/room")["votes"] if it["id"] == vote]
    assert after["result"]["counts"] == {"yes": 3, "partly": 1, "no": 2, "dont_know": 0}
    assert after["result"]["predictions"]["right"] == 6
    assert "turnout" not in state(jose, "/room")
    table = ana.get(f"{desk}/results.csv")
    assert "attachment" in table.headers["Content-Disposition"]
    assert "Yes,3,6," in table.text
    data = done(ana.get(f"{desk}/results.json"))
    assert data["votes"][0]["result"]["counts"]["yes"] == 3


def test_what_is_not_revealed_is_in_no_file(ana, desk, class_of_six, vote):
    for person in class_of_six:
        done(person.do("/room/answer", vote=vote, value="no"))
    assert done(ana.get(f"{desk}/results.json"))["votes"] == []


def test_an_answer_after_the_close_is_told_and_not_taken(ana, desk, class_of_six, vote):
    done(ana.do(f"{desk}/close", vote=vote))
    late = class_of_six[0].do("/room/answer", vote=vote, value="yes")
    assert late.status_code == 409
    assert "over" in late.json()["text"]
    assert state(ana, desk)["turnout"][vote]["answered"] == 0


def test_another_class_neither_sees_nor_answers_it(served, vote):
    eve = served.people["Eve"]
    assert eve.do("/room/answer", vote=vote, value="yes").status_code == 404
    assert state(eve, "/room")["votes"] == []


# -- waiting


def wait_for_news(person, place, stamp):
    """Asks in a thread; the seconds it took and the answer come into the dictionary."""
    told: dict = {}

    def ask() -> None:
        began = time.monotonic()
        told["state"] = done(person.get(f"{place}/state", params={"after": stamp}))
        told["seconds"] = time.monotonic() - began

    thread = threading.Thread(target=ask)
    thread.start()
    return thread, told


@pytest.mark.timed
def test_who_waits_hears_at_once_and_holds_up_nobody(ana, desk, class_of_six):
    waiting = [
        wait_for_news(person, "/room", state(person, "/room")["stamp"]) for person in class_of_six
    ]
    time.sleep(0.5)
    began = time.monotonic()
    assert ana.get(desk).status_code == 200
    assert time.monotonic() - began < 10
    done(ana.do(f"{desk}/timer", seconds=600))
    for thread, told in waiting:
        thread.join(5)
        assert told["state"]["timer_ends"] is not None
        assert 0.4 < told["seconds"] < 2.5
    done(ana.do(f"{desk}/stop_timer"))


def test_the_desk_hears_of_an_answer_and_of_who_comes(served, ana, desk, class_of_six, vote):
    lin = class_of_six[1]
    before = state(lin, "/room")["stamp"]
    thread, told = wait_for_news(ana, desk, state(ana, desk)["stamp"])
    done(class_of_six[0].do("/room/answer", vote=vote, value="yes"))
    thread.join(5)
    assert told["state"]["turnout"][vote]["answered"] == 1
    assert state(lin, "/room")["stamp"] == before, "nobody else's device is told anything"
    thread, told = wait_for_news(ana, desk, told["state"]["stamp"])
    visitor = served.stranger()
    visitor.fill_in("/join", code=served.codes["Ana"], name="Latecomer")
    thread.join(5)
    assert "Latecomer" in [it["name"] for it in told["state"]["people"]]
    visitor.fill_in("/sign-out")
    assert visitor.get("/room/state").status_code == 403


# -- people


def test_a_lost_private_link_is_made_anew_and_the_old_browser_is_out(served, ana, desk):
    visitor = served.stranger()
    visitor.fill_in("/join", code=served.codes["Ana"], name="Lost")
    member = next(it for it in state(ana, desk)["people"] if it["name"] == "Lost")
    link = done(ana.do(f"{desk}/reissue", member=member["id"]))["link"]
    assert visitor.get("/room/state").status_code == 403
    again = served.stranger()
    again.fill_in("/resume", token=link.partition("#")[2])
    assert again.get("/room").status_code == 200
    done(ana.do(f"{desk}/erase", member=member["id"]))
    assert again.get("/room/state").status_code == 403


def test_two_of_one_name_are_told_apart_and_one_is_taken_off_the_list(served, ana, desk):
    visitors = [served.stranger() for _ in range(2)]
    for visitor in visitors:
        visitor.fill_in("/join", code=served.codes["Ana"], name="Maria")
    found = [it for it in state(ana, desk)["people"] if it["name"] == "Maria"]
    assert [it["twin"] for it in found] == [1, 2]
    assert not found[0]["here"], "nobody looks at the room there"
    state(visitors[0], "/room")
    here = [it["here"] for it in state(ana, desk)["people"] if it["name"] == "Maria"]
    assert here == [True, False]
    assert done(ana.do(f"{desk}/aside", member=found[1]["id"], aside=True))["done"]
    assert visitors[1].get("/room/state").status_code == 404
    for page in ("/room", "/voila/render/01_catalyst.ipynb"):
        assert "not on the list" in visitors[1].get(page).text
    assert "not on the list" not in visitors[0].get("/room").text
    assert visitors[1].get("/place/workspace.json").status_code == 200
    done(ana.do(f"{desk}/aside", member=found[1]["id"], aside=False))
    assert visitors[1].get("/room/state").status_code == 200


def test_who_joined_twice_takes_their_work_along_and_only_when_they_say_so(served, ana, desk):
    first, second = served.stranger(), served.stranger()
    first.fill_in("/join", code=served.codes["Ana"], name="Zoe")
    second.fill_in("/join", code=served.codes["Ana"], name="Zoe Z.")
    elsewhere = SqliteStore(None)
    elsewhere.create("catalyst", "Zoe’s other one")
    done(second.do("/place/bring", workspace=elsewhere.export()))
    elsewhere.close()
    told = done(first.do("/place/pair"))
    assert told["qr"].startswith("data:image/svg+xml")
    page = second.get(f"/pair?code={told['code']}").text
    assert "Zoe Z." in page
    assert told["code"] in page
    came = second.fill_in("/pair", code=told["code"], bring="yes")
    assert came.status_code == 303
    names = [it["name"] for it in state(ana, desk)["people"]]
    assert "Zoe" in names
    assert "Zoe Z." not in names
    assert [it["name"] for it in done(first.do("/room/mine"))["worksheets"]] == ["Zoe’s other one"]


def test_people_of_another_class_are_unknown_at_this_desk(served, ana, desk):
    ben = served.people["Ben"]
    eve = next(it for it in state(ben, f"/desk/{served.cohorts['Ben']}")["people"])["id"]
    for name in ("reissue", "role", "seat", "erase"):
        assert ana.do(f"{desk}/{name}", member=eve, role="viewer").status_code == 404


def test_the_trainer_is_neither_erased_nor_made_a_viewer(ana, desk):
    own = next(it for it in state(ana, desk)["people"] if it["role"] == "trainer")["id"]
    assert ana.do(f"{desk}/erase", member=own).status_code in {404, 409}
    assert ana.do(f"{desk}/role", member=own, role="viewer").status_code in {404, 409}
    assert ana.do(f"{desk}/role", member=own, role="trainer").status_code in {404, 409}


# -- gallery


@pytest.fixture
def worksheet(served):
    """A worksheet of José's; its id."""
    elsewhere = SqliteStore(None)
    elsewhere.create("catalyst", "Mine <script>alert(1)</script>")
    done(served.people["José"].do("/place/bring", workspace=elsewhere.export()))
    elsewhere.close()
    (found,) = done(served.people["José"].do("/room/mine"))["worksheets"]
    assert found["name"].startswith("Mine")
    return found["id"]


def test_a_page_of_the_gallery_is_seen_by_the_class_once_it_is_shown(served, ana, desk, worksheet):
    jose, lin, eve = (served.people[name] for name in ("José", "Lin", "Eve"))
    given = {"worksheet": worksheet, "title": "Our board"}
    assert lin.do("/room/offer", **given, consent=True).status_code == 404, "it is not hers"
    assert jose.do("/room/offer", **given).status_code == 409, "nobody was asked"
    offer = done(jose.do("/room/offer", **given, consent=True))["id"]
    page = f"/gallery/{served.cohorts['Ana']}/{offer}"
    assert jose.get(page).status_code == ana.get(page).status_code == 200
    assert lin.get(page).status_code == 404, "it is not shown yet"
    assert state(lin, "/room")["gallery"] == []
    done(ana.do(f"{desk}/show", offer=offer, side=2))
    shown = lin.get(page)
    policy = shown.headers["Content-Security-Policy"]
    assert "sandbox" in policy
    assert "script-src" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'self'" in policy
    assert "<script>alert" not in shown.text
    assert state(lin, "/room")["gallery"][0] | {"id": ""} == {
        "id": "",
        "title": "Our board",
        "side": 2,
        "mine": False,
    }
    assert eve.get(page).status_code == 404
    assert lin.do("/room/withdraw", offer=offer).status_code == 404
    done(jose.do("/room/withdraw", offer=offer))
    assert lin.get(page).status_code == ana.get(page).status_code == 404
    assert ana.do(f"{desk}/show", offer=offer, side=1).status_code == 404


# -- hostile values


@pytest.mark.parametrize("name", sorted(ACTIONS.keys() - {"code", "door", "end", "stop_timer"}))
def test_forged_values_at_the_desk_are_refused_in_words(ana, desk, vote, name):
    keys = "member role account team sheet note seconds question about counts offer side what"
    for value in HOSTILE:
        forged = dict.fromkeys([*keys.split(), "owner", "due", "agreed", "outcome"], value)
        body = json.dumps(forged | {"vote": vote if value is None else value})
        given = {"content": body.encode(), "headers": {"X-XSRFToken": ana.secret}}
        answer = ana.client.post(f"{desk}/{name}", **given)
        assert answer.status_code in {200, 404, 409}, (value, answer.text)
        assert "Traceback" not in answer.text


@pytest.mark.parametrize("name", sorted(ROOM_ACTIONS))
def test_forged_values_in_the_room_are_refused_in_words(served, vote, name):
    jose = served.people["José"]
    for value in HOSTILE:
        forged = dict.fromkeys(("worksheet", "title", "consent", "offer", "value", "guess"), value)
        body = json.dumps(forged | {"vote": vote, "shared": value})
        answer = jose.client.post(
            f"/room/{name}", content=body.encode(), headers={"X-XSRFToken": jose.secret}
        )
        assert answer.status_code in {200, 404, 409}, (value, answer.text)


@pytest.mark.parametrize("place", ["/room", "/desk"])
def test_an_action_without_the_pages_secret_is_refused(ana, desk, served, place):
    person, path = (
        (ana, f"{desk}/end") if place == "/desk" else (served.people["Lin"], "/room/mine")
    )
    assert person.client.post(path, json={}).status_code == 403


def test_nothing_of_all_this_is_in_the_log(served):
    said = served.log.read_text()
    for secret in (served.codes["Ana"], "José", "Latecomer", "Traceback"):
        assert secret not in said
