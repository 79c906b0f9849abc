"""Who may do what in a class, and who learns nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playbook.cohort.types import Member, Role
from playbook.store import GoneError
from playbook.store import class_schema as schema
from tests.cohort.people import Class, Host
from tests.depth import examples


@pytest.fixture(scope="module")
def grown() -> Host:
    """A host with two trainers, each with a class of their own; its tests change nothing."""
    host = Host()
    for name in ("Ana", "Ben"):
        led = host.new_class(host.account(name), f"Class of {name}")
        led.team("Blue", led.join("José"))
    return host


@pytest.fixture
def spring(host: Host) -> Class:
    return host.new_class(host.account("Ana"))


Call = Callable[[Host, Member, Member, str], object]
"""Something that is led, done by the first member to the second, and a team's id."""

LED: dict[str, Call] = {
    "a new code": lambda host, by, _, __: host.cohorts.new_code(by),
    "closing the door": lambda host, by, _, __: host.cohorts.set_door(by, False),
    "ending": lambda host, by, _, __: host.cohorts.end(by),
    "a role": lambda host, by, whom, _: host.cohorts.set_role(by, whom.id, Role.VIEWER),
    "a co-trainer": lambda host, by, _, __: host.cohorts.invite_trainer(by, "Ben"),
    "a team": lambda host, by, _, __: host.cohorts.new_team(by, "Mine"),
    "a seat": lambda host, by, whom, team: host.cohorts.seat(by, whom.id, team),
    "no seat": lambda host, by, whom, _: host.cohorts.seat(by, whom.id, None),
    "a link": lambda host, by, whom, _: host.devices.reissue(by, whom.id),
}
OTHERS = {"a role", "a seat", "no seat", "a link"}
"""What is done to somebody."""


def classes(host: Host) -> tuple[Class, Class]:
    ana, ben = (host.cohorts.of_account(account)[0] for account in host.accounts.everybody())
    return Class(host, ana[0].id, ana[1]), Class(host, ben[0].id, ben[1])


@pytest.mark.parametrize("call", LED.values(), ids=list(LED))
@pytest.mark.parametrize("role", [Role.PARTICIPANT, Role.VIEWER])
def test_who_does_not_lead_changes_nothing(host, spring, call, role):
    host.account("Ben")
    lin, kim = spring.join("Lin"), spring.join("Kim")
    host.cohorts.set_role(spring.trainer, lin.id, role)
    team = spring.team("Blue", kim)
    for whom in (kim, lin, spring.trainer):
        with host.nothing_changes(), pytest.raises(GoneError):
            call(host, spring.now(lin), whom, team)


@settings(max_examples=examples(150), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_is_tried_from_another_class_changes_nothing(grown, data):
    """Calls by a trainer about another's people and teams, and about ids that nobody has."""
    mine, theirs = data.draw(st.permutations(classes(grown)))
    people = [one.id for one in grown.cohorts.members(theirs.id)]
    teams = [team.id for team in grown.cohorts.teams(theirs.id)]
    odd = st.one_of(st.text(max_size=40), st.uuids().map(str), st.none(), st.integers())
    whom = data.draw(st.one_of(st.sampled_from([*people, *teams, theirs.id]), odd))
    team = data.draw(st.one_of(st.sampled_from([*teams, *people, theirs.id]), st.text(max_size=40)))
    own = data.draw(st.sampled_from(grown.cohorts.members(mine.id)))
    tried = data.draw(
        st.sampled_from(
            [
                lambda: grown.cohorts.set_role(mine.trainer, whom, Role.VIEWER),
                lambda: grown.cohorts.seat(mine.trainer, whom, None),
                lambda: grown.cohorts.seat(mine.trainer, own.id, team),
                lambda: grown.devices.reissue(mine.trainer, whom),
            ]
        )
    )
    with grown.nothing_changes(), pytest.raises(GoneError):
        tried()


@pytest.mark.parametrize("name", sorted(OTHERS))
def test_the_same_calls_work_in_ones_own_class(host, spring, name):
    lin = spring.join("Lin")
    team = spring.team("Blue")
    before = host.rows()
    LED[name](host, spring.trainer, lin, team)
    assert (host.rows() != before) == (name != "no seat")


def test_who_was_erased_does_nothing_more(host, spring):
    lin, kim = spring.join("Lin"), spring.join("Kim")
    host.cohorts.set_role(spring.trainer, lin.id, Role.CO_TRAINER)
    lin = spring.now(lin)
    with host.database.write() as connection:
        connection.execute(schema.member.delete().where(schema.member.c.id == lin.id))
    own = {
        "sign in": lambda: host.devices.begin(lin),
        "link": lambda: host.devices.link(lin),
        "pair": lambda: host.devices.pairing_code(lin),
        "rename": lambda: host.cohorts.rename(lin, "Me again"),
    }
    led = [lambda call=call: call(host, lin, kim, "team") for call in LED.values()]
    for call in (*own.values(), *led):
        with host.nothing_changes(), pytest.raises(GoneError):
            call()
