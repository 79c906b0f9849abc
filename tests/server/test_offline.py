"""The service worker and its page: for anybody, of nobody, and another one with other scripts."""

from __future__ import annotations

import json
import re
import sys

import pytest

from playbook.server.http.notebooks import BOXES
from playbook.server.http.offline import KEPT

from .test_snapshot import prepared


def kept(stranger):
    answer = stranger.get("/voila/worker.js")
    found = re.match(r"globalThis\.\$kept = (\{.*\});\n", answer.text)
    return json.loads(found[1])


def test_whoever_has_no_key_gets_worker_and_page_and_finds_nothing_of_anybody(served, stranger):
    worker, page = stranger.get("/voila/worker.js"), stranger.get("/voila/offline.html")
    assert (worker.status_code, page.status_code) == (200, 200)
    assert worker.headers["Content-Type"].startswith("text/javascript")
    for answer in (worker, page):
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Set-Cookie" not in answer.headers
        assert "unsafe-eval" not in answer.headers["Content-Security-Policy"]
        assert "nonce" not in answer.text
        assert served.token not in answer.text
    assert "<script>" not in page.text  # its policy would not let it run
    assert "script-src 'self';" in page.headers["Content-Security-Policy"]


def test_everything_that_the_worker_keeps_is_there_and_cached_for_good(stranger):
    told = kept(stranger)
    assert told["page"] == "/voila/offline.html"
    assert [path.rsplit("/", 1)[1] for path in told["files"]] == list(KEPT)
    for path in told["files"]:
        answer = stranger.get(path)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["Cache-Control"]
        assert answer.headers["Content-Encoding"] == "gzip"


def test_the_worker_is_the_same_text_as_long_as_nothing_changes(stranger):
    assert stranger.get("/voila/worker.js").text == stranger.get("/voila/worker.js").text


@pytest.mark.skipif(sys.platform != "linux", reason="pages are executed ahead on Linux alone")
def test_the_states_of_a_page_are_a_file_of_their_own_and_say_nothing_of_the_visitor(
    served, owner, stranger
):
    assert prepared(served, "01_catalyst.ipynb")
    page, kernel_id = served.open(owner)
    found = re.search(r'"states": "(/voila/states/added/[0-9a-f]{32}\.json)"', page)
    assert found
    answer = stranger.get(found[1])
    assert "immutable" in answer.headers["Cache-Control"]
    assert kernel_id not in answer.text
    models = {it["state"]["_model_name"] for it in answer.json().values()}
    assert "AnyModel" in models
    assert models <= {"AnyModel", "LayoutModel", *BOXES}
