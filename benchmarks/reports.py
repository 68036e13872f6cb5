"""Reports over a tenant of a million calls: on screen, as PDF, as CSV.

The calls are made by the database itself, spread over a year as a year's calls are: by day, not by night.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from aggregator.rollups import mark_all_dirty, roll_up
from benchmarks.measurement import Measurement
from reportgen.catalogue import CATALOGUE
from reportgen.compile.period import Period
from reportgen.run import Question, answer, copy_csv, find_tenant
from store.connect import Connection, connect
from store.migrate import migrate
from store.organisation import load_tenant
from store.server import start_server

CALLS = int(os.environ.get("BENCHMARK_CALLS", "1000000"))
FIRST = date(2025, 1, 1)
DAY = (date(2025, 6, 11), date(2025, 6, 11))
MONTH = (date(2025, 6, 1), date(2025, 6, 30))
YEAR = (date(2025, 1, 1), date(2025, 12, 31))
GROUPED_FLOORS = {"day": (DAY, 0.050), "month": (MONTH, 0.100), "year": (YEAR, 0.300)}
FIRST_PAGE_FLOOR = 0.200
PAGE = 50
ROUNDS = 5
PDF_FLOORS = {1_000: 1.0, 10_000: 5.0, 50_000: 20.0}
PDF_MEMORY_FLOOR = 400.0
CSV_SHARE = 0.5
NOW = datetime(2026, 1, 2, 8, tzinfo=UTC)


def run() -> Iterator[Measurement]:
    with _database() as url, connect(url, "benchmark") as connection:
        yield from _on_screen(connection)
        yield from _csv(connection)
        yield from _pdf(url)


@contextmanager
def _database() -> Iterator[str]:
    """A database with the calls of a year, their legs, visits and sums."""
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
        server = start_server(Path(folder) / "server")
        try:
            url = server.create_database("benchmark_reports")
            migrate(url)
            with connect(url, "benchmark", autocommit=True) as connection:
                _fill(connection)
            yield url
            server.drop_database("benchmark_reports")
        finally:
            server.discard()


_ORGANISATION = """
    INSERT INTO store.tenant (slug, name) VALUES ('acme', 'Acme BV');
    INSERT INTO store.pbx (tenant_id, slug, kind) VALUES (1, 'main', 'asterisk');
    INSERT INTO store.organisation_unit (tenant_id, kind, name)
        SELECT 1, kind, kind || ' ' || n
        FROM unnest(ARRAY['site', 'division', 'department', 'cost_centre']) kind, generate_series(1, 10) n;
    INSERT INTO store.person (tenant_id, reference, name)
        SELECT 1, 'p' || n, 'Person ' || n FROM generate_series(1, 300) n;
    INSERT INTO store.ddi_group (tenant_id, name) SELECT 1, 'Campaign ' || n FROM generate_series(1, 5) n;
    INSERT INTO store.ddi (tenant_id, number, name, ddi_group_id)
        SELECT 1, '+3120123' || to_char(n, 'FM0000'), 'Line ' || n, 1 + n % 5 FROM generate_series(0, 49) n;
    INSERT INTO store.customer (tenant_id, reference, name)
        SELECT 1, 'c' || n, 'Customer ' || n FROM generate_series(1, 500) n;
    INSERT INTO store.contact_group (tenant_id, kind, pbx_name, name)
        SELECT 1, 'queue', 'queue' || n, 'Queue ' || n FROM generate_series(0, 9) n;
"""
_CALLS = """
    INSERT INTO store.call (
        tenant_id, started_at, call_id, pbx_id, call_ref, direction, outcome, withheld, outside_number, ddi,
        extension, answered_by, person_id, site_id, division_id, department_id, cost_centre_id, contact_group,
        customer_id, duration_seconds, ring_seconds, wait_seconds, talk_seconds, hold_seconds,
        answer_target_seconds, transfers, area_code, destination, country, inferred
    )
    SELECT 1, at, md5(n::text)::uuid, 1, n::text, direction, outcome, false,
           CASE WHEN direction <> 'internal' THEN '+3161' || to_char(n * 7919 % 50000, 'FM0000000') END,
           CASE WHEN incoming THEN '+3120123' || to_char(n % 50, 'FM0000') END,
           extension::text, CASE WHEN outcome = 'answered' THEN extension::text END, 1 + extension % 300,
           1 + extension % 10, 11 + extension % 10, 21 + extension % 10, 31 + extension % 10,
           CASE WHEN incoming THEN 'queue' || n % 10 END, CASE WHEN n % 3 = 0 THEN 1 + n % 500 END,
           talk, wait, wait, talk, 0, 20, 0, CASE WHEN n % 2 = 0 THEN '0' || 10 + n % 60 END,
           (ARRAY['local', 'national', 'mobile'])[1 + n % 3], 'NL', false
    FROM (
        SELECT *, direction = 'incoming' AS incoming,
               CASE WHEN outcome = 'answered' THEN n * 31 % 900 ELSE 0 END AS talk
        FROM (
            SELECT n, 1000 + n * 13 % 300 AS extension, n * 17 % 60 AS wait,
                   (ARRAY['incoming', 'incoming', 'outgoing', 'internal'])[1 + n % 4] AS direction,
                   CASE WHEN n % 5 < 4 THEN 'answered'
                        WHEN n % 4 < 2 THEN 'abandoned' ELSE 'no_answer' END AS outcome,
                   '2025-01-01 00:00 Europe/Amsterdam'::timestamptz
                       + make_interval(days => n / %(per_day)s,
                                       secs => 28800 + 36000.0 * (n % %(per_day)s) / %(per_day)s) AS at
            FROM generate_series(0, %(calls)s - 1) n
        ) drawn
    ) outcomes
"""
_LEGS = """
    INSERT INTO store.leg (
        tenant_id, started_at, call_id, leg_number, connection, kind, role, direction, outcome, extension,
        agent, person_id, site_id, division_id, department_id, cost_centre_id, contact_group, number,
        outside_number, ddi, offered_at, answered_at, ended_at, ring_seconds, talk_seconds, hold_seconds,
        inferred
    )
    SELECT tenant_id, started_at, call_id, part, call_ref || '.' || part, 'extension',
           CASE WHEN direction = 'outgoing' THEN 'caller' ELSE 'called' END, direction,
           CASE WHEN part = 1 THEN 'bounced' WHEN outcome = 'answered' THEN 'answered' ELSE 'missed' END,
           extension, CASE WHEN direction = 'incoming' THEN 'Agent ' || extension END,
           person_id, site_id, division_id, department_id, cost_centre_id, contact_group, extension,
           outside_number, ddi, started_at,
           CASE WHEN outcome = 'answered' AND part = 0
                THEN started_at + make_interval(secs => wait_seconds) END,
           started_at + make_interval(secs => wait_seconds + talk_seconds), ring_seconds,
           CASE WHEN part = 0 THEN talk_seconds ELSE 0 END, 0, false
    FROM store.call, generate_series(0, CASE WHEN direction = 'incoming' THEN 1 ELSE 0 END) part
"""
_VISITS = """
    INSERT INTO store.visit (
        tenant_id, started_at, call_id, visit_number, group_kind, contact_group, ddi, direction, outcome,
        entered_at, agent, extension, wait_seconds, ring_seconds, talk_seconds, answer_target_seconds,
        short_call_seconds, inferred
    )
    SELECT tenant_id, started_at, call_id, 0, 'queue', contact_group, ddi, direction,
           CASE outcome WHEN 'answered' THEN 'answered' ELSE 'abandoned' END, started_at,
           'Agent ' || extension, extension, wait_seconds, ring_seconds, talk_seconds, 20, 0, false
    FROM store.call WHERE direction = 'incoming'
"""
_MISSED_CALLS = """
    INSERT INTO store.missed_call
        (tenant_id, started_at, call_id, outside_number, customer_id, target_seconds)
    SELECT tenant_id, started_at, call_id, outside_number, customer_id, 1800 FROM store.call WHERE missed = 1
"""


def _fill(connection: Connection) -> None:
    connection.execute(_ORGANISATION.encode())
    connection.execute(_CALLS.replace(" % ", " %% ").encode(), {"calls": CALLS, "per_day": CALLS // 365 + 1})
    for statement in (_LEGS, _VISITS, _MISSED_CALLS):
        connection.execute(statement.encode())
    connection.execute("UPDATE store.tenant SET unreturned_days = 36500")
    tenant = load_tenant(connection, "acme")
    mark_all_dirty(connection, tenant)
    while roll_up(connection, tenant):
        pass
    connection.execute(
        "VACUUM ANALYZE store.call, store.leg, store.visit, store.missed_call, store.rollup_call_quarter, "
        "store.rollup_visit_quarter, store.rollup_extension_day"
    )


# On screen: the whole answer, summary, totals and rows.


def _on_screen(connection: Connection) -> Iterator[Measurement]:
    tenant = find_tenant(connection, "acme")
    for name, ((first, last), floor) in GROUPED_FLOORS.items():
        period = Period(first, last, tenant.time_zone)
        seconds = {
            slug: _median_seconds(connection, Question(report, tenant, period))
            for slug, report in CATALOGUE.items()
            if not report.is_list
        }
        yield from _middle_and_slowest(f"grouped report over a {name}", seconds, floor)
    period = Period(*MONTH, tenant.time_zone)
    seconds = {
        slug: _median_seconds(connection, Question(report, tenant, period, limit=PAGE))
        for slug, report in CATALOGUE.items()
        if report.is_list
    }
    yield from _middle_and_slowest("first page of a list over a month", seconds, FIRST_PAGE_FLOOR)


def _middle_and_slowest(name: str, seconds: dict[str, float], floor: float) -> Iterator[Measurement]:
    slowest = max(seconds, key=lambda slug: seconds[slug])
    median = statistics.median(seconds.values())
    yield Measurement(f"{name}, median of {len(seconds)}", median, "s", floor=floor, smaller_is_better=True)
    yield Measurement(f"{name}, slowest ({slowest})", seconds[slowest], "s")


def _median_seconds(connection: Connection, question: Question) -> float:
    taken = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        with answer(connection, question, now=NOW, made_by="benchmark") as result:
            for _row in result.rows:
                pass
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


# CSV: against a bare COPY of the same rows.


def _csv(connection: Connection) -> Iterator[Measurement]:
    tenant = find_tenant(connection, "acme")
    period = Period(date(2025, 3, 1), date(2025, 5, 31), tenant.time_zone)
    for slug in ("calls-by-ddi", "calls-by-date"):
        question = Question(CATALOGUE[slug], tenant, period)
        ours, bare = [], []
        for _ in range(ROUNDS):
            ours.append(_lines_per_second(lambda question=question: copy_csv(connection, question)))
            bare.append(_lines_per_second(lambda slug=slug: _bare_copy(connection, period, slug)))
        limit = statistics.median(bare)
        yield Measurement(
            f"CSV of {slug}, for machines",
            statistics.median(ours),
            "rows/s",
            floor=CSV_SHARE * limit,
            limit=limit,
            limit_name="COPY TO STDOUT of as many stored columns",
        )


def _bare_copy(connection: Connection, period: Period, slug: str) -> Iterator[bytes]:
    only = "AND direction = 'incoming'" if slug == "calls-by-ddi" else ""
    with connection.cursor().copy(
        f"""
        COPY (
            SELECT started_at, direction, extension, person_id, outside_number, area_code, ddi, ring_seconds,
                   duration_seconds, outcome, answered_by
            FROM store.call
            WHERE tenant_id = 1 AND started_at >= %s AND started_at < %s {only} ORDER BY started_at
        ) TO STDOUT (FORMAT csv)
        """.encode(),
        (period.start, period.end),
    ) as copy:
        for block in copy:
            yield bytes(block)
    connection.rollback()


def _lines_per_second(blocks: object) -> float:
    began = time.perf_counter()
    lines = sum(block.count(b"\n") for block in blocks())  # type: ignore[operator]
    return lines / (time.perf_counter() - began)


# PDF: the whole command, its children's memory included.


def _pdf(url: str) -> Iterator[Measurement]:
    for rows, floor in PDF_FLOORS.items():
        last = _day_with_rows_before(rows)
        seconds, megabytes = _command(url, last)
        yield Measurement(f"PDF of {rows:,} rows", seconds, "s", floor=floor, smaller_is_better=True)
        yield Measurement(
            f"PDF of {rows:,} rows, memory", megabytes, "MB", floor=PDF_MEMORY_FLOOR, smaller_is_better=True
        )


def _day_with_rows_before(rows: int) -> tuple[date, str]:
    """A first day, and the share of a day's time that makes about so many rows."""
    per_day = CALLS // 365 + 1
    days = max(1, rows // per_day)
    if rows >= per_day:
        return FIRST + timedelta(days=days - 1), "00:00-24:00"
    seconds = 28800 + 36000 * rows // per_day
    return FIRST, f"00:00-{seconds // 3600:02}:{seconds % 3600 // 60:02}"


def _command(url: str, until: tuple[date, str]) -> tuple[float, float]:
    last, window = until
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
        arguments = [
            "--from",
            FIRST.isoformat(),
            "--to",
            last.isoformat(),
            "-o",
            str(Path(folder) / "report.pdf"),
        ]
        if window != "00:00-24:00":
            arguments += ["--filter", f"time-of-day={window}"]
        began = time.perf_counter()
        process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "gespreksrapportage",
                "report",
                "calls-by-date",
                "--tenant",
                "acme",
                *arguments,
            ],
            env={**os.environ, "DATABASE_URL": url},
        )
        most = 0.0
        while process.poll() is None:
            most = max(most, _resident(process.pid))
            time.sleep(0.02)
        if process.returncode:
            raise RuntimeError("the report command failed")
        return time.perf_counter() - began, most


def _resident(pid: int) -> float:
    """Megabytes that a process and its descendants hold in memory, of their own and shared pages apart."""
    try:
        smaps = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        return 0.0
    proportional = next((int(line.split()[1]) for line in smaps.splitlines() if line.startswith("Pss:")), 0)
    return proportional / 1024 + sum(_resident(int(child)) for child in children)
