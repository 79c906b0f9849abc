"""A class of made-up people on a host of its own."""
