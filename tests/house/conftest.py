import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def texts(root: Path) -> dict[str, str]:
    """Every text file that git has or would take, by its name from the checkout."""
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listing, cwd=root, capture_output=True, check=True).stdout.decode()
    files = {name: root / name for name in names.split("\0") if (root / name).is_file()}
    contents = {name: file.read_bytes() for name, file in files.items()}
    return {name: content.decode() for name, content in contents.items() if b"\0" not in content}
