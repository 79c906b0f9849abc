"""`make lock`: work both locks out from pyproject.toml; `--upgrade` takes newer releases.

requirements.lock has everything, for who works here; requirements-run.lock what runs, for hosts:
the very same releases, without what only tests and builds need. uv asks where its own settings say:
an index must have the files for every system, or the locks would serve this one alone.
"""

import shlex
import sys

from scripts.environment import LOCK, PYTHON, ROOT, ending_in_a_sentence, run_step

RUN_LOCK = ROOT / "requirements-run.lock"
OPTIONS = "--quiet --universal --python-version 3.11 --generate-hashes"


def compile_lock(name: str, *options: str) -> None:
    command = ("-m", "uv", "pip", "compile", "pyproject.toml", *shlex.split(OPTIONS), *options)
    run_step(f"making {name}", PYTHON, *command, "--output-file", name)


def main() -> None:
    compile_lock(LOCK.name, "--group", "dev", "--group", "build", *sys.argv[1:])
    compile_lock(RUN_LOCK.name, "--constraints", LOCK.name)


if __name__ == "__main__":
    ending_in_a_sentence(main)
