"""Behind a proxy: who asks is the address that it saw; without one, a claim counts for nothing."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from playbook.server.cohort.host.rate_limits import FROM_ONE_PLACE
from tests.server.hosts import ClassServer

NAME = "class.test"
ONE, ANOTHER = "192.0.2.1", "198.51.100.9"
WRONG = "0000-0000"


class Proxied(ClassServer):
    """A host as it runs behind a proxy; the tests are the proxy."""

    def _command(self) -> list[str]:
        return [*super()._command(), "--behind-proxy", "--name", NAME]


@pytest.fixture
def home(tmp_path) -> Path:
    return tmp_path / "home"


def tries(server: ClassServer, code: str, address: str) -> httpx.Response:
    """Somebody at `address` types a code; the proxy hands it on as it was told to."""
    seen = {"Host": NAME} if isinstance(server, Proxied) else {}
    seen |= {"X-Real-IP": address, "X-Forwarded-For": address, "X-Forwarded-Proto": "https"}
    with httpx.Client(base_url=server.base, headers=seen, timeout=60) as browser:
        secret = browser.get("/join").headers["Set-Cookie"].partition("_xsrf=")[2].partition(";")[0]
        form = {"code": code, "name": "Lin", "_xsrf": secret}
        return browser.post("/join", data=form, headers={"Cookie": f"_xsrf={secret}"})


def test_behind_a_proxy_people_are_held_up_by_the_address_that_it_saw(home):
    with Proxied(home) as server:
        wrong = [tries(server, WRONG, ONE).status_code for _ in range(FROM_ONE_PLACE)]
        assert wrong == [409] * FROM_ONE_PLACE
        assert tries(server, WRONG, ONE).status_code == 429
        assert tries(server, WRONG, ANOTHER).status_code == 409
        came = tries(server, server.code, ANOTHER)
    assert came.status_code == 303
    cookie = next(it for it in came.headers.get_list("Set-Cookie") if "playbook=" in it)
    assert cookie.startswith("__Host-playbook=")
    assert "; Secure" in cookie


def test_a_name_counts_whole(home):
    longer = [NAME + more for more in (".evil.example", "x", ".localhost", ".127.0.0.1")]
    with Proxied(home) as server:
        asked = {
            name: httpx.get(f"{server.base}/join", headers={"Host": name}).status_code
            for name in (NAME, NAME.upper(), f"evil-{NAME}", *longer)
        }
    assert asked.pop(NAME) == asked.pop(NAME.upper()) == 200
    assert asked == dict.fromkeys((f"evil-{NAME}", *longer), 403)


def test_without_a_proxy_nobody_gets_more_tries_by_claiming_other_addresses(home):
    with ClassServer(home) as server:
        wrong = [tries(server, WRONG, f"192.0.2.{it}").status_code for it in range(FROM_ONE_PLACE)]
        assert wrong == [409] * FROM_ONE_PLACE
        assert tries(server, WRONG, ANOTHER).status_code == 429
