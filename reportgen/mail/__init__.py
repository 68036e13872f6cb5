"""Sending mail, by an SMTP server that the environment names."""
