"""What a trainer takes to a class, made from the same data as the class itself."""
