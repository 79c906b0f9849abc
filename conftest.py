"""Whatever pytest runs here, tests or notebooks, a person's own worksheets stay out of reach."""

import os
import shutil
import tempfile


def pytest_configure() -> None:
    os.environ["PLAYBOOK_HOME"] = tempfile.mkdtemp(prefix="playbook-tests-")


def pytest_unconfigure() -> None:
    shutil.rmtree(os.environ["PLAYBOOK_HOME"], ignore_errors=True)
