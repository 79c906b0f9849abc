"""What the people who work on the project run; bootstrap.py sets up and hands over to it."""
