"""Grafana's set-up: what each tenant shall have there, what differs from that, and how it is mended."""
