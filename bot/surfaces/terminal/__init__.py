"""The terminal: commands, a conversation, JSON for machines."""
