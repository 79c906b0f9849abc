"""What only SQLite needs: one file, who holds it, its settings."""
