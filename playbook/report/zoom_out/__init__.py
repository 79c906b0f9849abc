"""The zoom-out sheet's pictures in words."""
