"""Whatever pytest runs here, tests or notebooks, a person's own worksheets stay out of reach."""

import os
import shutil
import sys
import tempfile

import pytest


def pytest_configure(config: pytest.Config) -> None:
    os.environ["PLAYBOOK_HOME"] = tempfile.mkdtemp(prefix="playbook-tests-")
    if sys.platform == "linux" and config.getoption("nbval", False):
        import nbval.plugin

        from tests.notebooks.kernels import ForkedKernel

        nbval.plugin.RunningKernel = ForkedKernel  # its own starts a process for each notebook


def pytest_unconfigure() -> None:
    shutil.rmtree(os.environ["PLAYBOOK_HOME"], ignore_errors=True)
