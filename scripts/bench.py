"""`make bench`: what the playbook is compared with is installed, then `python -m benchmarks`."""

import sys

from bootstrap import hand_over, once
from scripts import environment
from scripts.browser import ensure_browser
from scripts.environment import ROOT, SetUpError, ending_in_a_sentence, say

PEERS = ROOT / ".venv-peers"
PEERS_LOCK = ROOT / "benchmarks" / "peers.lock"
GROUP_PEERS = ROOT / ".venv-groups"
GROUP_PEERS_LOCK = ROOT / "benchmarks" / "group_peers.lock"


def main() -> None:
    ensure_browser()
    try:  # in an environment of their own, whose requirements ours need not agree with
        once("peers", [PEERS_LOCK], lambda: environment.make(PEERS, PEERS_LOCK), PEERS)
        once(
            "group peers",
            [GROUP_PEERS_LOCK],
            lambda: environment.make(GROUP_PEERS, GROUP_PEERS_LOCK),
            GROUP_PEERS,
        )
    except SetUpError as problem:  # one's own figures need nobody else's
        say(f"{problem} Going on without peers that are missing.")
    hand_over("python", "-m", "benchmarks", *sys.argv[1:])


if __name__ == "__main__":
    ending_in_a_sentence(main)
