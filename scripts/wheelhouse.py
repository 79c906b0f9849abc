"""`make wheelhouse`: fetch every package, for a machine of this kind without a network."""

import shutil
import sys

from scripts.environment import (
    LOCK,
    PYTHON,
    ROOT,
    VENV,
    WHEELHOUSE,
    ending_in_a_sentence,
    run_step,
    say,
)


def main() -> None:
    fresh = VENV / "wheelhouse"  # half of one would keep the next set-up from the network
    shutil.rmtree(fresh, ignore_errors=True)
    options = ("--quiet", "--only-binary=:all:", f"--dest={fresh}", f"--requirement={LOCK}")
    run_step("pip download", PYTHON, "-m", "pip", "download", *options, *sys.argv[1:])
    fresh.rename(WHEELHOUSE)
    say(f"{WHEELHOUSE} is ready: copy the whole folder {ROOT.name} with it.")


if __name__ == "__main__":
    ending_in_a_sentence(main)
