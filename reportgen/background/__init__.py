"""Reports made in the background: a queue in the database, makers that take from it, and their files."""
