"""A file, its store and its devices; see tests/store/conftest.py."""

from tests.store.conftest import *  # noqa: F403  # fixtures
