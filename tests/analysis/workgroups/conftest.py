"""The loops compiled for all tests; `interpreted` for those that compare."""

import pytest

from playbook.analysis.workgroups.compiled import COMPILER


@pytest.fixture(scope="session", autouse=True)
def compiled():
    COMPILER.finish()


@pytest.fixture
def interpreted(monkeypatch):
    """A way to do something as it is done while nothing is compiled."""

    def run(work):
        with monkeypatch.context() as patched:
            patched.setattr(COMPILER, "_loops", None)
            patched.setattr(COMPILER, "begin", lambda: None)
            return work()

    return run
