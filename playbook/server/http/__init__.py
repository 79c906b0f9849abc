"""What a browser is answered: addresses, pages, scripts, and what may pass."""
