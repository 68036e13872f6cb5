"""Tiles: a report, or a figure of now, as a chart, a figure, a gauge or a table on somebody's own boards."""
