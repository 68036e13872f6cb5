"""Writes results as PDF, CSV, JSON, XLSX and HTML. Knows nothing of SQL."""
