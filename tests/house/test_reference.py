"""Whatever people may type or import is documented, in docs/reference.md and by its own words."""

import inspect
from pathlib import Path

import click
import pytest

from playbook.cli.main import main
from scripts import reference


def test_the_reference_is_what_the_commands_and_names_say(root: Path) -> None:
    written = (root / "docs" / "reference.md").read_text(encoding="utf-8")
    assert written == reference.page(), "run `python scripts/reference.py`"


def test_every_command_and_option_says_what_it_does() -> None:
    found = dict(reference.commands(main, "playbook"))
    assert {"playbook serve", "playbook cohort new", "playbook assess"} < set(found)
    assert {called for called, command in found.items() if not command.help} == set()
    silent = {
        f"{called} {option.opts[0]}"
        for called, command in found.items()
        for option in reference.options(command)
        if not option.help
    }
    assert silent == set()


def test_every_public_name_says_what_it_is() -> None:
    found = reference.public()
    assert {"playbook.assess", "playbook.load_framework", "widgets.app.home_app"} < set(found)
    assert {name for name, one in found.items() if not inspect.getdoc(one)} == set()


def test_a_command_is_written_with_all_that_it_takes() -> None:
    @click.command("greet", help="Say hello to NAME.")
    @click.argument("name")
    @click.option("--loud", "-l", is_flag=True, help="Twice as loud.")
    def greet() -> None: ...

    assert reference.of_command("play greet", greet).split("\n") == [
        "",
        "### `play greet [OPTIONS] NAME`",
        "Say hello to NAME.",
        "",
        "- `--loud -l`: Twice as loud.",
        "",
    ]


@pytest.mark.parametrize("page", ["README.md", "docs/operate.md"])
def test_the_guides_name_no_command_that_is_not_there(page: str, root: Path) -> None:
    known = {called.split()[1] for called, _ in reference.commands(main, "playbook")}
    text = (root / page).read_text(encoding="utf-8")
    typed = {line.split()[1] for line in text.splitlines() if line.startswith("    playbook ")}
    assert typed <= known
