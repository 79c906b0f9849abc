"""`make lock`: work the lock out again from pyproject.toml; `--upgrade` takes newer releases."""

import shlex
import sys

from scripts.environment import LOCK, PYTHON, ending_in_a_sentence, run_step

OPTIONS = "--quiet --universal --python-version 3.11 --generate-hashes --group dev --group build"


def main() -> None:
    command = ("-m", "uv", "pip", "compile", "pyproject.toml", *shlex.split(OPTIONS), *sys.argv[1:])
    run_step("making the lock", PYTHON, *command, "--output-file", LOCK.name)


if __name__ == "__main__":
    ending_in_a_sentence(main)
