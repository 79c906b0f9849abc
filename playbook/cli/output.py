"""What every command that tells something can do: tell it to programs."""

from __future__ import annotations

import json
from typing import Any

import click

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")


def print_json(data: Any) -> None:
    """Print data as JSON that people can read as well."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False))
