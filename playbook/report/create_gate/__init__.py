"""What the gate of Create shows, in words: the planning dial, and the four moves."""
