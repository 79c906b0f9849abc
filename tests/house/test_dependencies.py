"""What our code imports is what pyproject.toml declares; nothing is declared that is not used."""

import ast
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

OURS = {
    "benchmarks",
    "bootstrap",
    "hatch_build",
    "playbook",
    "scripts",
    "tests",
    "widgets",
    "conftest",
}
PART_OF = {"pydantic-core": "pydantic"}  # pydantic fixes its exact version
NOT_IMPORTED = {
    "jupyterlab": "people open the notebooks in it",
    "nbconvert": "Voila renders pages with it; the floor is for safety",
}


@pytest.fixture(scope="module")
def pyproject(root: Path) -> dict:
    return tomllib.loads((root / "pyproject.toml").read_text())


def names(requirements: list[str]) -> set[str]:
    return {canonicalize_name(Requirement(line).name) for line in requirements}


def imported(root: Path, *places: str) -> set[str]:
    """The distributions that the Python files of these places import, late imports included."""
    files = [path for place in places for path in root.glob(place)]
    modules = {name for path in files for name in imports(path)}
    owners = packages_distributions()
    outside = modules - set(sys.stdlib_module_names) - OURS
    found = {canonicalize_name(owners.get(name, [name])[0]) for name in outside}
    return {PART_OF.get(name, name) for name in found}


def imports(path: Path) -> Iterator[str]:
    """The top-level modules that a file imports anywhere in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def test_the_product_declares_what_it_imports_and_nothing_more(root: Path, pyproject: dict) -> None:
    declared = names(pyproject["project"]["dependencies"])
    assert imported(root, "playbook/**/*.py", "widgets/**/*.py") == declared - set(NOT_IMPORTED)


def test_tests_scripts_and_build_declare_what_they_import(root: Path, pyproject: dict) -> None:
    groups = pyproject["dependency-groups"]
    declared = names([*pyproject["project"]["dependencies"], *groups["dev"], *groups["build"]])
    places = ("tests/**/*.py", "scripts/**/*.py", "benchmarks/*.py", "*.py")
    assert imported(root, *places) - declared == set()
