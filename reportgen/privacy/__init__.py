"""What a tenant decides about the persons in its calls, and what it does for them (docs/privacy.md)."""
