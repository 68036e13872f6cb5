"""From a PBX's messages to stored events, live state and metrics: one sub-package per kind of source."""
