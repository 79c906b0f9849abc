"""Workgroups in words: how good groups are, and the rules that they keep."""
