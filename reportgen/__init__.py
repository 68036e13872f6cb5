"""From calls to reports: the catalogue, its compiler, the renderers, the API and the portal."""
