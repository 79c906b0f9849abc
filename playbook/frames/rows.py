"""What the documents say, and what of it is built, as frames."""

from __future__ import annotations

import pandas as pd

from playbook.framework import load_framework
from playbook.framework.coverage import coverage as coverage_rows
from playbook.framework.coverage import tests_folder


def catalogue() -> pd.DataFrame:
    """What the documents say, a row each: kind, source, locator, statement, proposal, built.

    `kind` and `built` are tuples; `statement` is the document's point in our words, `proposal` what
    we add to it.

    Examples
    --------
    >>> rows = catalogue()
    >>> rows.loc["CAT-04", "source"]
    'PP'
    """
    columns = ["kind", "source", "locator", "statement", "proposal", "built", "later"]
    rows = load_framework().rows.values()
    lines = [[row.id, *(getattr(row, name) for name in columns)] for row in rows]
    return pd.DataFrame(lines, columns=["id", *columns]).set_index("id")


def coverage() -> pd.DataFrame:
    """What of the catalogue is built, a row each: kind, status, where, tests, problems, left_to.

    `tests` is empty where the playbook was installed without its tests. ContentError when a file of
    the framework is wrong.
    """
    lines = [row.to_json() for row in coverage_rows(load_framework(), tests_folder())]
    return pd.DataFrame(lines).set_index("id")
