"""What we rest on in others' insides stands in one module, checked on the releases it names."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import tomllib
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import pytest
import voila
from ipykernel.kernelapp import IPKernelApp
from jupyter_server.auth.login import LoginFormHandler
from packaging.requirements import Requirement
from packaging.version import Version
from voila.notebook_renderer import NotebookRenderer

import playbook.server
from playbook.server.http.handlers import LoginHandler
from playbook.server.kernels import compat
from playbook.server.kernels.fork.deferred import DeferredKernel
from playbook.server.kernels.fork.snapshots import SnapshotRenderer

ROOT = Path(__file__).parents[2]
RESTS_ON = {
    compat.PreExecutedNotebook: (SnapshotRenderer, NotebookRenderer),
    compat.CustomLoginForm: (LoginHandler, LoginFormHandler),
    compat.KernelSockets: (DeferredKernel, IPKernelApp),
}
"""Each mixin: which class of ours has it, and whose private names it gives or takes."""


@pytest.mark.parametrize("package", compat.CHECKED)
def test_the_release_that_is_installed_is_the_one_that_was_checked(package: str) -> None:
    installed, checked = version(package), compat.CHECKED[package]
    assert installed == checked, (
        f"{package} {installed} is installed, and {compat.__name__} was checked on {checked}: read "
        f"what changed between them for every name that it lists under {package}, run tests/server "
        "and tests/browser, then write the new release into CHECKED and raise the upper bound in "
        "pyproject.toml if it has to be."
    )


@pytest.mark.parametrize("package", compat.CHECKED)
def test_the_next_minor_version_is_not_taken_unread(package: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = {one.name: one for one in map(Requirement, project["dependencies"])}[package]
    checked = Version(compat.CHECKED[package])
    assert needed.specifier.contains(checked)
    assert not needed.specifier.contains(f"{checked.major}.{checked.minor + 1}.0")


@pytest.mark.parametrize("mixin", RESTS_ON, ids=lambda it: it.__name__)
def test_every_private_name_is_still_theirs_and_ours_comes_first(mixin: type) -> None:
    ours, theirs = RESTS_ON[mixin]
    private = {name for name in [*vars(mixin), *mixin.__annotations__] if is_private(name)}
    assert private
    assert {name for name in private if not hasattr(theirs, name)} == set()
    for name in private & vars(mixin).keys():
        assert getattr(ours, name) is vars(mixin)[name]


def test_the_loose_names_are_still_theirs() -> None:
    sources = Path(voila.__file__).parent.rglob("*.py")
    text = "".join(path.read_text(encoding="utf-8") for path in sources)
    assert "voila_jinja2_env" in text


def is_private(name: str) -> bool:
    return name.startswith("_") and name.strip("_") != "" and not name.startswith("__")


def own_classes() -> Iterator[type]:
    """The classes of the server's modules, but for the one that may know others' insides."""
    for found in pkgutil.walk_packages(playbook.server.__path__, "playbook.server."):
        module = importlib.import_module(found.name)
        for one in vars(module).values():
            if inspect.isclass(one) and one.__module__ == found.name != compat.__name__:
                yield one


def theirs_above(one: type) -> list[type]:
    return [base for base in one.__mro__ if base.__module__.partition(".")[0] in compat.CHECKED]


def private_names(one: type) -> set[str]:
    """The private attributes that a class's source defines, sets or asks for."""
    nodes = list(ast.walk(ast.parse(inspect.cleandoc("\n" + inspect.getsource(one)))))
    asked = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    methods = {
        node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    fields = {node.id for node in nodes if isinstance(node, ast.Name)}
    return {name for name in asked | methods | fields if is_private(name)}


def test_no_class_of_ours_uses_a_private_name_of_those_it_builds_on() -> None:
    heirs = {one: theirs_above(one) for one in own_classes() if theirs_above(one)}
    assert {
        "PlaybookKernelManager",
        "NotebookPageHandler",
        "KernelSocketHandler",
        "PlaybookServer",
    } < {one.__name__ for one in heirs}
    used = {
        f"{one.__name__}.{name}"
        for one, above in heirs.items()
        for name in private_names(one)
        if any(name in private_names(base) for base in above)
    }
    assert used == set(), f"move them into {compat.__name__}"


def test_no_module_asks_another_object_for_a_private_name() -> None:
    """But of the standard library's, which are no release's affair."""
    stdlib = {"os.environ._data", "os._exit", "atexit._run_exitfuncs"}
    found = set()
    for path in Path(playbook.server.__path__[0]).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and is_private(node.attr):
                asked = ast.unparse(node)
                if asked.split(".")[0] not in {"self", "cls", "super()"} and path.stem != "compat":
                    found.add(asked)
    assert found - stdlib == set()
