"""Signed-in browsers, private links, pairing codes: whom they stand for, and when they end."""

from __future__ import annotations

from dataclasses import astuple

import pytest
from sqlalchemy import select

from playbook.cohort.erasing import ErasureService
from playbook.cohort.secrets import shown_code, token_hash
from playbook.cohort.types import OtherDevices, RelinkRecord
from playbook.model import InputError
from playbook.store import GoneError
from playbook.store import class_schema as schema
from tests.cohort.people import Class, Host


@pytest.fixture
def spring(host: Host) -> Class:
    return host.new_class(host.account("Ana"))


def test_a_cookie_stands_for_its_person_until_it_is_ended(host, spring):
    lin = spring.join("Lin")
    one, two = host.devices.begin(lin), host.devices.begin(lin)
    assert host.devices.who(one).member == lin
    assert host.devices.who(one).device == token_hash(one)
    host.devices.end(one)
    assert host.devices.who(one) is None
    assert host.devices.who(two).member == lin


def test_a_trainers_browser_stands_for_the_account(host):
    ana = host.account("Ana")
    visitor = host.devices.who(host.devices.begin(ana))
    assert (visitor.account, visitor.member) == (ana, None)


@pytest.mark.parametrize("token", ["", "x", "\ud800", "' OR 1=1 --", "\x00"])
def test_a_made_up_cookie_or_link_stands_for_nobody(host, spring, token):
    lin = spring.join("Lin")
    host.devices.begin(lin)
    host.devices.link(lin)
    assert host.devices.who(token) is None
    with pytest.raises(GoneError):
        host.devices.resumed(token)


def test_when_a_browser_was_last_seen_is_noted_every_few_minutes(host, spring):
    token = host.devices.begin(spring.join("Lin"))

    def seen():
        with host.database.read() as connection:
            return connection.scalar(select(schema.device.c.seen))

    start = host.now()
    host.now.passes(minutes=5)
    host.devices.who(token)
    assert seen() == start
    host.now.passes(seconds=1)
    host.devices.who(token)
    assert seen() == host.now()


def test_a_private_link_is_not_used_up_and_ends_with_the_next(host, spring):
    lin = spring.join("Lin")
    assert not host.devices.has_link(lin)
    link = host.devices.link(lin).token
    assert host.devices.has_link(lin)
    assert host.devices.resumed(link) == host.devices.resumed(link) == lin
    newer = host.devices.link(lin).token
    with pytest.raises(GoneError):
        host.devices.resumed(link)
    assert host.devices.resumed(newer) == lin


def test_a_link_issued_again_ends_everything_that_let_the_old_one_in(host, spring):
    lin, kim = spring.join("Lin"), spring.join("Kim")
    link, cookie, code = (
        host.devices.link(lin).token,
        host.devices.begin(lin),
        host.devices.pairing_code(lin),
    )
    kims = host.devices.begin(kim)
    newer, ended = astuple(host.devices.reissue(spring.trainer, lin.id))
    assert host.devices.who(cookie) is None
    assert ended == (token_hash(cookie),)
    with pytest.raises(GoneError):
        host.devices.resumed(link)
    with pytest.raises(InputError):
        host.devices.paired(code)  # whoever had the browser may have asked for one
    assert host.devices.resumed(newer) == lin
    assert host.devices.who(kims).member == kim


def test_a_link_that_somebody_else_made_works_once(host, spring):
    lin = spring.join("Lin")
    link = host.devices.reissue(spring.trainer, lin.id).token
    assert host.devices.resumed(link) == lin
    assert not host.devices.has_link(lin)
    with host.nothing_changes(), pytest.raises(GoneError):
        host.devices.resumed(link)
    own = host.devices.link(lin).token
    assert host.devices.resumed(own) == host.devices.resumed(own) == lin


def test_a_new_private_link_signs_out_every_browser_but_the_one_that_asked_for_it(host, spring):
    lin, kim = spring.join("Lin"), spring.join("Kim")
    first = host.devices.link(lin).token
    here = host.devices.begin(lin)
    thief = host.devices.begin(host.devices.resumed(first))
    code, kims = host.devices.pairing_code(lin), host.devices.begin(kim)
    made = host.devices.link(lin, token_hash(here))
    assert made.ended == (token_hash(thief),)
    assert [host.devices.who(it) is None for it in (here, thief, kims)] == [False, True, False]
    with pytest.raises(InputError):
        host.devices.paired(code)  # which the thief may have asked for
    assert host.devices.resumed(made.token) == lin


def test_the_first_private_link_signs_nobody_out(host, spring):
    """My place makes it by itself: a phone that opens that page must not end the laptop's sheet."""
    lin = spring.join("Lin")
    laptop, phone = host.devices.begin(lin), host.devices.begin(lin)
    assert host.devices.link(lin, token_hash(phone)).ended == ()
    assert [host.devices.who(it) is None for it in (laptop, phone)] == [False, False]


def test_somebody_signs_out_all_their_other_browsers_and_is_told_how_many_they_are(host, spring):
    lin, kim = spring.join("Lin"), spring.join("Kim")
    here, kims = host.devices.begin(lin), host.devices.begin(kim)
    assert host.devices.others(lin, token_hash(here)) == OtherDevices(0, None)
    others = [host.devices.begin(lin) for _ in range(2)]
    host.now.passes(minutes=30)
    host.devices.who(others[1])
    last = host.now()
    host.now.passes(minutes=30)
    host.devices.who(here)
    assert host.devices.others(lin, token_hash(here)) == OtherDevices(2, last)
    ended = host.devices.end_others(lin, token_hash(here))
    assert sorted(ended) == sorted(map(token_hash, others))
    assert host.devices.others(lin, token_hash(here)) == OtherDevices(0, None)
    assert [host.devices.who(it) is None for it in (here, kims, *others)] == [
        False,
        False,
        True,
        True,
    ]


def test_who_made_somebodys_link_is_told_to_its_owner_for_good(host, spring):
    ben, lin = spring.co_trainer(host.account("Ben")), spring.join("Lin")
    host.devices.link(lin)
    assert host.devices.relinked(lin) is None
    host.devices.reissue(spring.trainer, lin.id)
    host.now.passes(hours=1)
    host.devices.reissue(ben, lin.id)
    made = RelinkRecord("Ben", host.now())
    assert host.devices.relinked(lin) == made
    host.now.passes(hours=1)
    host.devices.link(lin)  # whoever used the other one may have made this one too
    assert host.devices.relinked(lin) == made
    assert host.devices.relinked(spring.join("Kim")) is None
    ErasureService(*host.parts).member(spring.trainer, ben.id)
    assert host.devices.relinked(lin).by == "Somebody who left"


def test_a_pairing_code_works_once(host, spring):
    lin = spring.join("Lin")
    code = host.devices.pairing_code(lin)
    assert host.devices.paired(shown_code(code).lower()) == lin
    with host.nothing_changes(), pytest.raises(InputError, match="opens nothing"):
        host.devices.paired(code)


@pytest.mark.parametrize(("seconds", "works"), [(599, True), (600, False), (86_400, False)])
def test_a_pairing_code_works_for_ten_minutes(host, spring, seconds, works):
    code = host.devices.pairing_code(spring.join("Lin"))
    host.now.passes(seconds=seconds)
    if works:
        assert host.devices.paired(code).name == "Lin"
    else:
        with pytest.raises(InputError):
            host.devices.paired(code)


def test_a_newer_pairing_code_ends_ones_own_before_and_nobody_elses(host, spring):
    lin, kim = spring.join("Lin"), spring.join("Kim")
    first, kims = host.devices.pairing_code(lin), host.devices.pairing_code(kim)
    host.devices.pairing_code(lin)
    with pytest.raises(InputError):
        host.devices.paired(first)
    assert host.devices.paired(kims) == kim


def test_codes_for_joining_and_for_pairing_are_not_taken_for_each_other(host, spring):
    join, pair = host.cohorts.new_code(spring.trainer), host.devices.pairing_code(spring.trainer)
    for call in (lambda: host.devices.paired(join), lambda: host.cohorts.join(pair, "Lin")):
        with host.nothing_changes(), pytest.raises(InputError, match="opens nothing"):
            call()
