"""Trainers' accounts, and how passwords, tokens and codes are made and kept."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher

from playbook.cohort import secrets
from playbook.cohort.secrets import (
    ALPHABET,
    HostKey,
    new_code,
    new_token,
    password_fits,
    password_hash,
    read_code,
    shown_code,
)
from playbook.model import InputError
from playbook.store import GoneError
from tests.cohort.people import PASSWORD, Class, Host


@pytest.fixture
def spring(host: Host) -> Class:
    return host.new_class(host.account("Ana"))


# --------------------------------------------------------------------------- secrets


def test_a_code_has_forty_random_bits_in_letters_that_are_not_misread():
    codes = {new_code() for _ in range(500)}
    assert len(codes) == 500
    assert {len(code) for code in codes} == {8}
    assert set("".join(codes)) == set(ALPHABET)
    assert len(ALPHABET) == 32
    assert set("ILOU") & set(ALPHABET) == set()


@pytest.mark.parametrize(
    "typed",
    [
        "01AB-CDEF",
        "01ab-cdef",
        "01abcdef",
        " 01ABCDEF\n",
        "OIab-cdef",
        "oLABCDEF",
        "0 1 a b c d ef",
    ],
)
def test_a_code_is_read_as_it_was_meant(typed):
    assert read_code(typed) == "01ABCDEF"


@pytest.mark.parametrize(
    "typed", ["", "01ABCDE", "01ABCDEFG", "01ABCDEU", "01ABCDE!", "０１ABCDEF", "01ABCDE\ud800"]
)
def test_what_is_no_code_is_none(typed):
    assert read_code(typed) is None


def test_a_token_is_256_random_bits():
    assert len({new_token() for _ in range(100)}) == 100
    assert len(new_token()) == 43  # in base 64


def test_a_shown_code_is_read_back():
    code = new_code()
    assert len(shown_code(code)) == 9
    assert read_code(shown_code(code)) == code


def test_the_same_letters_differ_by_purpose_and_by_host():
    key = HostKey(b"k" * 32)
    hashes = {
        key.code_hash("join", "A"),
        key.code_hash("pair", "A"),
        HostKey(b"").code_hash("join", "A"),
    }
    assert len(hashes) == 3


def test_the_key_is_made_once_and_for_its_owner_alone(tmp_path):
    path = tmp_path / "cohorts.key"
    made = HostKey.in_file(path).code_hash("join", "A")
    assert HostKey.in_file(path).code_hash("join", "A") == made
    assert len(path.read_bytes()) == 32
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_key_file_left_empty_by_a_killed_start_gets_a_key(tmp_path):
    path = tmp_path / "cohorts.key"
    path.touch(0o600)
    HostKey.in_file(path)
    assert len(path.read_bytes()) == 32


def test_a_password_is_kept_as_argon2id_and_fits_however_its_accents_are_typed():
    kept = password_hash("mañana y mañana")
    assert kept.startswith("$argon2id$")
    assert password_fits(kept, "man\u0303ana y man\u0303ana")
    assert not password_fits(kept, "manana y manana")
    assert not password_fits("no hash at all", "manana y manana")


def test_no_secret_is_in_the_file_as_it_is(host, spring):
    lin = spring.join("Lin")
    code, pair = host.cohorts.new_code(spring.trainer), host.devices.pairing_code(lin)
    link, cookie = host.devices.link(lin).token, host.devices.begin(lin)
    invited = host.accounts.invite("Ben")
    kept = repr(host.rows())
    for secret in (code, pair, cookie, link, invited, PASSWORD):
        assert secret not in kept


# --------------------------------------------------------------------------- trainers' accounts


def test_a_one_time_link_sets_a_password_once(host):
    token = host.accounts.invite("Ana")
    assert host.accounts.invited(token).name == "Ana"
    assert host.accounts.invited(token).name == "Ana"  # looking does not use it up
    account = host.accounts.accept(token, PASSWORD)
    assert host.accounts.signed_in("Ana", PASSWORD) == account
    for again in (host.accounts.invited, lambda it: host.accounts.accept(it, PASSWORD)):
        with pytest.raises(GoneError):
            again(token)


def test_a_one_time_link_holds_three_days(host):
    token = host.accounts.invite("Ana")
    host.now.passes(days=3, seconds=-1)
    assert host.accounts.invited(token)
    host.now.passes(seconds=1)
    with pytest.raises(GoneError):
        host.accounts.accept(token, PASSWORD)
    assert host.accounts.signed_in("Ana", PASSWORD) is None


def test_a_newer_link_ends_the_one_before_and_is_for_the_same_account(host):
    first, ana = host.accounts.invite("Ana"), host.account("ANA ")
    with pytest.raises(GoneError):
        host.accounts.invited(first)
    assert host.accounts.everybody() == [ana]
    assert ana.name == "Ana"


@pytest.mark.parametrize("password", ["", "nine char", "x" * 201])
def test_a_password_too_short_or_too_long_uses_no_link_up(host, password):
    token = host.accounts.invite("Ana")
    with pytest.raises(InputError, match="10 to 200") as refused:
        host.accounts.accept(token, password)
    assert refused.value.field == "password"
    assert host.accounts.invited(token).name == "Ana"


@pytest.mark.parametrize("token", ["", "x", "' OR 1=1 --", "\ud800", "é" * 1000])
def test_a_made_up_link_is_gone(host, token):
    host.accounts.invite("Ana")
    with host.nothing_changes(), pytest.raises(GoneError):
        host.accounts.accept(token, PASSWORD)


def test_a_trainer_signs_in_by_any_way_to_type_the_name(host):
    jose = host.sets_password("José")
    for typed in ("José", " JOSÉ ", "Jose\u0301", "josé"):
        assert host.accounts.signed_in(typed, PASSWORD) == jose
    assert host.accounts.named("JOSE\u0301") == jose


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("Ana", PASSWORD.upper()),
        ("Ana", ""),
        ("Ana", "x" * 10_000),
        ("Ana", "\ud800"),
        ("Ann", PASSWORD),
        ("", PASSWORD),
        ("\ud800", PASSWORD),
        ("' OR 1=1 --", PASSWORD),
    ],
)
def test_a_wrong_name_or_password_signs_nobody_in(host, name, password):
    host.sets_password("Ana")
    with host.nothing_changes():
        assert host.accounts.signed_in(name, password) is None


def test_an_account_without_a_password_yet_signs_nobody_in(host):
    host.accounts.invite("Ana")
    assert host.accounts.signed_in("Ana", "") is None


def test_signing_in_works_out_one_hash_for_whatever_name_so_that_nobody_can_tell(host, monkeypatch):
    host.sets_password("Ana")
    host.accounts.invite("Ben")  # without a password
    verified = []

    class Counting(PasswordHasher):
        def verify(self, kept, given):
            verified.append(kept)
            return super().verify(kept, given)

    hasher = Counting()
    monkeypatch.setattr(secrets, "_hasher", lambda: hasher)
    for name in ("Ana", "Nobody", "Ben"):
        assert host.accounts.signed_in(name, "a wrong password") is None
    assert len(verified) == 3
    assert len({kept.rpartition("$")[0].rpartition("$")[0] for kept in verified}) == 1, "as costly"


def test_a_new_password_signs_out_every_browser_of_the_trainer_and_no_other(host, spring):
    ana = host.accounts.named("Ana")
    desk, seat = host.devices.begin(ana), host.devices.begin(spring.trainer)
    lin = host.devices.begin(spring.join("Lin"))
    host.sets_password("Ana")
    assert host.devices.who(desk) is None
    assert host.devices.who(seat) is None
    assert host.devices.who(lin).member.name == "Lin"


def test_accounts_are_listed_by_name(host):
    for name in ("Zoë", "ana", "Ben"):
        host.account(name)
    assert [account.name for account in host.accounts.everybody()] == ["ana", "Ben", "Zoë"]
