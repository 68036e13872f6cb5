"""From stored events to calls, legs, group visits, agent states and rollups."""
