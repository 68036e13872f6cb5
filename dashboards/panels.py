"""Grafana's panels as functions that return its classic dashboard JSON.

Plain functions, not grafana-foundation-sdk: that library has no query for PostgreSQL, leaves out panel ids,
and marks its builders of classic boards (the only form that files can be provisioned in) as deprecated.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboards.texts import Text

Json = dict[str, Any]

CALLS: Json = {"type": "grafana-postgresql-datasource", "uid": "gespreksrapportage"}
"""The views of schema `report`, seen with the database login of one tenant."""
METRICS: Json = {"type": "prometheus", "uid": "gespreksrapportage-metrics"}
"""Prometheus: every tenant's gauges, so for the operator's organisation alone."""

FIRST_LABEL = 48
"""Width of the axis beside bars: half of the first label below them stands there."""
DURATION = "dthms"
"""Unit: seconds, shown as hh:mm:ss."""
PERCENT = "percent"
"""Unit: a percentage from 0 to 100."""
NOTHING = "–"
"""What a tile shows when there is no value: an average over nothing is empty, not zero."""

CALM = "transparent"
"""A tile that asks for nothing keeps the board's own colour, so that the others stand out."""

UNKNOWN: Json = {
    "type": "special",
    "options": {"match": "null", "result": {"text": NOTHING, "color": CALM, "index": 0}},
}
"""No value is no alarm: without this it would have the colour of the lowest ones."""

Steps = Sequence[tuple[float | None, str]]
"""Colour from a value upwards; the first step, from None, is the colour below all others."""


def sql(query: str) -> Json:
    """A query on the tenant's views whose rows are used as they come."""
    return {
        "refId": "A",
        "datasource": CALLS,
        "editorMode": "code",
        "format": "table",
        "rawQuery": True,
        "rawSql": query.strip(),
    }


def sql_over_time(query: str) -> Json:
    """A query whose rows are a moment (`time`), a name (`metric`) and a number (`value`)."""
    return {**sql(query), "format": "time_series"}


def promql_now(expression: str) -> Json:
    """A query for the metrics' present values, one row for each series."""
    return {**promql(expression), "format": "table", "instant": True, "range": False}


def promql(expression: str, legend: str | Text = "", ref: str = "A") -> Json:
    """A query for the metrics over the board's period.

    `legend` is written with Prometheus's labels in {{braces}}; `ref` tells the panel's queries apart.
    """
    return {
        "refId": ref,
        "datasource": METRICS,
        "editorMode": "code",
        "expr": expression,
        "legendFormat": legend,
        "instant": False,
        "range": True,
    }


def thresholds(steps: Steps) -> Json:
    return {"mode": "absolute", "steps": [{"value": value, "color": color} for value, color in steps]}


def fixed_colour(colour: str) -> Json:
    return {"mode": "fixed", "fixedColor": colour}


def value_texts(texts: Mapping[str, tuple[Text, str]]) -> list[Json]:
    """Shows words of the vocabulary as texts with a colour."""
    options = {
        value: {"index": index, "text": text, "color": color}
        for index, (value, (text, color)) in enumerate(texts.items())
    }
    return [{"type": "value", "options": options}]


def column(name: str, heading: Text, **settings: Any) -> Json:
    """How a table shows the column `name`; `settings` are field options, their dots written as __."""
    properties = [{"id": "displayName", "value": heading}]
    properties += [{"id": key.replace("__", "."), "value": value} for key, value in settings.items()]
    return {"matcher": {"id": "byName", "options": name}, "properties": properties}


def stat(
    title: Text,
    targets: Sequence[Json],
    *,
    width: int,
    height: int,
    steps: Steps = ((None, CALM),),
    unit: str = "none",
    decimals: int | None = None,
    description: Text | None = None,
    field: str = "",
    links: Sequence[Json] = (),
) -> Json:
    """One figure, as large as its tile: the column `field`, or the only one; `steps` colour the tile."""
    defaults: Json = {
        "links": list(links),
        "unit": unit,
        "noValue": NOTHING,
        "thresholds": thresholds(steps),
        "color": {"mode": "thresholds"},
        "mappings": [UNKNOWN],
    }
    if decimals is not None:
        defaults["decimals"] = decimals
    options = {
        "reduceOptions": _one_value(field),
        "colorMode": "background_solid",
        "graphMode": "none",
        "justifyMode": "center",
        "textMode": "value",
        "wideLayout": True,
    }
    return _panel("stat", title, targets, width, height, defaults, options, description=description)


def gauge(
    title: Text,
    targets: Sequence[Json],
    *,
    width: int,
    height: int,
    steps: Steps,
    most: float,
    unit: str = "none",
    decimals: int | None = None,
    description: Text | None = None,
    field: str = "",
    links: Sequence[Json] = (),
) -> Json:
    """One figure on a scale from nothing to `most`: the column `field`, or the only one."""
    defaults: Json = {
        "links": list(links),
        "unit": unit,
        "min": 0,
        "max": most,
        "noValue": NOTHING,
        "thresholds": thresholds(steps),
        "color": {"mode": "thresholds"},
        "mappings": [UNKNOWN],
    }
    if decimals is not None:
        defaults["decimals"] = decimals
    options = {
        "reduceOptions": _one_value(field),
        "orientation": "auto",
        "showThresholdLabels": False,
        "showThresholdMarkers": True,
        "sizing": "auto",
        "minVizWidth": 75,
        "minVizHeight": 75,
    }
    return _panel("gauge", title, targets, width, height, defaults, options, description=description)


def bars(
    title: Text,
    targets: Sequence[Json],
    *,
    width: int,
    height: int,
    x: str,
    columns: Sequence[Json],
    unit: str = "none",
    description: Text | None = None,
    links: Sequence[Json] = (),
) -> Json:
    """Stacked bars, one for each row; the column `x` stands below them."""
    defaults: Json = {
        "links": list(links),
        "unit": unit,
        "min": 0,
        "noValue": NOTHING,
        "color": {"mode": "palette-classic"},
        "thresholds": thresholds(((None, "text"),)),
        "custom": {
            "lineWidth": 0,
            "fillOpacity": 90,
            "axisSoftMax": 5,
            "axisPlacement": "auto",
            "axisWidth": FIRST_LABEL,
        },
    }
    options = {
        "xField": x,
        "orientation": "vertical",
        "stacking": "normal",
        "showValue": "never",
        "barWidth": 0.85,
        "groupWidth": 0.7,
        "xTickLabelSpacing": 100,
        "xTickLabelRotation": 0,
        "fullHighlight": False,
        "legend": {"showLegend": True, "displayMode": "list", "placement": "bottom", "calcs": []},
        "tooltip": {"mode": "multi", "sort": "none"},
    }
    return _panel("barchart", title, targets, width, height, defaults, options, columns, description)


def table(
    title: Text,
    targets: Sequence[Json],
    *,
    width: int,
    height: int,
    columns: Sequence[Json],
    description: Text | None = None,
    transformations: Sequence[Json] = (),
) -> Json:
    """Rows as they come, one heading per entry of `columns`."""
    defaults: Json = {
        "noValue": NOTHING,
        "color": {"mode": "thresholds"},
        "thresholds": thresholds(((None, "text"),)),
        "custom": {
            "align": "auto",
            # Of the widest reports too every column fits on a big screen.
            "minWidth": 125,
            "cellOptions": {"type": "auto", "wrapText": True},
            "filterable": False,
            "wrapHeaderText": True,
        },
    }
    options = {
        "showHeader": True,
        "cellHeight": "sm",
        "footer": {"show": False, "reducer": ["sum"], "fields": ""},
    }
    panel = _panel("table", title, targets, width, height, defaults, options, columns, description)
    return {**panel, "transformations": list(transformations)}


def time_bars(
    title: Text,
    targets: Sequence[Json],
    *,
    width: int,
    height: int,
    columns: Sequence[Json],
    links: Sequence[Json] = (),
) -> Json:
    """Stacked bars over the board's period, each beginning at its row's time."""
    defaults: Json = {
        "links": list(links),
        "noValue": NOTHING,
        "decimals": 0,
        "min": 0,
        "color": {"mode": "palette-classic"},
        "thresholds": thresholds(((None, "text"),)),
        "custom": {
            "drawStyle": "bars",
            "barAlignment": 1,
            "barWidthFactor": 0.85,
            "showPoints": "never",
            "lineWidth": 0,
            "fillOpacity": 90,
            "stacking": {"mode": "normal", "group": "A"},
            "axisSoftMax": 5,
            "axisWidth": FIRST_LABEL,
        },
    }
    return _panel("timeseries", title, targets, width, height, defaults, _over_time("none"), columns)


def time_series(
    title: Text,
    targets: Sequence[Json],
    *,
    width: int,
    height: int,
    unit: str = "none",
    columns: Sequence[Json] = (),
    disconnect_after: int | None = None,
    description: Text | None = None,
    links: Sequence[Json] = (),
    at_least: float | None = None,
) -> Json:
    """Lines over the board's period.

    Args:
        disconnect_after: seconds; a line is broken where nothing follows within them.
        at_least: up to where the scale reaches, also when all values are small.
    """
    if unit == DURATION:
        # Between whole seconds there would be places for which the clock has no words.
        at_least = 10
    defaults: Json = {
        "links": list(links),
        "unit": unit,
        "min": 0,
        "noValue": NOTHING,
        "color": {"mode": "palette-classic"},
        "thresholds": thresholds(((None, "text"),)),
        "custom": {
            "lineWidth": 2,
            "fillOpacity": 0,
            "showPoints": "auto",
            "spanNulls": False,
            "insertNulls": disconnect_after * 1000 if disconnect_after else False,
            **({} if at_least is None else {"axisSoftMax": at_least}),
        },
    }
    return _panel(
        "timeseries", title, targets, width, height, defaults, _over_time("desc"), columns, description
    )


def state_time_line(
    title: Text, targets: Sequence[Json], *, width: int, height: int, mappings: Sequence[Json]
) -> Json:
    """A line for each name, cut where its value changes; `mappings` give the values words and colours."""
    defaults: Json = {
        "color": {"mode": "palette-classic"},
        "thresholds": thresholds(((None, "text"),)),
        "mappings": list(mappings),
        "custom": {"fillOpacity": 85, "lineWidth": 0, "spanNulls": True},
    }
    options = {
        "mergeValues": True,
        "showValue": "never",
        "alignValue": "left",
        "rowHeight": 0.85,
        "legend": {"showLegend": True, "displayMode": "list", "placement": "bottom", "calcs": []},
        "tooltip": {"mode": "single", "sort": "none"},
    }
    return _panel("state-timeline", title, targets, width, height, defaults, options)


def without_columns(names: Sequence[str]) -> Json:
    """A transformation that keeps the columns `names` back."""
    return {"id": "organize", "options": {"excludeByName": dict.fromkeys(names, True)}}


def _one_value(field: str = "") -> Json:
    return {"values": False, "calcs": ["lastNotNull"], "fields": f"/^{field}$/" if field else ""}


def _over_time(sort: str) -> Json:
    return {
        "legend": {"showLegend": True, "displayMode": "list", "placement": "bottom", "calcs": []},
        "tooltip": {"mode": "multi", "sort": sort},
    }


def _panel(
    kind: str,
    title: Text,
    targets: Sequence[Json],
    width: int,
    height: int,
    defaults: Json,
    options: Json,
    overrides: Sequence[Json] = (),
    description: Text | None = None,
) -> Json:
    panel = {
        "type": kind,
        "title": title,
        "datasource": targets[0]["datasource"],
        "targets": list(targets),
        "gridPos": {"w": width, "h": height},
        "fieldConfig": {"defaults": defaults, "overrides": list(overrides)},
        "options": options,
    }
    return panel if description is None else {**panel, "description": description}
