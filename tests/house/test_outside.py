"""The project stands on its own: it names no package host and nothing of the place it grew in."""

import subprocess
from pathlib import Path

OUTSIDE = "|".join(
    [
        r"/work/(main|shared|\.library)",
        r"\.\./shared",
        r"shared/(design|framework)",
        r"pypi\.org",
        r"files\.pythonhosted",
        r"registry\.npmjs",
        r"index-url",
        r"cdn\.jsdelivr",
        r"unpkg\.com",
    ]
)


def test_no_file_names_a_package_host_or_another_folder(root: Path) -> None:
    found = subprocess.run(
        ["git", "grep", "--untracked", "-nIE", OUTSIDE, "--", ".", f":!{Path(__file__).name}"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    here = f"{Path(__file__).relative_to(root).as_posix()}:"
    assert [line for line in found.stdout.splitlines() if not line.startswith(here)] == []
    assert found.returncode in {0, 1}, found.stderr
