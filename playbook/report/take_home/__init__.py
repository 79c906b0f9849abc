"""What people take home from a class: their pilot, what the room thought, their sheets."""
