"""What whoever leads a class has: the desk, and the screen for all."""
