"""What each person in a class has: the room, their place, their sheets."""
