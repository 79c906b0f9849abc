"""A disk that is full is one sentence when the playbook starts."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

SERVE = """
import resource
from playbook.cli.main import main
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # files can be made, and nothing put into them
main(["serve", "--no-browser"])
"""


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such limit")
def test_a_data_folder_on_a_full_disk_is_one_sentence(tmp_path: Path) -> None:
    home = tmp_path / "home"
    run = subprocess.run(
        [sys.executable, "-B", "-c", SERVE],
        env=os.environ | {"PLAYBOOK_HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert run.returncode == 2
    assert run.stdout == ""
    (said,) = run.stderr.splitlines()
    assert f"can't write to its data folder {home}" in said
    assert list(home.iterdir()) == []
