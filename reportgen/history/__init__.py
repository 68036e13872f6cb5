"""The audit trail in words: what was done, to what, and the old and new values, in the reader's language."""
