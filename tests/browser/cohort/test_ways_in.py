"""The ways in that are not loopback: a classroom without TLS, and a certificate of our own.

A page from another machine over plain http is no secure context: browsers keep half of their
abilities from it. classroom.test and class.test lead to this machine (tests/conftest.py), but are
such names all the same.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from playbook.framework import load_framework
from tests.browser.conftest import Tab
from tests.browser.labels import say
from tests.server.cohort.classroom import PASSWORD
from tests.server.hosts import ClassServer

from .conftest import YES, Person

# What --lan gives, but for the name, and for loopback alone: a test opens no port to a network.
SERVE = r"""
import sys
from playbook.server.cohort.app import serve_cohort
from playbook.server.cohort.reach import LAN_HOURS, NetworkExposure
from playbook.server.http.security import LOOPBACK
port = sys.argv[1]
names = rf"classroom\.test|{LOOPBACK}"
way = NetworkExposure(f"http://classroom.test:{port}", names, hours=LAN_HOURS)
serve_cohort(way, int(port), capacity=20)
"""
NO_WORKER = "An SSL certificate error occurred when fetching the script."
"""What the console says of a certificate that a browser was told to let pass: it takes no service
worker over it, and the page goes without."""
RISK = load_framework().words.text("privacy.in_clear")


class InClear(ClassServer):
    """A classroom without TLS; `url` is what its people open."""

    @property
    def url(self) -> str:
        return f"http://classroom.test:{self.port}"

    def _command(self) -> list[str]:
        return [sys.executable, "-c", SERVE, str(self.port)]


class Certified(ClassServer):
    """`playbook serve --cohort` with a certificate of its own, made in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.certificate, self.key = folder / "c.pem", folder / "k.pem"
        _make_certificate(self.certificate, self.key)
        super().__init__(folder / "home")

    @property
    def url(self) -> str:
        return f"https://class.test:{self.port}"

    def start(self) -> None:
        self.base = self.base.replace("http://", "https://")
        with pytest.MonkeyPatch.context() as trust:  # the one authority that this client knows
            trust.setenv("SSL_CERT_FILE", str(self.certificate))
            super().start()

    def _command(self) -> list[str]:
        files = ["--certificate", str(self.certificate), "--key", str(self.key)]
        return [*super()._command(), "--name", "class.test", *files]


def _make_certificate(certificate: Path, key: Path) -> None:
    if (openssl := shutil.which("openssl")) is None:
        pytest.skip("openssl is not installed, so there is no certificate to try")
    names = "subjectAltName=DNS:class.test,IP:127.0.0.1"
    new = ["-x509", "-nodes", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]
    files = ["-keyout", str(key), "-out", str(certificate)]
    about = ["-days", "2", "-subj", "/CN=class.test", "-addext", names]
    subprocess.run([openssl, "req", *new, *files, *about], check=True, capture_output=True)


@pytest.fixture(scope="module")
def in_clear(tmp_path_factory: pytest.TempPathFactory) -> Iterator[InClear]:
    with InClear(tmp_path_factory.mktemp("clear") / "home") as running:
        leads(running)
        yield running


@pytest.fixture(scope="module")
def certified(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Certified]:
    with Certified(tmp_path_factory.mktemp("certified")) as running:
        leads(running)
        yield running


@pytest.fixture
def page(new_context: Callable[..., BrowserContext]) -> Page:
    return new_context(ignore_https_errors=True).new_page()


def cookies(page: Page) -> dict[str, bool]:
    """Whether each cookie of this browser goes over TLS alone."""
    return {cookie["name"]: cookie["secure"] for cookie in page.context.cookies()}


def leads(server: InClear | Certified) -> None:
    """The trainer signs in and offers a sheet."""
    http = server.http
    http.cookies.clear()
    http.get("/sign-in")
    secret = http.cookies["_xsrf"]
    http.post("/sign-in", data={"name": "Ana", "password": PASSWORD, "_xsrf": secret})
    does(server, "sheet", sheet="catalyst")


def does(server: InClear | Certified, name: str, **given: str) -> None:
    """The trainer does something at the desk."""
    http = server.http
    desk = re.search(r'href="([^"]*/desk/[0-9a-f-]{36})"', http.get("/desk").text)[1]
    told = http.post(f"{desk}/{name}", json=given, headers={"X-XSRFToken": http.cookies["_xsrf"]})
    assert told.status_code == 200, told.text


def a_person_joins_votes_and_fills_in_the_sheet(server: InClear | Certified, page: Page) -> None:
    person, tab = Person(server, page), Tab(page, server, None, server.url)
    person.join(server.code, "Lin")
    does(server, "ask", sheet="catalyst", question="candidates/breaks")  # of those who are in
    person.answer(YES)
    page.get_by_role("link", name=say("strip.go")).click()
    tab.ready()
    tab.choose("breaks", "yes")
    tab.write("what", "Rivals come")
    expect(page.get_by_role("region", name=person.say("strip.label"))).to_contain_text("Catalyst")
    tab.reload()
    expect(tab.box("what")).to_have_value("Rivals come")
    expect(tab.choice("breaks", "yes")).to_be_checked()
    assert tab.kept() == {}, "the host acknowledged everything"
    assert {*person.trouble, *tab.trouble} <= {NO_WORKER}


def test_a_class_over_plain_http_works_where_browsers_give_pages_less(in_clear, page):
    page.goto(f"{in_clear.url}/join")
    assert page.evaluate("[isSecureContext, typeof crypto.randomUUID]") == [False, "undefined"]
    a_person_joins_votes_and_fills_in_the_sheet(in_clear, page)
    assert cookies(page) == {"playbook": False, "_xsrf": False}
    closed = page.goto(f"{in_clear.url}/voila/render/03_champion.ipynb")
    assert closed.status == 403
    expect(page.get_by_role("main")).to_contain_text(load_framework().words.text("in_clear.text"))


@pytest.mark.parametrize("way", ["join", "pair", "resume", "sign-in", "invited"])
def test_without_tls_everybody_is_told_so_before_they_come_in(in_clear, way):
    assert in_clear.http.get(f"/{way}").text.count(RISK) == 1


def test_without_tls_a_way_with_the_code_says_it_once_and_so_does_a_trainers_start(in_clear):
    assert in_clear.http.get(in_clear.address).text.count(RISK) == 1
    assert in_clear.http.get("/desk").text.count(RISK) == 1


def test_a_certificate_of_our_own_carries_pages_and_sockets(certified, page):
    page.goto(f"{certified.url}/join")
    assert page.evaluate("isSecureContext")
    a_person_joins_votes_and_fills_in_the_sheet(certified, page)
    assert cookies(page) == {"__Host-playbook": True, "_xsrf": True}


def test_over_tls_nobody_is_warned_and_the_headers_are_whole(certified):
    page = certified.http.get("/join")
    assert RISK not in page.text
    assert page.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert certified.http.get("/health").json()["status"] == "ok"


def test_a_certificate_of_our_own_is_no_way_in_without_tls(certified):
    plain = certified.base.replace("https://", "http://")
    with pytest.raises((httpx.RemoteProtocolError, httpx.ReadError)):
        httpx.get(f"{plain}/join")
