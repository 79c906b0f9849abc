"""The metric tree's figures in words, for its page and for files."""
