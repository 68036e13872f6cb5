"""What Grafana's PostgreSQL data source makes of a panel's SQL before it sends it."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime

from reportgen.compile import EVERYTHING

Chosen = Mapping[str, Sequence[str]]
VARIABLE = re.compile(r"\$\{(\w+):sqlstring\}")
MACRO = re.compile(r"\$(\w+)\(([^)]*)\)")


def expanded(raw_sql: str, start: datetime, end: datetime, chosen: Chosen | None = None) -> str:
    """`raw_sql` with the macros that our boards use written out, and with what is chosen for each variable.

    A variable for which nothing is chosen has its "all" value, which Grafana writes as the board has it.

    Grafana's list: pkg/tsdb/grafana-postgresql-datasource/macros.go; both ends of its period are inclusive.

    Raises:
        ValueError: a macro that our boards do not use, or text that Grafana would take for one.
    """
    times = {"__timeFrom": _quoted(start), "__timeTo": _quoted(end)}

    def replacement(match: re.Match[str]) -> str:
        name, argument = match.groups()
        if name == "__timeFilter":
            return f"{argument} BETWEEN {times['__timeFrom']} AND {times['__timeTo']}"
        if name in times and not argument:
            return times[name]
        raise ValueError(f"unknown macro {match[0]}")

    text = MACRO.sub(replacement, with_variables(raw_sql, chosen))
    if "$__" in text or "${" in text:
        raise ValueError(f"neither macro nor text: {text}")
    return text


def with_variables(raw_sql: str, chosen: Chosen | None = None) -> str:
    """`raw_sql` as the browser sends it: with what is chosen for each variable."""
    return VARIABLE.sub(_chosen(chosen), raw_sql)


def _chosen(chosen: Chosen | None) -> Callable[[re.Match[str]], str]:
    def replacement(match: re.Match[str]) -> str:
        values = (chosen or {}).get(match[1])
        if values is None:
            return f"'{EVERYTHING}'"
        return ",".join("'" + value.replace("'", "''") + "'" for value in values)

    return replacement


def _quoted(moment: datetime) -> str:
    return f"'{moment.astimezone(UTC).isoformat().replace('+00:00', 'Z')}'"
