"""How kernels start, wait and end."""
