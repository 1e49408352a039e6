"""The domain in SQLite: the only SQL of the project."""
