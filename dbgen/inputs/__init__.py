"""What people write, read into what the database should be."""
