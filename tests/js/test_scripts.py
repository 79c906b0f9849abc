"""The scripts' own tests, run without a browser; `deno test tests/js` does the same by hand."""

import os
import subprocess
from pathlib import Path

from deno import find_deno_bin

HERE = Path(__file__).parent


def test_scripts() -> None:
    done = subprocess.run(
        [find_deno_bin(), "test", "--no-check", str(HERE)],
        cwd=HERE.parents[1],
        env={**os.environ, "NO_COLOR": "1", "DENO_NO_UPDATE_CHECK": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    for file in HERE.glob("*.test.js"):
        assert f"./tests/js/{file.name}" in done.stdout, "not run"
    assert " | 0 failed" in done.stdout
