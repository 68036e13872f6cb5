"""A tenant's alarms: what they watch, kept in the database, and what rings now, as Grafana knows it."""
