"""What the gate of Act shows, in words: what the sealed promise and the figures come to."""
