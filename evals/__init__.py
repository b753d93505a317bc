"""Is it any good? Runs the same Assistant a user gets."""
