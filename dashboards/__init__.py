"""Grafana boards and alert rules as code, made from the report generator's catalogue."""
