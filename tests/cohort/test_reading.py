"""Who leads a class reads what people wrote there only where it was made so; nobody else does."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from playbook.cohort.erasing import ErasureService
from playbook.cohort.types import Member, Role
from playbook.model.storage import Operation, Set
from playbook.store import GoneError
from playbook.store.sql import SqliteStore
from tests.cohort.people import Class, Host


@pytest.fixture
def spring(host: Host) -> Class:
    """A class whose trainers see answers."""
    return host.new_class(host.account("Ana"), sees_answers=True)


@pytest.fixture
def reads(host: Host) -> Callable[[Member, str], str]:
    return host.take_away.read_by


def test_who_leads_reads_everything_somebody_wrote_as_it_is_now(host, spring, reads):
    lin, jose = spring.join("Lin"), spring.join("José")
    spring.writes(lin, "Half of us <b>retire</b>")
    spring.writes(jose, "Another matter")
    page = reads(spring.trainer, lin.id)
    assert "Half of us &lt;b&gt;retire&lt;/b&gt;" in page
    assert "Worksheets of Lin, as they are now" in page
    assert "Another matter" not in page
    helper = spring.co_trainer(host.account("Ben"))
    assert reads(helper, lin.id) == page


def test_reading_changes_nothing(host, spring, reads):
    lin = spring.join("Lin")
    spring.writes(lin, "Half of us retire")
    with host.nothing_changes():
        reads(spring.trainer, lin.id)


def test_what_a_team_shares_is_read_with_each_of_its_people(spring, reads):
    lin, jose, eve = (spring.join(name) for name in ("Lin", "José", "Eve"))
    spring.writes(lin, "Before the team")
    spring.team("Blue", lin, jose)
    spring.writes(jose, "Of the team")
    for someone, own in ((lin, True), (jose, False)):
        page = reads(spring.trainer, someone.id)
        assert "Of the team" in page
        assert ("Before the team" in page) is own
        assert f"Worksheets of {someone.name} and of their team" in page
    assert "Of the team" not in reads(spring.trainer, eve.id)


def test_who_has_written_nothing_yet_is_said_kindly(spring, reads):
    page = reads(spring.trainer, spring.join("Lin").id)
    assert "Lin has not begun a worksheet yet." in page
    assert "There is no worksheet" not in page


def test_what_was_brought_from_elsewhere_is_read_as_well(host, spring, reads):
    lin = spring.join("Lin")
    elsewhere = SqliteStore(None)
    elsewhere.create("catalyst", "Written at home")
    host.take_away.bring(lin, elsewhere.export())
    elsewhere.close()
    assert "Written at home" in reads(spring.trainer, lin.id)


def test_what_is_private_stays_with_who_wrote_it(host, spring, reads):
    lin = spring.join("Lin")
    store = host.store(host.cohorts.place_of(spring.now(lin)))
    info = store.create("champion", "Our champion")
    told = {
        "candidates/r1": 1.0,
        "candidates/r1/role": "Head of claims",
        "opponents/r2": 1.0,
        "opponents/r2/loser": "Head of payments",
        "opponents/r2/loses": "Four of his people",
    }
    sets = tuple(Set(field, value, None) for field, value in told.items())
    store.commit(info.id, Operation("op-1", "laptop", "set", 1, sets))
    page = reads(spring.trainer, lin.id)
    assert "Head of claims" in page
    assert "payments" not in page
    assert "Four of his people" not in page
    own = host.take_away.document(spring.now(lin))
    assert "Head of payments" in own


def test_in_a_class_made_without_it_nobody_reads_anything(host, reads):
    autumn = host.new_class(host.account("Ana"))
    lin = autumn.join("Lin")
    autumn.writes(lin, "Half of us retire")
    with pytest.raises(GoneError):
        reads(autumn.trainer, lin.id)


def test_for_everybody_else_there_is_nothing(host, spring, reads):
    """The same words for a stranger to the class and for somebody who never was."""
    lin, viewer, fallen = (spring.join(name) for name in ("Lin", "Beamer", "Max"))
    spring.writes(lin, "Half of us retire")
    host.cohorts.set_role(spring.trainer, viewer.id, Role.VIEWER)
    host.cohorts.set_role(spring.trainer, fallen.id, Role.CO_TRAINER)
    led = spring.now(fallen)
    assert "Half of us" in reads(led, lin.id)
    host.cohorts.set_role(spring.trainer, fallen.id, Role.PARTICIPANT)
    other = host.new_class(host.account("Ben"), "Other class", sees_answers=True)
    told = set()
    for by in (lin, spring.now(viewer), led, other.trainer):
        with pytest.raises(GoneError) as refused:
            reads(by, lin.id)
        told.add(str(refused.value))
    unknown = ("never", "", None, "\ud800", lin.workspace, other.trainer.id)
    not_theirs = (spring.trainer.id, viewer.id)
    for whose in (*unknown, *not_theirs):
        with pytest.raises(GoneError) as refused:
            reads(spring.trainer, whose)
        told.add(str(refused.value))
    assert len(told) == 1


@pytest.mark.parametrize("how", ["by themselves", "by who leads"])
def test_who_is_gone_is_read_no_more_and_neither_is_what_they_wrote(host, spring, reads, how):
    lin = spring.join("Lin")
    spring.writes(lin, "Half of us retire")
    erasing = ErasureService(*host.parts)
    erasing.myself(lin) if how == "by themselves" else erasing.member(spring.trainer, lin.id)
    with pytest.raises(GoneError):
        reads(spring.trainer, lin.id)
