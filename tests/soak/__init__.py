"""Many whole visits in one process, and what they leave behind in it."""
