"""`make bench`: what the playbook is compared with is installed, then `python -m benchmarks`."""

import sys
from pathlib import Path

from bootstrap import hand_over, once
from scripts import environment
from scripts.browser import ensure_browser
from scripts.environment import ROOT, SetUpError, ending_in_a_sentence, say

PEERS = ROOT / ".venv-peers"
PEERS_LOCK = ROOT / "benchmarks" / "peers.lock"
GROUP_PEERS = ROOT / ".venv-groups"
GROUP_PEERS_LOCK = ROOT / "benchmarks" / "group_peers.lock"


def install(what: str, place: Path, lock: Path, who: str) -> None:
    """Install peers into an environment of their own, whose requirements ours need not agree
    with; without them the rest is measured all the same."""
    try:
        once(what, [lock], lambda: environment.make(place, lock), place)
    except SetUpError as problem:
        say(f"{problem} Going on without {who}.")


def main() -> None:
    ensure_browser()
    install("peers", PEERS, PEERS_LOCK, "Panel, Solara and Streamlit")
    install("group peers", GROUP_PEERS, GROUP_PEERS_LOCK, "other group makers")
    hand_over("python", "-m", "benchmarks", *sys.argv[1:])


if __name__ == "__main__":
    ending_in_a_sentence(main)
