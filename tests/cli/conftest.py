"""A small sheet of every question kind; see tests/small_sheet.py."""

from tests.small_sheet import framework, small_sheet, words  # noqa: F401  # fixtures
