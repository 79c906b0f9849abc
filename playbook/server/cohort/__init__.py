"""The cohort host: who may come in, whose answers a kernel may ask for, what a class sees."""
