"""Under which names a host is reached, and that nothing opens it by accident."""

from __future__ import annotations

import re
import socket
from pathlib import Path
from types import SimpleNamespace

import pytest

from playbook.model import PlaybookError
from playbook.server.cohort import reach as module
from playbook.server.cohort.reach import EVERYWHERE, HERE, exposure


def answers(found, name):
    return re.fullmatch(found.names, name) is not None


def test_without_any_choice_only_this_machine_gets_in():
    found = exposure(8866)
    assert (found.bind, found.secure, found.hours) == (HERE, False, None)
    assert answers(found, "localhost")
    assert not answers(found, "class.example")


def test_behind_a_proxy_it_listens_on_loopback_and_trusts_tls():
    found = exposure(8866, name="class.example", behind_proxy=True)
    assert found.address == "https://class.example"
    assert (found.bind, found.secure, found.proxied) == (HERE, True, True)
    assert answers(found, "class.example")
    assert not answers(found, "classXexample"), "a dot is a dot"
    assert not answers(found, "class.example.evil")
    assert not answers(found, "class.example.127.0.0.1")


def test_a_classroom_is_open_for_some_hours_under_its_own_addresses(monkeypatch):
    monkeypatch.setattr(module, "lan_addresses", lambda: ["192.168.1.20"])
    found = exposure(8866, lan=True)
    assert found.address == "http://192.168.1.20:8866"
    assert (found.bind, found.secure) == (EVERYWHERE, False)
    assert found.hours == 8
    assert answers(found, "192.168.1.20")
    assert answers(found, socket.gethostname())
    assert not answers(found, "rebound.example")


@pytest.mark.parametrize(
    ("ways", "sentence"),
    [
        ({"name": "class.example"}, "needs TLS"),
        ({"behind_proxy": True}, "--name"),
        ({"behind_proxy": True, "name": "no name"}, "--name"),
        ({"behind_proxy": True, "lan": True}, "Choose one"),
        ({"certificate": Path("c.pem"), "name": "a.example"}, "go together"),
        ({"certificate": Path("c.pem"), "key": Path("k"), "name": "a.example"}, "can't be used"),
    ],
)
def test_a_mix_that_makes_no_sense_is_one_sentence(ways, sentence):
    with pytest.raises(PlaybookError, match=sentence) as refused:
        exposure(8866, **ways)
    assert "\n" not in str(refused.value)


def test_a_classroom_in_several_networks_is_told_which_one_is_the_rooms(monkeypatch):
    monkeypatch.setattr(module, "lan_addresses", lambda: ["10.8.0.2", "192.168.1.20"])
    found = exposure(8866, lan=True, name="192.168.1.20")
    assert found.address == "http://192.168.1.20:8866"
    assert answers(found, "10.8.0.2")
    named = exposure(8866, lan=True, name="class.example")
    assert named.address == "http://class.example:8866"
    assert answers(named, "class.example")


def test_a_network_that_is_unplugged_is_none(monkeypatch):
    def one(address):
        return SimpleNamespace(family=socket.AF_INET, address=address)

    cards = {"wifi": [one("10.1.1.1")], "cable": [one("192.168.1.20")], "lo": [one("127.0.0.1")]}
    states = {name: SimpleNamespace(isup=name != "cable") for name in cards}
    monkeypatch.setattr(module.psutil, "net_if_addrs", lambda: cards)
    monkeypatch.setattr(module.psutil, "net_if_stats", lambda: states)
    assert module.lan_addresses() == ["10.1.1.1"]


def test_without_a_network_there_is_no_classroom(monkeypatch):
    monkeypatch.setattr(module, "lan_addresses", list)
    with pytest.raises(PlaybookError, match="no network"):
        exposure(8866, lan=True)
