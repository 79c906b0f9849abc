"""The entry point's pictures in words."""
