"""Reports over a tenant of a million calls among ten such tenants: on screen, as PDF, as CSV."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from benchmarks._year_of_calls import PER_DAY, TENANT, year_of_calls
from benchmarks.measurement import Measurement
from reportgen.catalogue import CATALOGUE
from reportgen.compile import read_selections
from reportgen.compile.period import Period
from reportgen.copied import copy_csv
from reportgen.render.pdf import write_pdf
from reportgen.run import Question, answer, find_tenant
from reportgen.texts import Language
from reportgen.units import Writer
from store.connect import Connection, connect

FIRST = date(2025, 1, 1)
DAY = (date(2025, 6, 11), date(2025, 6, 11))
MONTH = (date(2025, 6, 1), date(2025, 6, 30))
YEAR = (date(2025, 1, 1), date(2025, 12, 31))
GROUPED_FLOORS = {"day": (DAY, 0.050), "month": (MONTH, 0.100), "year": (YEAR, 0.300)}
FIRST_PAGE_FLOOR = 0.200
UNRETURNED_FLOOR = 0.020
PAGE = 50
ROUNDS = 5
PDF_FLOORS = {1_000: 1.0, 10_000: 5.0, 50_000: 20.0}
PDF_MEMORY_FLOOR = 400.0
ALL_DAY = "00:00-24:00"
CSV_SHARE = 0.5
NOW = datetime(2026, 1, 2, 8, tzinfo=UTC)


def run() -> Iterator[Measurement]:
    with year_of_calls() as url, connect(url, "benchmark") as connection:
        yield from _on_screen(connection)
        yield from _unreturned(connection)
        yield from _csv(connection)
        yield from _pdf(url)


# On screen: the whole answer, summary, totals and rows.


def _on_screen(connection: Connection) -> Iterator[Measurement]:
    tenant = find_tenant(connection, TENANT)
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


def _unreturned(connection: Connection) -> Iterator[Measurement]:
    """The list of now: the open ones of the last month, newest last, its first page."""
    tenant = find_tenant(connection, TENANT)
    period = Period(date(2025, 12, 2), date(2025, 12, 31), tenant.time_zone)
    for slug in ("unanswered-missed-calls", "unreturned-missed-calls"):
        question = Question(CATALOGUE[slug], tenant, period, limit=PAGE)
        yield Measurement(
            f"missed calls to be returned ({slug})",
            _median_seconds(connection, question),
            "s",
            floor=UNRETURNED_FLOOR,
            smaller_is_better=True,
        )


# CSV: against a bare COPY of the same rows.


def _csv(connection: Connection) -> Iterator[Measurement]:
    tenant = find_tenant(connection, TENANT)
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


# PDF: as a running service makes it; and the whole command, its children's memory included.


def _pdf(url: str) -> Iterator[Measurement]:
    for rows, floor in PDF_FLOORS.items():
        until = _day_with_rows_before(rows)
        served = _served(url, until)
        yield Measurement(f"PDF of {rows:,} rows", served, "s", floor=floor, smaller_is_better=True)
        seconds, megabytes = _command(url, until)
        yield Measurement(f"PDF of {rows:,} rows, as a command that starts for it", seconds, "s")
        yield Measurement(
            f"PDF of {rows:,} rows, memory", megabytes, "MB", floor=PDF_MEMORY_FLOOR, smaller_is_better=True
        )


def _day_with_rows_before(rows: int) -> tuple[date, str]:
    """A first day, and the share of a day's time that makes about so many rows."""
    days = max(1, rows // PER_DAY)
    if rows >= PER_DAY:
        return FIRST + timedelta(days=days - 1), ALL_DAY
    seconds = 28800 + 36000 * rows // PER_DAY
    return FIRST, f"00:00-{seconds // 3600:02}:{seconds % 3600 // 60:02}"


def _served(url: str, until: tuple[date, str]) -> float:
    """Seconds, once everything is loaded that a service has loaded."""
    last, window = until
    with connect(url, "benchmark") as connection, tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
        tenant = find_tenant(connection, TENANT)
        report = CATALOGUE["calls-by-date"]
        question = Question(
            report,
            tenant,
            Period(FIRST, last, tenant.time_zone),
            read_selections(report, {"time-of-day": [window]} if window != ALL_DAY else {}),
        )
        taken = []
        for _ in range(2):
            began = time.perf_counter()
            with answer(connection, question, now=NOW, made_by="benchmark") as result:
                write_pdf(result, Writer(Language.DUTCH, tenant.time_zone), Path(folder) / "report.pdf")
            taken.append(time.perf_counter() - began)
    return min(taken)


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
        if window != ALL_DAY:
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
                TENANT,
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
