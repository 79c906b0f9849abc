"""What importing the domain loads, asked of a fresh Python: altair alone would load ipywidgets."""

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {
    "IPython",
    "alembic",
    "altair",
    "anywidget",
    "ipywidgets",
    "jupyter_server",
    "numba",
    "numpy",
    "openpyxl",
    "ortools",
    "pandas",
    "scipy",
    "sqlalchemy",
    "tornado",
    "vl_convert",
    "voila",
    "widgets",
}


def loaded_by(code: str) -> set[str]:
    """The names of all modules that a fresh Python has loaded after `code`."""
    run = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(run.stdout.split())


@pytest.mark.parametrize(
    "code",
    [
        "import playbook.model.resources",
        "import playbook.model",
        "import playbook.framework",
        "import playbook.assessing.assess",
        "import playbook.rules",
        "from playbook import load_framework; load_framework()",
        "from playbook import assess; assess('catalyst', {})",
    ],
)
def test_the_domain_loads_no_widget_server_or_table_library(code: str) -> None:
    assert {name.partition(".")[0] for name in loaded_by(code)} & HEAVY == set()


def test_opening_a_store_or_a_page_loads_no_migration_library(tmp_path: Path) -> None:
    path = str(tmp_path / "playbook.sqlite")
    store = f"import pathlib, playbook.store as s; s.open_store(pathlib.Path({path!r}))"
    for code in (store, "import widgets, playbook.cli.main", "import playbook.maintain.backup"):
        assert {name.partition(".")[0] for name in loaded_by(code)} & {"alembic", "mako"} == set()


@pytest.mark.parametrize(
    "code",
    [
        "import widgets.preload_by_use, widgets.charts\n"
        "import widgets.app; widgets.app.worksheet_app('catalyst')",
        "from playbook.server.kernels import kernel\n"
        "from playbook.server.kernels.fork import child, zygote",
        "import playbook.server.solo.app, playbook.server.cohort.app, playbook.cli.main",
    ],
)
def test_no_app_kernel_or_server_loads_pandas_or_a_solver(code: str) -> None:
    assert loaded_by(code) & {"pandas", "numba", "llvmlite", "ortools"} == set()


def test_workgroups_load_numpy_when_used_and_solvers_when_something_is_searched_for() -> None:
    asked = loaded_by("from playbook import workgroups")
    assert asked & {"numpy", "numba", "ortools", "scipy"} == set()
    small = (
        "import numpy; from playbook import workgroups; "
        "workgroups.partition(1 - numpy.eye(6), (3, 3), effort='instant')"
    )
    assert loaded_by(small) & {"numba", "ortools", "scipy"} == set()


def test_importing_playbook_alone_loads_nothing_but_the_standard_library() -> None:
    extra = loaded_by("import playbook") - loaded_by("import importlib, typing")
    outside = {name for name in extra if name.partition(".")[0] not in sys.stdlib_module_names}
    assert outside == {"playbook"}


def test_every_public_name_can_be_imported_and_is_listed() -> None:
    import playbook

    for name in playbook._HOMES:
        assert getattr(playbook, name).__name__.rpartition(".")[2] == name
        assert name in dir(playbook)


def test_an_unknown_public_name_is_an_attribute_error() -> None:
    import playbook

    with pytest.raises(AttributeError, match="'playbook' has no attribute 'asses'"):
        playbook.asses  # noqa: B018  # looking it up is the test
