"""Files with answers in them: filled, spoiled, put back, compared."""

from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from playbook.maintain import restore
from playbook.model import StoreError
from playbook.store import Operation, Set, SqliteStore

SCRIPT = Path(__file__).parents[2] / "store" / "processes.py"
OLD = Path(__file__).parents[1] / "version_1.sql"
NOW = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)


def commit(store, worksheet, number, value, field="breaks"):
    sets = (Set(field, value, None),)
    return store.commit(worksheet, Operation(f"op-{number}", "laptop", "set", 1, sets))


def answers(path, worksheet):
    fields = SqliteStore(path).load(worksheet).fields.items()
    return {name: state.value for name, state in fields if state.value is not None}


def refusal(request, *named):
    """The sentence that `request` ends with; it names these files."""
    with pytest.raises(StoreError) as error:
        request()
    text = str(error.value)
    assert all(str(path) in text for path in named)
    assert text.endswith(".")
    assert "\n" not in text
    return text


def is_consistent(path):
    """Whether all that stands follows from all that was done: a store takes it in, or refuses."""
    with closing(SqliteStore(None)) as memory:
        memory.import_(SqliteStore(path).export())
    return True


def put_back(backup, path, **options):
    names = (path.with_name(f"aside-{number}.sqlite") for number in range(100))
    return restore.restore(
        backup, path, lambda: next(name for name in names if not name.exists()), **options
    )


@contextmanager
def limit(size):
    """A disk that takes no file beyond `size`."""
    resource = pytest.importorskip("resource", reason="needs setrlimit")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def everything(folder):
    """Every file under a folder, by name, that has anything in it."""
    files = (file for file in folder.rglob("*") if file.is_file())
    return {file: data for file in files if (data := file.read_bytes())}


def damage(path):
    """Spoil a page in the middle, where the answers are."""
    whole = bytearray(path.read_bytes())
    page = 4096
    for start in range(page, len(whole), page):
        whole[start : start + 100] = b"\xa5" * 100
    path.write_bytes(whole)
