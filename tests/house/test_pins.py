"""pyproject.toml says what is needed; both locks and environment.yml must agree with it."""

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
    """A lock taken apart: versions, and which packages the project asks for itself."""

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
def run_lock(root: Path) -> Lock:
    """What a host installs, and no more."""
    return Lock(root / "requirements-run.lock")


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


def test_what_only_some_install_is_in_the_lock_as_well(project: dict) -> None:
    groups = [line for group in project["dependency-groups"].values() for line in group]
    extras = project["project"]["optional-dependencies"]
    assert [line for extra in extras.values() for line in extra if line not in groups] == []


def test_a_host_gets_what_the_product_needs_and_not_what_tests_and_builds_need(
    run_lock: Lock, project: dict
) -> None:
    lines = project["project"]["dependencies"]
    assert run_lock.direct == {canonicalize_name(Requirement(line).name) for line in lines}
    assert {"pytest", "playwright", "uv", "vl-convert-python"} & set(run_lock.versions) == set()


def test_a_host_runs_the_very_releases_that_were_tested(lock: Lock, run_lock: Lock) -> None:
    tested = {name: (lock.versions[name], hashes(lock, name)) for name in run_lock.versions}
    assert {name: (run_lock.versions[name], hashes(run_lock, name)) for name in tested} == tested


def hashes(lock: Lock, name: str) -> set[str]:
    blocks = (block["rest"] for block in lock.blocks if block["name"] == name)
    return {found for rest in blocks for found in re.findall("--hash=(sha256:[0-9a-f]{64})", rest)}


@pytest.mark.parametrize("guide", ["deploy/Containerfile", "docs/operate.md"])
def test_hosts_are_set_up_from_the_lock_of_what_runs(root: Path, guide: str) -> None:
    text = (root / guide).read_text(encoding="utf-8")
    assert re.findall(r"--requirement (\S+)", text) == ["requirements-run.lock"]


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-run.lock"])
def test_every_package_in_a_lock_has_hashes_and_the_lock_names_no_host(
    name: str, root: Path
) -> None:
    lock = Lock(root / name)
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
