"""The base fixtures bite: shown by running a small test file under the real tests/conftest.py."""

import os
from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

TWO_TESTS = """
import logging

def log_a_traceback():
    logger = logging.getLogger("far.away")
    logger.propagate = False
    logger.addHandler(logging.NullHandler())
    try:
        1 / 0
    except ZeroDivisionError:
        logger.error("swallowed", exc_info=True)

def test_that_does_not_know():
    log_a_traceback()

def test_that_meant_it(logged_tracebacks):
    log_a_traceback()
    logged_tracebacks.clear()
"""


def test_a_logged_traceback_fails_the_test_that_did_not_mean_it(
    pytester: pytest.Pytester, root: Path
) -> None:
    pytester.makeconftest((root / "tests" / "conftest.py").read_text())
    pytester.makepyfile(TWO_TESTS)
    result = pytester.runpytest_subprocess()
    result.assert_outcomes(passed=2, errors=1)
    result.stdout.fnmatch_lines(
        [
            "*ERROR at teardown of test_that_does_not_know*",
            "*logged with a traceback: far.away: swallowed (ZeroDivisionError*",
        ]
    )


def test_every_test_has_a_data_folder_of_its_own(playbook_home: Path, tmp_path: Path) -> None:
    assert os.environ["PLAYBOOK_HOME"] == str(playbook_home)
    assert tmp_path in playbook_home.parents
    assert not playbook_home.exists()
