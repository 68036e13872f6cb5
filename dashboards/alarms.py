"""Alarms as Grafana's rules: one per kind, whose SQL reads the tenant's thresholds from report.alarm.

So a changed threshold touches no rule. The SQL gives a level per alarm and what it watches: 1 beyond the
limit, 0 at the recovery value or outside the hours in which the alarm watches, and between the two (or while
the figure is unknown) one half, at which an alarm stays as it is: Grafana rings above ¾ and stops below ¼.
"""
# ruff: noqa: S608 - texts of this package alone are joined; nothing comes from outside

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import cast, func, literal_column

from dashboards.call_centre import TODAY
from dashboards.live import HEARD_AT
from dashboards.panels import CALLS as DATA_SOURCE
from dashboards.texts import Text, catalogue_text
from reportgen.catalogue import dimensions as by
from reportgen.catalogue import measures
from reportgen.catalogue.parts import Dimension, Folder, Report, Subject
from reportgen.catalogue.subjects import CALLS, VISITS
from reportgen.compile import GrafanaMacros, compile_report
from reportgen.compile.scope import MOMENT
from reportgen.texts import Language
from reportgen.units import ALARM_KINDS
from store.vocabulary import AlarmKind as Kind

Json = dict[str, Any]
FOLDER = "gespreksrapportage-alarms"
RINGS, RECOVERED = 0.75, 0.25
UNKNOWN_STAYS, UNKNOWN_IS_QUIET = 0.5, 0.0


@dataclass(frozen=True)
class AlarmRule:
    """One figure that can ring."""

    kind: Kind
    summary: Text
    """What is told, with Grafana's placeholders."""
    measured: str
    """SQL over the CTE `chosen` (report.alarm): alarm_id, line and subject (what it watches, for the calendar
    and in words), value."""
    below: bool = False
    """Rings below the limit instead of above it."""
    unknown: float = UNKNOWN_STAYS
    """The level while there is no figure."""
    seconds: int = 60
    """How often it is looked at."""


_EACH_QUEUE = """watched AS (
  SELECT chosen.alarm_id, coalesce(chosen.contact_group, queue.pbx_name) AS contact_group, chosen.ddi
  FROM chosen LEFT JOIN report.contact_group AS queue
    ON queue.kind = 'queue' AND num_nonnulls(chosen.contact_group, chosen.ddi) = 0
)"""
"""Without a group and a line an alarm watches every queue, each by itself."""

_SUBJECT = """coalesce(
    (SELECT min(known.name) FROM report.contact_group AS known WHERE known.pbx_name = watched.contact_group),
    (SELECT min(ddi.name) FROM report.ddi WHERE ddi.number = watched.ddi AND ddi.valid @> now()),
    watched.contact_group, watched.ddi, (SELECT name FROM report.tenant)
  ) AS subject, coalesce(watched.ddi, watched.contact_group) AS line"""


def _waiting(figure: str) -> str:
    return f"""
WITH {_EACH_QUEUE}
SELECT watched.alarm_id, {_SUBJECT},
  CASE WHEN EXISTS (SELECT FROM report.heard_pbx) THEN {figure} END AS value
FROM watched LEFT JOIN report.waiting_now AS waiting
  ON waiting.contact_group = watched.contact_group OR waiting.ddi = watched.ddi
GROUP BY watched.alarm_id, watched.contact_group, watched.ddi
"""


_NO_AGENT = f"""
WITH {_EACH_QUEUE}
SELECT watched.alarm_id, {_SUBJECT},
  CASE WHEN EXISTS (SELECT FROM report.heard_pbx) AND (SELECT report.users_shown())
    THEN count(*) FILTER (WHERE state = 'available') END AS value
FROM watched LEFT JOIN report.agent_queue_now AS agent USING (contact_group)
WHERE watched.contact_group IS NOT NULL
GROUP BY watched.alarm_id, watched.contact_group, watched.ddi
"""

_UNRETURNED = f"""
WITH watched AS (SELECT * FROM chosen), waiting AS (
  SELECT call.ddi, call.contact_group, min(call.ended_at) AS since
  FROM report.missed_call JOIN report.call USING (tenant_id, started_at, call_id)
  WHERE missed_call.unreturned
  GROUP BY call.ddi, call.contact_group
)
SELECT watched.alarm_id, {_SUBJECT},
  coalesce(
    max(floor(report.open_seconds(since, now(), ARRAY[waiting.ddi, waiting.contact_group]) / 60)), 0
  ) AS value
FROM watched LEFT JOIN waiting
  ON num_nonnulls(watched.contact_group, watched.ddi) = 0
  OR waiting.contact_group = watched.contact_group OR waiting.ddi = watched.ddi
GROUP BY watched.alarm_id, watched.contact_group, watched.ddi
"""
"""Minutes of open hours, as the resolution target counts them."""

_NO_DATA = f"""
SELECT chosen.alarm_id, pbx.slug AS subject, NULL AS line,
  floor(extract(epoch FROM now() - {HEARD_AT}) / 60) AS value
FROM chosen CROSS JOIN report.live_pbx JOIN report.pbx USING (pbx_id)
"""


def _gos_today(subject: Subject, dimension: Dimension | None) -> str:
    """The catalogue's own GoS since the local midnight; of every group or line by its own name."""
    midnight = cast(literal_column(TODAY), MOMENT)
    report = Report(
        slug="alarm",
        section="",
        folder=Folder.INBOUND,
        title="",
        subject=subject,
        summary=(measures.offered, measures.gos),
        dimensions=(replace(dimension, lookup=None),) if dimension else (),
        figures=(measures.offered, measures.gos),
    )
    compiled = compile_report(report, GrafanaMacros(midnight, cast(func.now(), MOMENT)))
    return (compiled.table if dimension else compiled.summary).sql


def _gos() -> str:
    return f"""
WITH watched AS (SELECT * FROM chosen), figures AS (
  SELECT contact_group, NULL AS ddi, offered, gos FROM ({_gos_today(VISITS, by.contact_group)}) AS of_groups
  UNION ALL
  SELECT NULL, ddi, offered, gos FROM ({_gos_today(CALLS, by.ddi)}) AS of_lines
  WHERE ddi IS NOT NULL
  UNION ALL
  SELECT NULL, NULL, offered, gos FROM ({_gos_today(CALLS, None)}) AS of_all
)
SELECT watched.alarm_id, {_SUBJECT},
  CASE WHEN figures.offered >= watched.least_offered THEN figures.gos END AS value
FROM watched LEFT JOIN figures
  ON figures.contact_group IS NOT DISTINCT FROM watched.contact_group
  AND figures.ddi IS NOT DISTINCT FROM watched.ddi
"""


_ROUND = '{{ printf "%.0f" $values.B.Value }}'
_LIMIT = "{{ $labels.limit }}"
_OF = "{{ $labels.subject }}: "

KINDS = {
    each.kind: each
    for each in (
        AlarmRule(
            Kind.QUEUE_LENGTH,
            Text(f"{_OF}{_ROUND} wachtenden (grens {_LIMIT})", f"{_OF}{_ROUND} waiting (limit {_LIMIT})"),
            _waiting("count(waiting.connection)"),
            seconds=30,
        ),
        AlarmRule(
            Kind.LONGEST_WAIT,
            Text(
                f"{_OF}de langst wachtende wacht {_ROUND} s (grens {_LIMIT} s)",
                f"{_OF}the longest waiting waits {_ROUND} s (limit {_LIMIT} s)",
            ),
            _waiting("coalesce(max(waiting.wait_seconds), 0)"),
            seconds=30,
        ),
        AlarmRule(
            Kind.NO_AGENT,
            Text(
                f"{_OF}{_ROUND} agents beschikbaar (ten minste {_LIMIT})",
                f"{_OF}{_ROUND} agents available (at least {_LIMIT})",
            ),
            _NO_AGENT,
            below=True,
            seconds=30,
        ),
        AlarmRule(
            Kind.GOS,
            Text(
                f'{_OF}GoS vandaag {{{{ reReplaceAll "[.]" "," (printf "%.1f" $values.B.Value) }}}}% '
                f"(grens {_LIMIT}%)",
                f'{_OF}GoS today {{{{ printf "%.1f" $values.B.Value }}}}% (limit {_LIMIT}%)',
            ),
            _gos(),
            below=True,
            # Before enough calls were offered nothing rings, and a new day begins quietly.
            unknown=UNKNOWN_IS_QUIET,
        ),
        AlarmRule(
            Kind.UNRETURNED,
            Text(
                f"{_OF}een gemiste oproep wacht {_ROUND} minuten op terugbellen (grens {_LIMIT})",
                f"{_OF}a missed call has not been returned for {_ROUND} minutes (limit {_LIMIT})",
            ),
            _UNRETURNED,
        ),
        AlarmRule(
            Kind.NO_DATA,
            Text(
                f"Telefooncentrale {_OF}{_ROUND} minuten niets gehoord (grens {_LIMIT})",
                f"Telephone system {_OF}nothing heard for {_ROUND} minutes (limit {_LIMIT})",
            ),
            _NO_DATA,
            seconds=30,
        ),
    )
}


def level_sql(kind: AlarmRule, for_minutes: int) -> str:
    """SQL whose one number is the level of each alarm of the kind; its texts become the alert's labels."""
    beyond, back = ("<", ">=") if kind.below else (">", "<=")
    level = (
        f"CASE WHEN NOT watches THEN 0 WHEN value IS NULL THEN {kind.unknown} "
        f"WHEN value {beyond} limit_value THEN 1 WHEN value {back} recovery_value THEN 0 ELSE 0.5 END"
    )
    return _labelled(kind, for_minutes, f"({level})::float8 AS level")


def value_sql(kind: AlarmRule, for_minutes: int) -> str:
    """SQL whose one number is the figure itself, under the same labels."""
    return _labelled(kind, for_minutes, "coalesce(value, 0)::float8 AS value")


def _labelled(kind: AlarmRule, for_minutes: int, figure: str) -> str:
    return f"""
WITH chosen AS (
  SELECT * FROM report.alarm
  WHERE enabled AND kind = '{kind.kind}' AND for_minutes = {for_minutes}
), measured AS ({kind.measured}), judged AS (
  SELECT measured.*, chosen.name, chosen.limit_value, chosen.recovery_value,
    NOT chosen.working_hours_only
      OR report.is_open(now(), ARRAY[measured.line]) AS watches
  FROM measured JOIN chosen USING (alarm_id)
)
SELECT alarm_id::text AS alarm, subject, coalesce(line, '') AS line, coalesce(name, '') AS name,
  trim_scale(limit_value)::text AS "limit", {figure}
FROM judged
""".strip()


def rule(kind: AlarmRule, for_minutes: int, language: Language) -> Json:
    """Grafana's rule for all alarms of the kind that ring after so many minutes."""
    title = rule_title(kind, for_minutes, language)
    return {
        "uid": f"alarm-{kind.kind.replace('_', '-')}-{for_minutes}",
        "title": title,
        "folderUID": FOLDER,
        # A group of its own, so that kinds are looked at beside each other.
        "ruleGroup": title,
        "condition": "C",
        "data": [
            _query("A", level_sql(kind, for_minutes)),
            _query("B", value_sql(kind, for_minutes)),
            _threshold(),
        ],
        "for": f"{for_minutes}m" if for_minutes else "0s",
        # Nobody has an alarm of this kind; and while the database is away everything stays as it is.
        "noDataState": "OK",
        "execErrState": "KeepLast",
        "isPaused": False,
        "labels": {"kind": kind.kind},
        "annotations": {"summary": kind.summary.in_language(language)},
    }


def rule_title(kind: AlarmRule, for_minutes: int, language: Language) -> str:
    """What the rule, and its group, is called."""
    title = catalogue_text(ALARM_KINDS[kind.kind]).in_language(language)
    return f"{title} ({for_minutes} min)" if for_minutes else title


def rules_wanted(alarms: Iterable[tuple[str, int]]) -> list[tuple[AlarmRule, int]]:
    """The rules that alarms of these kinds and minutes need."""
    return [(KINDS[Kind(kind)], for_minutes) for kind, for_minutes in sorted(set(alarms))]


def _query(ref: str, sql: str) -> Json:
    return {
        "refId": ref,
        "datasourceUid": DATA_SOURCE["uid"],
        "relativeTimeRange": {"from": 600, "to": 0},
        "model": {
            "refId": ref,
            "datasource": DATA_SOURCE,
            "editorMode": "code",
            "format": "table",
            "rawQuery": True,
            "rawSql": sql,
            "intervalMs": 1000,
            "maxDataPoints": 43200,
        },
    }


def _threshold() -> Json:
    return {
        "refId": "C",
        "datasourceUid": "__expr__",
        "relativeTimeRange": {"from": 0, "to": 0},
        "model": {
            "refId": "C",
            "datasource": {"type": "__expr__", "uid": "__expr__"},
            "type": "threshold",
            "expression": "A",
            "conditions": [
                {
                    "evaluator": {"type": "gt", "params": [RINGS]},
                    "unloadEvaluator": {"type": "lt", "params": [RECOVERED]},
                }
            ],
            "intervalMs": 1000,
            "maxDataPoints": 43200,
        },
    }
