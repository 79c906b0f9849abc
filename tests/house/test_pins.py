"""pyproject.toml says what is needed; the lock and environment.yml must agree with it."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

PIN = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>[^ ]+)(?P<rest>.*?)(?=^\S|\Z)", re.M | re.S)


class Lock:
    """requirements.lock, taken apart: versions, and which packages the project asks for itself."""

    def __init__(self, path: Path) -> None:
        self.text = path.read_text()
        self.blocks = list(PIN.finditer(self.text))
        self.versions: dict[str, list[str]] = {}
        for block in self.blocks:
            self.versions.setdefault(block["name"], []).append(block["version"])
        self.direct = {b["name"] for b in self.blocks if "redefining-work-playbook" in b["rest"]}


@pytest.fixture(scope="module")
def lock(root: Path) -> Lock:
    return Lock(root / "requirements.lock")


@pytest.fixture(scope="module")
def project(root: Path) -> dict:
    return tomllib.loads((root / "pyproject.toml").read_text())


def needed(project: dict) -> list[Requirement]:
    groups = project["dependency-groups"].values()
    lines = [*project["project"]["dependencies"], *(line for group in groups for line in group)]
    return [Requirement(line) for line in lines]


def test_the_lock_has_every_dependency_in_a_version_that_fits(lock: Lock, project: dict) -> None:
    for requirement in needed(project):
        pins = lock.versions[canonicalize_name(requirement.name)]
        assert all(requirement.specifier.contains(pin) for pin in pins), requirement


def test_the_lock_has_what_the_build_needs(lock: Lock, project: dict) -> None:
    for line in project["build-system"]["requires"]:
        assert canonicalize_name(Requirement(line).name) in lock.versions


def test_the_lock_was_made_from_these_dependencies_and_no_others(lock: Lock, project: dict) -> None:
    assert lock.direct == {canonicalize_name(requirement.name) for requirement in needed(project)}


def test_every_package_in_the_lock_has_hashes_and_the_lock_names_no_host(lock: Lock) -> None:
    assert len(lock.blocks) > 100
    assert [b["name"] for b in lock.blocks if "--hash=sha256:" not in b["rest"]] == []
    assert "://" not in lock.text
    assert "--index" not in lock.text


def test_conda_gets_a_python_that_fits_and_every_package_from_the_lock(
    root: Path, project: dict
) -> None:
    environment = yaml.safe_load((root / "environment.yml").read_text())
    *conda, from_pip = environment["dependencies"]
    names = {Requirement(line.replace("=", "==", 1)).name: line for line in conda}
    assert set(names) == {"python", "pip"}
    python = names["python"].partition("=")[2]
    assert SpecifierSet(project["project"]["requires-python"]).contains(f"{python}.0")
    assert from_pip == {"pip": ["-r requirements.lock"]}
