"""Who has not the key, comes by another name, or from another page, gets nothing."""

from __future__ import annotations

import pytest
from websockets.exceptions import InvalidStatus

UNKNOWN_KERNEL = "00000000-0000-0000-0000-000000000000"
LISTED = [
    "/",
    "/voila/render/00_home.ipynb",
    f"/api/kernels/{UNKNOWN_KERNEL}",
    f"/api/kernels/{UNKNOWN_KERNEL}/channels",
    "/login",
    "/health",
]


@pytest.mark.parametrize("path", ["/", "/voila/render/00_home.ipynb", "/voila/render/none.ipynb"])
def test_without_the_key_a_page_is_a_request_for_the_key(served, stranger, path):
    before = served.opened()
    answer = stranger.get(path)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/login?next=")
    assert served.opened() == before


def test_without_the_key_a_kernel_can_be_neither_seen_nor_reached_nor_ended(
    served, owner, stranger
):
    _, kernel_id = served.open(owner)
    assert stranger.get(f"/api/kernels/{kernel_id}").status_code == 403
    assert stranger.post(f"/voila/api/shutdown/{kernel_id}").status_code == 403
    with pytest.raises(InvalidStatus) as refused:
        served.connect(stranger, kernel_id)
    assert refused.value.response.status_code == 403
    assert owner.get(f"/api/kernels/{kernel_id}").status_code == 200


@pytest.mark.parametrize("key", ["wrong", "", "?token=wrong", "http://127.0.0.1/?token="])
def test_a_wrong_key_opens_nothing(stranger, key):
    form = {"key": key, "_xsrf": _form_secret(stranger)}
    answer = stranger.post("/login", data=form)
    assert answer.status_code == 401
    assert "not the address of the last start" in answer.text
    assert stranger.get("/").headers["Location"].startswith("/login")


@pytest.mark.parametrize("written", ["{token}", "{url}/?token={token}", "?token={token}"])
def test_the_key_opens_the_playbook_alone_or_in_its_address(served, stranger, written):
    key = written.format(token=served.token, url=served.url)
    form = {"key": key, "_xsrf": _form_secret(stranger)}
    answer = stranger.post("/login", params={"next": "/voila/render/01_catalyst.ipynb"}, data=form)
    assert answer.headers["Location"] == "/voila/render/01_catalyst.ipynb"
    assert stranger.get("/").headers["Location"] == "/voila/render/00_home.ipynb"


def test_the_key_never_leads_to_another_site(served, stranger):
    form = {"key": served.token, "_xsrf": _form_secret(stranger)}
    answer = stranger.post("/login", params={"next": "//evil.example/"}, data=form)
    assert answer.headers["Location"] == "/"


def test_a_form_of_another_site_cannot_sign_anybody_in(served, stranger):
    assert stranger.post("/login", data={"key": served.token}).status_code == 403


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "192.168.1.5:8866"])
@pytest.mark.parametrize("path", [*LISTED, "/no/such/page"])
def test_under_another_name_there_is_nothing_even_with_the_key(served, host, path):
    with served.owner() as owner:
        answer = owner.get(path, params={"token": served.token}, headers={"Host": host})
    assert answer.status_code == 403
    assert served.token not in answer.text


@pytest.mark.parametrize("with_token", [False, True])
def test_a_page_of_another_site_cannot_reach_a_kernel(served, owner, with_token):
    _, kernel_id = served.open(owner)
    query = f"&token={served.token}" if with_token else ""
    with pytest.raises(InvalidStatus) as refused:
        served.connect(owner, kernel_id, query, Origin="http://evil.example")
    assert refused.value.response.status_code == 403
    with served.connect(owner, kernel_id, Origin=served.url):
        pass


def test_a_page_of_another_site_may_not_read_an_answer(served, owner):
    there = {"Origin": "http://evil.example"}
    for path in LISTED:
        answer = owner.get(path, params={"token": served.token}, headers=there)
        assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize(
    "path",
    [
        "/voila/files/00_home.ipynb",
        "/voila/tree",
        "/voila/tree/",
        "/tree",
        "/voila/api/contents/",
        "/api/contents",
        "/api/contents/00_home.ipynb",
        "/api/kernels",
        "/api/kernelspecs",
        "/api/sessions",
        "/api/terminals",
        "/api/me",
        f"/voila/query/{UNKNOWN_KERNEL}",
        f"/voila/execution/{UNKNOWN_KERNEL}",
        "/voila/static/voila.js",
        "/voila/templates/playbook/static/../../../../server/solo/app.py",
        "/voila/render/",
        "/voila/render/01_catalyst.py",
        "/voila/render/../app.py",
        "/voila/render/..%2f..%2fetc%2fpasswd",
        "/voila/render/none.ipynb",
        "/logout",
        "/metrics",
        "/favicon.ico",
    ],
)
def test_what_is_not_listed_does_not_exist(served, owner, path):
    before = served.opened()
    answer = owner.get(path)
    assert answer.status_code == 404
    assert "There is nothing here" in answer.text
    assert "Traceback" not in answer.text
    assert served.opened() == before


def test_what_would_start_or_end_kernels_is_not_offered(served, owner):
    _, kernel_id = served.open(owner)
    secret = {"X-XSRFToken": owner.cookies["_xsrf"]}
    assert owner.post("/api/kernels", headers=secret).status_code == 404
    assert owner.delete(f"/api/kernels/{kernel_id}", headers=secret).status_code == 405
    assert owner.post(f"/api/kernels/{kernel_id}/restart", headers=secret).status_code == 404
    assert owner.get(f"/api/kernels/{kernel_id}").json()["id"] == kernel_id


def test_health_tells_a_stranger_counts_and_no_content(stranger):
    assert set(stranger.get("/health").json()) == {"status", "run", "kernels", "opened"}


def _form_secret(client) -> str:
    assert "Open the playbook with its address" in client.get("/login").text
    return client.cookies["_xsrf"]
