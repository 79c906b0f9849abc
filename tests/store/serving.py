"""Another process that holds a file and saves what it is told, until it stops or is killed."""

import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager

import pytest

from playbook.model import StoreError

SERVE = """
import sys
from pathlib import Path
from playbook.model import StoreError
from playbook.store import Operation, Set, SqliteStore
from playbook.store.sqlite.database import Database
held = Database(Path(sys.argv[1]), held=True)
store = SqliteStore(held)
mine = store.create("catalyst", "Catalyst").id
print(mine, flush=True)
for number, line in enumerate(sys.stdin):
    word = line.strip()
    try:
        if word == "settle":
            held.settle()
        else:
            sets = (Set("breaks", word, None),)
            store.commit(mine, Operation(f"op-{number}", "laptop", "set", 1, sets))
        print("saved", flush=True)
    except StoreError as error:
        print(error, flush=True)
held.close()
"""
"""A server that saves each word it is given, and says so."""


class Server:
    """Another process that holds the file."""

    def __init__(self, process):
        self.process = process
        self.worksheet = process.stdout.readline().strip()
        assert self.worksheet

    def says(self, word):
        self.process.stdin.write(f"{word}\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().strip()

    def is_killed(self):
        self.process.kill()
        self.process.wait()

    def stops(self):
        self.process.stdin.close()
        assert self.process.wait(timeout=30) == 0


@contextmanager
def serving(path):
    command = [sys.executable, "-c", SERVE, str(path)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield Server(process)
        finally:
            process.kill()


def answer(path, worksheet):
    with closing(sqlite3.connect(path)) as raw:
        query = "SELECT value FROM current WHERE worksheet = ? AND field = 'breaks'"
        found = raw.execute(query, (worksheet,)).fetchone()
    return found and found[0]


def refusal(path, request):
    with pytest.raises(StoreError) as error:
        request()
    text = str(error.value)
    assert str(path) in text
    assert "\n" not in text
    return text
