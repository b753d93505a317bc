"""Documents to take away: a small document model, its writers, and what is written with them."""
