"""Writes docs/reference.md, every command and public name, from what they say of themselves."""

import inspect
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click

import playbook
from playbook.cli.main import main as root_command
from widgets import app

REFERENCE = Path(__file__).parent.parent / "docs" / "reference.md"
HEAD = """# Reference
`python scripts/reference.py` writes this page from what the commands and names say of themselves.
"""


def commands(command: click.Command, called: str) -> Iterator[tuple[str, click.Command]]:
    """Each command that does something, by what one types."""
    if isinstance(command, click.Group):
        for name, one in sorted(command.commands.items()):
            yield from commands(one, f"{called} {name}")
    else:
        yield called, command


def options(command: click.Command) -> Iterator[click.Option]:
    yield from (one for one in command.params if isinstance(one, click.Option))


def public() -> dict[str, Callable[..., object]]:
    """Each public name of Python, by where one imports it from."""
    ours = dict(named("playbook", {name: getattr(playbook, name) for name in playbook._HOMES}))
    apps = inspect.getmembers(app, inspect.isfunction)
    own = [(name, one) for name, one in apps if one.__module__ == app.__name__ and name[0] != "_"]
    return ours | {f"widgets.app.{name}": one for name, one in own}


def named(where: str, things: dict[str, Any]) -> Iterator[tuple[str, Callable[..., object]]]:
    """Functions and classes by their full names, those of a public module included."""
    for name, one in things.items():
        if inspect.ismodule(one):
            yield from named(f"{where}.{name}", {it: getattr(one, it) for it in one.__all__})
        else:
            yield f"{where}.{name}", one


def of_command(called: str, command: click.Command) -> str:
    usage = " ".join([called, *command.collect_usage_pieces(click.Context(command))])
    lines = [
        f"- `{' '.join([*one.opts, *one.secondary_opts])}`: {one.help}" for one in options(command)
    ]
    return "\n".join([f"\n### `{usage}`", command.help or "", *([""] if lines else []), *lines, ""])


def of_name(name: str, one: Callable[..., object]) -> str:
    takes = f"({', '.join(inspect.signature(one).parameters)})" if not inspect.isclass(one) else ""
    return f"\n### `{name}{takes}`\n```text\n{inspect.getdoc(one)}\n```\n"


def page() -> str:
    typed = "".join(of_command(*found) for found in commands(root_command, "playbook"))
    imported = "".join(of_name(*found) for found in public().items())
    return f"{HEAD}\n## Commands\n{typed}\n## From Python\n{imported}"


if __name__ == "__main__":
    REFERENCE.write_text(page(), encoding="utf-8")
