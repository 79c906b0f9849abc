"""The metric tree: what moves what, in which units, and what follows from it.

`tree_of` reads a tree from stored answers. What is worked out on it stands in a module each:
evaluate (the values of now), what_if, uncertainty, decompose, leads. view, blocks and history say
it in words.
"""

from playbook.analysis.metric_tree.tree import Elasticity, Node, Problem, Tree, tree_of

__all__ = ["Elasticity", "Node", "Problem", "Tree", "tree_of"]
