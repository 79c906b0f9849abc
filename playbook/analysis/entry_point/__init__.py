"""Choosing a place to begin: volunteers, and whether the weights decide."""
