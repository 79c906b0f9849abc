"""The project stands on its own: it names no package host and no place outside of itself."""

import os
import re
from pathlib import Path

HOSTS = re.compile(
    r"pypi\.org|files\.pythonhosted|registry\.npmjs|cdn\.jsdelivr|unpkg\.com"
    r"|index-url\W{1,5}(?:https?|file):"  # where packages come from is the machine's affair
)
UPWARD = re.compile(r"(?<![\w.])(?:\.\./)+[\w.-]+")
ATTACKS = {"tests/hostile.py", "tests/server/test_strangers.py"}
"""What strangers may try is written there, ways out of a folder among it."""


def test_no_file_names_a_package_host(texts: dict[str, str]) -> None:
    here = f"tests/house/{Path(__file__).name}"
    found = {name: match[0] for name, text in texts.items() if (match := HOSTS.search(text))}
    assert found.keys() - {here} == set(), found


def test_no_path_leads_out_of_the_project(texts: dict[str, str]) -> None:
    out = {
        f"{name}: {path}"
        for name, text in texts.items()
        for path in UPWARD.findall(text)
        if os.path.normpath(Path(name).parent / path).startswith("..")
    }
    assert {line for line in out if line.partition(":")[0] not in ATTACKS} == set()


def test_no_file_names_the_place_where_the_project_lies(root: Path, texts: dict[str, str]) -> None:
    """Nor the folder above, where its neighbours would be, nor its owner's own."""
    places = "|".join(
        re.escape(str(place))
        for place in (root, root.parent, Path.home())
        if len(place.parts) > 1  # a home may be / in a container
    )
    named = re.compile(rf"(?<![\w./])(?:{places})(?![\w-])")
    assert {name: found[0] for name, text in texts.items() if (found := named.search(text))} == {}
