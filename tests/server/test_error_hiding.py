"""What a handler says of its failures in the log."""

from __future__ import annotations

import logging
import sys
from types import SimpleNamespace

import pytest
from tornado.web import HTTPError

from playbook.model import InputError
from playbook.server.http.error_hiding import ErrorHidingMixin
from playbook.store.errors import FileError


class Place(ErrorHidingMixin):
    request = SimpleNamespace(method="POST", path="/place")
    log = logging.getLogger("tests.quiet")


def logged(error: Exception, caplog: pytest.LogCaptureFixture) -> str:
    try:
        raise error
    except Exception:
        Place().log_exception(*sys.exc_info())
    return caplog.text.strip()


@pytest.mark.parametrize("error", [FileError("/secret/place is full"), InputError("not José")])
def test_what_people_are_told_is_one_line_without_what_they_typed(error, caplog):
    line = logged(error, caplog)
    assert line.endswith(f"Place POST could not be done: {type(error).__name__}")
    assert len(line.splitlines()) == 1


def test_our_own_fault_is_logged_whole_and_what_is_not_there_not_at_all(caplog, logged_tracebacks):
    assert logged(HTTPError(404), caplog) == ""
    assert "Traceback" in logged(ValueError("a mistake of ours"), caplog)
    logged_tracebacks.clear()
