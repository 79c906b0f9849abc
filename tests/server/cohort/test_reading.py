"""Worksheets that who leads may read: told to people on every way in, and there for nobody else."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from benchmarks.pilot_year import written
from playbook.cohort.cohorts import CohortPlan
from playbook.cohort.vote_moves import askable
from playbook.framework import load_framework
from playbook.model import InputError
from playbook.server.cohort.host.host import CohortHost
from playbook.server.cohort.kernel_api.calls import KernelCalls
from playbook.server.cohort.trainer.desk_actions import ACTIONS
from playbook.store.sql import SqliteStore
from tests.cohort.people import Host
from tests.server.cohort.classroom import PASSWORD, Classroom, Person

NOBODY = "00000000-0000-0000-0000-000000000000"
SEEN = "can read your worksheets"
GROUP_ALONE = "only as a group of five or more"
BROUGHT = "can then read these worksheets too"


class Reading:
    """A class of Ana's where she sees answers, `desk` its address; Lou wrote something, Max not."""

    def __init__(self, served: Classroom, sees_answers: bool = True) -> None:
        self.served, self.ana = served, served.stranger()
        assert self.ana.fill_in("/sign-in", name="Ana", password=PASSWORD).status_code == 303
        plan = {"title": "Open class", "host": "Acme", "ends": date.today().isoformat()}
        plan["erase_on"] = (date.today() + timedelta(days=9)).isoformat()
        made = self.ana.do("/desk/new", **plan, sees_answers=sees_answers)
        self.desk = f"/desk/{made.json()['id']}"
        assert self.ana.do(f"{self.desk}/code").status_code == 200
        self.code = self.ana.get(f"{self.desk}/state").json()["door"]["code"]

    def join(self, name: str) -> Person:
        person = self.served.stranger()
        assert person.fill_in("/join", code=self.code, name=name).status_code == 303
        return person

    def id_of(self, name: str) -> str:
        people = self.ana.get(f"{self.desk}/state").json()["people"]
        return next(it["id"] for it in people if it["name"] == name)

    def page_of(self, name: str) -> str:
        return f"{self.desk}/worksheets/{self.id_of(name)}"


def writes(person: Person, name: str) -> None:
    """Somebody has a worksheet of that name."""
    elsewhere = SqliteStore(None)
    elsewhere.create("catalyst", name)
    assert person.do("/place/bring", workspace=elsewhere.export()).status_code == 200
    elsewhere.close()


@pytest.fixture(scope="module")
def reading(served):
    made = Reading(served)
    writes(made.join("Lou"), "Ours <script>alert(1)</script>")
    made.join("Max")
    return made


@pytest.fixture(scope="module")
def closed(served):
    """The same in a class that was made without it."""
    made = Reading(served, sees_answers=False)
    writes(made.join("Lou"), "Ours")
    return made


def test_who_leads_reads_a_page_that_runs_nothing_and_stays_in_no_cache(reading):
    shown = reading.ana.get(reading.page_of("Lou"))
    assert shown.status_code == 200
    assert "Ours &lt;script&gt;" in shown.text
    assert "<script" not in shown.text
    assert shown.headers["Cache-Control"] == "no-store"
    assert shown.headers["Content-Type"].startswith("text/html")
    plain = reading.ana.get("/desk")  # a class's own desk may frame the wall besides
    policy = "Content-Security-Policy"
    assert shown.headers[policy] == plain.headers[policy]
    assert "Max has not begun" in reading.ana.get(reading.page_of("Max")).text


def test_for_everybody_else_it_looks_like_a_page_that_never_was(served, reading, closed):
    theirs = reading.page_of("Lou")
    viewer = reading.join("Beamer")
    reading.ana.do(f"{reading.desk}/role", member=reading.id_of("Beamer"), role="viewer")
    others = [served.people[name] for name in ("Ana", "José", "Ben", "Eve")]
    for person in (reading.join("Ida"), viewer, *others):
        asked, unknown = person.get(theirs), person.get(f"{reading.desk}/worksheets/{NOBODY}")
        assert asked.status_code == unknown.status_code == 404
        assert asked.text == unknown.text
        assert "Ours" not in asked.text
    stranger = served.stranger().get(theirs)
    assert stranger.status_code == 302
    assert stranger.headers["Location"].startswith("/join")
    for path in (
        closed.page_of("Lou"),
        f"{reading.desk}/worksheets/{closed.id_of('Lou')}",
        f"{closed.desk}/worksheets/{reading.id_of('Lou')}",
        f"{reading.desk}/worksheets/{reading.id_of('Ana')}",
        reading.page_of("Beamer"),
        f"{reading.desk}/worksheets/x",
    ):
        assert reading.ana.get(path).status_code == 404, path
    assert reading.ana.client.post(theirs, headers={"X-XSRFToken": reading.ana.secret}).is_error


def test_a_co_trainer_reads_as_long_as_they_are_one(reading):
    kim, theirs = reading.join("Kim"), reading.page_of("Lou")
    for role, status in (("co_trainer", 200), ("participant", 404)):
        reading.ana.do(f"{reading.desk}/role", member=reading.id_of("Kim"), role=role)
        assert kim.get(theirs).status_code == status


def test_who_erased_themselves_is_read_no_more(reading):
    gone = reading.join("Gus")
    writes(gone, "Not for long")
    page = reading.page_of("Gus")
    assert "Not for long" in reading.ana.get(page).text
    assert gone.do("/place/erase").status_code == 200
    assert reading.ana.get(page).status_code == 404


def test_who_joins_reads_it_at_the_door_in_their_place_and_in_the_room(served, reading, closed):
    for made, told, not_told in ((reading, SEEN, GROUP_ALONE), (closed, GROUP_ALONE, SEEN)):
        person = made.join("Newcomer")
        pages = [
            served.stranger().get("/join", params={"code": made.code}),
            person.get("/place"),
            person.get("/room"),
        ]
        for page in pages:
            assert page.status_code == 200
            assert told in page.text
            assert not_told not in page.text
        for page in pages[1:]:
            in_plain_sight = re.sub(r"<details.*?</details>", "", page.text, flags=re.DOTALL)
            assert (SEEN in in_plain_sight) is (told is SEEN), "not only in what one has to open"
        assert (BROUGHT in pages[1].text) is (told is SEEN)


@pytest.mark.parametrize(
    ("sees_answers", "told", "not_told"), [(True, SEEN, GROUP_ALONE), (False, GROUP_ALONE, SEEN)]
)
def test_each_sheet_says_which_kind_of_class_it_is(sees_answers, told, not_told):
    host = Host()
    made = host.new_class(host.account("Ana"), sees_answers=sees_answers)
    browser = host.devices.who(host.devices.begin(made.join("Lin"))).device
    answers = KernelCalls(host.cohorts, host.devices, host.framework)
    privacy = answers.call(browser, "about", b"{}").decode()
    assert told in privacy
    assert not_told not in privacy


def test_without_tls_no_worksheet_about_people_is_begun():
    host = Host()
    made = host.new_class(host.account("Ana"))
    browser = host.devices.who(host.devices.begin(made.join("Lin"))).device
    create = b'{"sheet": "champion", "name": "Mine"}'
    in_clear = KernelCalls(host.cohorts, host.devices, host.framework, in_clear=True)
    with pytest.raises(InputError, match="about people"):
        in_clear.call(browser, "create", create)
    assert b"Mine" in in_clear.call(browser, "create", create.replace(b"champion", b"catalyst"))
    assert b"Mine" in KernelCalls(host.cohorts, host.devices, host.framework).call(
        browser, "create", create
    )


def test_without_tls_a_vote_on_a_sheet_about_people_always_hides_small_numbers(tmp_path):
    host = CohortHost.at(tmp_path, load_framework(), "http://10.0.0.1", False, 5, in_clear=True)
    try:
        ben = host.accounts.accept(host.accounts.invite("Ben"), PASSWORD)
        ends = date.today() + timedelta(days=1)
        _, seat = host.cohorts.create(
            ben, CohortPlan("Class", "Acme", ends, ends + timedelta(days=1))
        )
        given = {"sheet": "catalyst", "question": "candidates/breaks"}
        ACTIONS["ask"](host, seat, given)
        champion = host.framework.sheets["champion"]
        one = next(it for it in askable(champion) if it["about_people"])
        text = next(it for it in askable(champion) if not it["about_people"])
        ACTIONS["ask"](host, seat, {"sheet": "champion", "question": one["question"]})
        told = [it["about_people"] for it in host.room.state_for(seat)["votes"]]
        assert told == [False, True]
        with pytest.raises(InputError, match="about people"):
            ACTIONS["ask"](host, seat, {"sheet": "champion", "question": text["question"]})
    finally:
        host.close()


def test_the_desk_says_what_its_trainers_see(reading, closed):
    assert "can read people’s worksheets" in reading.ana.get(reading.desk).text
    other = closed.ana.get(closed.desk).text
    assert "never who answered what" in other
    assert "can read people’s worksheets" not in other


def test_nothing_of_all_this_is_in_the_log(served, reading):
    said = served.log.read_text()
    for secret in ("Lou", "Ours", reading.id_of("Lou"), reading.code):
        assert secret not in said


def test_of_each_sheet_of_act_a_class_reads_the_word_that_its_page_says(reading):
    """As on the other surfaces: people are judged by the figures, nobody introduces members."""
    framework, elsewhere = load_framework(), SqliteStore(None)
    (act,) = (stage for stage in framework.stages if stage.id == "act")
    changes = {"focus": {"judged": "yes"}, "connect": {"brokered": "no"}}
    for name in act.sheets:
        answers = dict(framework.examples[name].answers) | changes.get(name, {})
        written(elsewhere, framework, name, "", answers)
    lin = reading.join("Lin of Act")
    assert lin.do("/place/bring", workspace=elsewhere.export()).status_code == 200
    elsewhere.close()
    shown = reading.ana.get(reading.page_of("Lin of Act")).text
    told = re.findall(
        r'<h1[^>]*>([^<]+)</h1>.*?<span class="verdict \w+">([^<:]+):', shown, re.DOTALL
    )
    assert dict(told) == {
        framework.titles[name]: word
        for name, word in zip(
            act.sheets, ["Stop", "Ready", "Not yet", "Ready", "Stop"], strict=True
        )
    }
