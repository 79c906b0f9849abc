"""The nine practices in numbers: weeks that have a check-in, and levels that stand together."""
