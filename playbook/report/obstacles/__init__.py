"""The obstacles sheet's pictures in words."""
