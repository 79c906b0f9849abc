"""The map of the work system in words: what a change of one part sets in motion."""
