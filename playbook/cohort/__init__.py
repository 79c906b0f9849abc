"""A class and its people: who may join, what they do together, what becomes of it."""
