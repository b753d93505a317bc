"""Reports become something searchable. Knows nothing of questions or answers."""
