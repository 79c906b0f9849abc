"""The work system around a pilot: its map, what a change sets in motion, flow, fit and scorecard.

Numbers without words: pure functions and frozen types. numpy, networkx, scipy and simpy are loaded
inside the functions that use them, so that a page that only shows answers pays for none.
"""
