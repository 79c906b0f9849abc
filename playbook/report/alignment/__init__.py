"""Alignment in words: its three pairs, and tools by steps."""
