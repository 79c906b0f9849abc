"""What the expectations sheet shows, in words."""
