"""Several processes on one store file; test_processes.py runs this in a Python of its own.

    python processes.py open FILE COUNT        all make the same new file at once
    python processes.py write FILE COUNT EACH  all write EACH times at once; prints milliseconds
    python processes.py kill FILE LOG TIMES    a writer that is killed TIMES times while it writes
    python processes.py kill FILE LOG TIMES rollback|wal   the same for one that holds the file

Children are forked when everything is imported, so that they start at the same moment.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from playbook.store import Operation, Set, SqliteStore
from playbook.store.database import Place, open_database
from playbook.store.postgres.address import PostgresAddress, is_address


def store_at(place: Place, *, held: bool = False) -> SqliteStore:
    return SqliteStore(
        place if isinstance(place, Path) and not held else open_database(place, held=held)
    )


def new_worksheet(place: Place, name: str) -> str:
    """Its id. Nothing stays open that children would have as well."""
    with closing(open_database(place)) as database:
        return SqliteStore(database).create("catalyst", name).id


def fork(work: Callable[[], None]) -> int:
    """Run `work` in a child; its process id."""
    child = os.fork()
    if child:
        return child
    status = 1
    try:
        work()
        status = 0
    finally:
        os._exit(status)


def all_at_once(count: int, work: Callable[[int], None]) -> None:
    """Run `work(number)` in `count` children that begin together; exit when one fails."""
    gate, opener = os.pipe()

    def child(number: int) -> None:
        os.close(opener)
        os.read(gate, 1)  # returns when the parent closes the other end
        work(number)

    children = [fork(lambda number=number: child(number)) for number in range(count)]
    os.close(opener)
    statuses = [os.waitpid(child, 0)[1] for child in children]
    if any(statuses):
        sys.exit(f"children ended with {statuses}")


def open_together(path: Place, count: int) -> None:
    all_at_once(count, lambda number: store_at(path).create("catalyst", f"Sheet {number}"))


def write_together(path: Place, count: int, each: int) -> None:
    """Every child answers a question of its own and one that all answer, reads it back, and in the
    end erases a secret of its own."""
    worksheet = new_worksheet(path, "Together")
    answers, report = os.pipe()

    def work(number: int) -> None:
        store, took = store_at(path), []
        for turn in range(each):
            sets = (Set(f"own{number}", f"{turn}", turn), Set("shared", f"{number}-{turn}", None))
            operation = Operation(f"op-{number}-{turn}", f"device-{number}", "set", 1, sets)
            start = time.perf_counter()
            assert store.commit(worksheet, operation).status == "saved"
            took.append(time.perf_counter() - start)
            assert store.load(worksheet).fields[f"own{number}"].value == f"{turn}"
        store.commit(worksheet, Operation(f"secret-{number}", "x", "set", 1, (secret(number),)))
        store.erase_field(worksheet, secret(number).field, "x")
        os.write(report, json.dumps(took).encode() + b"\n")

    all_at_once(count, work)
    os.close(report)
    with os.fdopen(answers) as lines:
        took = sorted(seconds * 1000 for line in lines for seconds in json.loads(line))
    json.dump({"worksheet": worksheet, "milliseconds": took}, sys.stdout)


def secret(number: int) -> Set:
    return Set(f"secret{number}", f"SECRET of {number}", None)


def kill_again_and_again(path: Place, log: Path, times: int, held: str | None = None) -> None:
    """Every writer goes on where the log ends, like a browser that sends again what was not
    acknowledged; every fifth time it erases, too. Prints the worksheet's id."""
    worksheet = new_worksheet(path, "Killed")
    log.touch()
    for life in range(times):
        acknowledged = log.stat().st_size
        writer = fork(lambda: write_on(path, worksheet, log, held))
        while life % 2 and log.stat().st_size == acknowledged:  # every other one gets to write
            time.sleep(0.001)
        time.sleep(random.uniform(0, 0.05))
        os.kill(writer, signal.SIGKILL)
        os.waitpid(writer, 0)
    json.dump({"worksheet": worksheet}, sys.stdout)


def write_on(path: Place, worksheet: str, log: Path, held: str | None) -> None:
    store = store_at(path, held=bool(held))
    number = len(log.read_text().splitlines())
    with log.open("ab", buffering=0) as acknowledgements:
        while True:
            sets = (Set("breaks", f"answer {number}", None), Set("hopes", "x" * number, None))
            store.commit(worksheet, Operation(f"op-{number}", "laptop", "set", 1, sets))
            acknowledgements.write(f"op-{number}\n".encode())
            if number % 5 == 0:
                store.erase_field(worksheet, "hopes", "laptop")
            number += 1


if __name__ == "__main__":
    command, named, *rest = sys.argv[1:]
    file: Place = PostgresAddress.of(named) if is_address(named) else Path(named)
    if command == "open":
        open_together(file, int(rest[0]))
    elif command == "write":
        write_together(file, int(rest[0]), int(rest[1]))
    else:
        kill_again_and_again(file, Path(rest[0]), int(rest[1]), *rest[2:])
