"""Groups by the strongest heuristic of anti-clustering (PyPI), run in .venv-groups.

`group_peer.py MATRIX.npy GROUPS` prints JSON: the value found and the processor seconds it took.
"""

import json
import sys
import time

import numpy as np
from anti_clustering import ExchangeHeuristicAntiClustering


def main(path: str, groups: str) -> None:
    matrix = np.load(path)
    began = time.process_time()
    solver = ExchangeHeuristicAntiClustering(random_seed=1)
    together = solver._solve(distance_matrix=matrix, num_groups=int(groups))
    seconds = time.process_time() - began
    print(json.dumps({"value": float((matrix * together).sum() / 2), "seconds": seconds}))


if __name__ == "__main__":
    main(*sys.argv[1:])
