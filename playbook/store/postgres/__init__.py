"""What only PostgreSQL needs: its address, its types, its troubles in words, its locks."""
