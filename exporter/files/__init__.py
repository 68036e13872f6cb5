"""What Asterisk leaves in files: for filling gaps and for history from before the exporter was there."""
