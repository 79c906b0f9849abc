"""Kernels in milliseconds: forked from a process that has everything loaded. Linux only.

    server (pool.py) --line--> zygote: what all pages need is loaded (zygote.py, deferred.py)
                                    |-- fork --> a kernel that executes its notebook itself
                                    `-- fork --> seed: one notebook, executed once (seed.py)
                                                   `-- fork --> a visitor's kernel

Each process dies with the one that forked it, so nothing outlives the server. Whatever fails falls
back: a seed to the zygote, the zygote to an ordinary kernel.
"""
