"""A folder of files becomes Reports. Knows nothing of search, models or questions."""
