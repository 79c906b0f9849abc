"""What the supervisors sheet shows, in words."""
