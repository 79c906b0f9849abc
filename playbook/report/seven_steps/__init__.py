"""The seven steps in words: which are done, and what each of the others waits for."""
