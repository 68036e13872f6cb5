"""The portal and the API."""
