"""What knows every table: backup, restore, migration, moving, and whoever runs the host."""
