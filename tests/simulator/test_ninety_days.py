"""Ninety days of the company through the whole product: every figure of its reports is as it was planned.

What is expected is counted here in plain Python from the plan, which no telephone system, event or statement
has seen; the reports are read as the report generator reads them.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner

from gespreksrapportage.__main__ import command_line
from simulator.company import TIME_ZONE, make_company
from simulator.day import plan_days
from simulator.plan import Day, SignKind
from simulator.tenant_file import PBX, TENANT
from simulator.truth import TrueCall, TrueLeg, TrueVisit, true_call
from simulator.truth import seconds as seconds_of
from simulator.truth_states import true_states
from store.connect import connect
from store.login import create_login
from store.vocabulary import AgentState, CallOutcome, Direction, LegOutcome, VisitOutcome
from tests.conftest import Servers, random_name
from tests.reportgen.conftest import Answer, Reading

# Of the first test: it has the whole import before it.
pytestmark = pytest.mark.timeout(900)

FIRST, LAST = date(2026, 8, 23), date(2026, 11, 20)
COMPANY = make_company()
ZONE = ZoneInfo(TIME_ZONE)
ANSWER_TARGET = 20
Row = TypeVar("Row")
Key = TypeVar("Key", bound=Hashable)
SPOKEN = (CallOutcome.ANSWERED, CallOutcome.ANSWERED_OUTSIDE)
AGENTS = {member for queue in COMPANY.queues for member in queue.members}
TITLES = {queue.name: queue.title for queue in COMPANY.queues} | {
    group.number: group.title for group in COMPANY.hunt_groups
}


@dataclass(frozen=True)
class History:
    """The days as they were planned, and where the product has them."""

    days: list[Day]
    calls: list[TrueCall]
    url: str
    """As its owner."""
    report_url: str
    """As the report generator."""

    def read(self, report: str) -> Answer:
        with connect(self.report_url, "test") as connection:
            return Reading(connection, TENANT)(report, FIRST.isoformat(), LAST.isoformat())


@pytest.fixture(scope="module")
def history(
    servers: Servers, database_kind: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[History]:
    server, name, login = servers.get(database_kind), random_name("days"), random_name("report")
    url = server.create_database(name, template=servers.template(database_kind))
    folder = tmp_path_factory.mktemp("days")
    _import(url, folder)
    days = list(plan_days(FIRST, LAST))
    calls = [true_call(call) for day in days for call in day.calls]
    try:
        with connect(url, "test", autocommit=True) as connection:
            report_url = create_login(connection, url, login, "report", None)
        yield History(days, calls, url, report_url)
    finally:
        server.drop_database(name)
        with connect(server.url(), "test", autocommit=True) as connection:
            connection.execute(f"DROP ROLE IF EXISTS {login}".encode())


def _import(url: str, folder: Path) -> None:
    tenant, span = folder / "tenant.yaml", ("--from", FIRST.isoformat(), "--to", LAST.isoformat())
    execute(url, "simulate", "company", "-o", str(tenant))
    execute(url, "tenant", "load", str(tenant))
    execute(url, "simulate", "history", *span, "-o", str(folder / "days"))
    files = sorted(str(path) for path in (folder / "days").iterdir())
    said = execute(url, "import", "--tenant", TENANT, "--pbx", PBX, "--format", "ami", *files)
    assert " 0 rejected" in said
    execute(url, "aggregate", "--rebuild", "--tenant", TENANT)


def execute(url: str, *arguments: str) -> str:
    result = CliRunner(env={"DATABASE_URL": url}).invoke(command_line, arguments)
    assert result.exit_code == 0, (arguments, result.output, result.exception)
    return result.output


def day_of(milliseconds: int) -> date:
    return datetime.fromtimestamp(milliseconds / 1000, ZONE).date()


def half_up(part: int | Decimal, whole: int, places: str = "1") -> Decimal | None:
    """Divided, and rounded half up; over nothing it is nothing."""
    return (Decimal(part) / whole).quantize(Decimal(places), ROUND_HALF_UP) if whole else None


def percent(part: int, whole: int) -> Decimal | None:
    return half_up(Decimal(100 * part), whole, "0.1")


def grouped(rows: Iterable[Row], key: Callable[[Row], Key]) -> dict[Key, list[Row]]:
    found: dict[Key, list[Row]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return found


def by_key(answer: Answer, *keys: str) -> dict[tuple[Any, ...], dict[str, Any]]:
    """The rows by what they are about; names that stand beside a key are left out."""
    rows = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
    return {tuple(row[key] for key in keys): row for row in rows}


def figures(row: dict[str, Any], names: Iterable[str]) -> dict[str, Any]:
    return {name: row[name] for name in names}


def counts(calls: list[TrueCall]) -> dict[str, Any]:
    """The figures that the specification calls counts and talk."""
    talked = [call for call in calls if call.outcome in SPOKEN]
    of = {direction: [call for call in calls if call.direction is direction] for direction in Direction}
    average = {
        direction: half_up(
            sum(call.talk_seconds for call in of[direction]),
            sum(call.outcome in SPOKEN for call in of[direction]),
        )
        for direction in Direction
    }
    total_talk = sum(call.talk_seconds for call in calls)
    return {
        "total": len(calls),
        "outgoing": len(of[Direction.OUTGOING]),
        "incoming": len(of[Direction.INCOMING]),
        "missed": sum(call.is_missed for call in calls),
        "internal": len(of[Direction.INTERNAL]),
        "average_talk": half_up(total_talk, len(talked)),
        "average_outgoing_talk": average[Direction.OUTGOING],
        "average_incoming_talk": average[Direction.INCOMING],
        "total_talk": total_talk,
    }


def response(calls: list[TrueCall]) -> dict[str, Any]:
    """The figures that the specification calls response."""
    answered = [call for call in calls if call.outcome is CallOutcome.ANSWERED]
    in_target = sum(call.wait_seconds <= ANSWER_TARGET for call in answered)
    missed = sum(call.is_missed for call in calls)
    talk = sum(call.talk_seconds for call in calls)
    return {
        "offered": len(calls),
        "answered": len(answered),
        "answered_in_target": in_target,
        "missed": missed,
        "total_talk": talk,
        "average_talk": half_up(talk, sum(call.outcome in SPOKEN for call in calls)),
        "average_answer": half_up(sum(call.wait_seconds for call in answered), len(answered)),
        "average_wait": half_up(sum(call.wait_seconds for call in calls), len(calls)),
        "gos": percent(in_target, len(calls)),
        "pca": percent(in_target, len(answered)),
        "missed_share": percent(missed, len(calls)),
    }


def test_everything_adds_up(history: History) -> None:
    assert execute(history.url, "check", "--tenant", TENANT).strip().endswith("residual 0.")


def test_every_day(history: History) -> None:
    found = by_key(history.read("daily-activity"), "day")
    expected = {
        (day,): counts(calls)
        for day, calls in grouped(history.calls, lambda call: day_of(call.started_at)).items()
    }
    assert len(expected) == 90
    assert {
        (row_day.astimezone(ZONE).date(),): figures(row, expected[(row_day.astimezone(ZONE).date(),)])
        for (row_day,), row in found.items()
    } == expected


def test_every_direct_number_on_every_day(history: History) -> None:
    incoming = [call for call in history.calls if call.direction is Direction.INCOMING]
    expected = {
        key: response(calls)
        for key, calls in grouped(incoming, lambda call: (day_of(call.started_at), call.ddi)).items()
    }
    found = by_key(history.read("daily-ddi-activity"), "day", "ddi")
    assert {
        (day.astimezone(ZONE).date(), ddi): figures(row, response([])) for (day, ddi), row in found.items()
    } == expected


def test_every_extension(history: History) -> None:
    expected = {
        (extension,): _extension_figures(parts)
        for extension, parts in grouped(_extension_parts(history.calls), lambda part: part[0]).items()
    }
    found = by_key(history.read("extension-activity"), "extension")
    assert len(expected) == len(COMPANY.persons)
    assert {key: figures(row, expected[key]) for key, row in found.items()} == expected


Part = tuple[str, Direction, LegOutcome | None, int, int, bool]
"""Of an extension in a call: who, the call's direction, the outcome when called, talk, ring, spoken."""


def _extension_parts(calls: Iterable[TrueCall]) -> Iterator[Part]:
    for call in calls:
        if call.direction is not Direction.INCOMING:
            assert call.extension is not None
            yield call.extension, call.direction, None, call.talk_seconds, 0, call.outcome in SPOKEN
        for leg in call.legs:
            if not leg.party.startswith("+") and leg.outcome is not LegOutcome.ANSWERED_ELSEWHERE:
                spoken = leg.outcome is LegOutcome.ANSWERED
                yield leg.party, call.direction, leg.outcome, leg.talk_seconds, leg.ring_seconds, spoken


def _extension_figures(parts: list[Part]) -> dict[str, Any]:
    def talk(*directions: Direction) -> tuple[int, int]:
        chosen = [part for part in parts if part[1] in directions]
        return sum(part[3] for part in chosen), sum(part[5] for part in chosen)

    rings = [part for part in parts if part[2] is not None]
    return {
        "total": len(parts),
        "outgoing": sum(part[1] is Direction.OUTGOING for part in parts),
        "incoming": sum(part[1] is Direction.INCOMING for part in parts),
        "missed": sum(part[1] is Direction.INCOMING and part[2] is LegOutcome.MISSED for part in parts),
        "internal": sum(part[1] is Direction.INTERNAL for part in parts),
        "average_talk": half_up(*talk(*Direction)),
        "average_outgoing_talk": half_up(*talk(Direction.OUTGOING)),
        "average_incoming_talk": half_up(*talk(Direction.INCOMING)),
        "total_talk": talk(*Direction)[0],
        "total_outgoing_talk": talk(Direction.OUTGOING)[0],
        "total_incoming_talk": talk(Direction.INCOMING)[0],
        "average_ring": half_up(sum(part[4] for part in rings), len(rings)),
    }


def test_every_contact_group(history: History) -> None:
    visits = [(visit, call) for call in history.calls for visit in call.visits]
    expected = {
        (TITLES[group],): _group_figures(group, of_group)
        for group, of_group in grouped(visits, lambda pair: pair[0].contact_group).items()
    }
    found = by_key(history.read("contact-group-overview"), "contact_group")
    assert {key: figures(row, expected[key]) for key, row in found.items()} == expected


def _group_figures(group: str, visits: list[tuple[TrueVisit, TrueCall]]) -> dict[str, Any]:
    answered = [visit for visit, _ in visits if visit.outcome is VisitOutcome.ANSWERED]
    overflowed = sum(visit.outcome is VisitOutcome.OVERFLOWED for visit, _ in visits)
    calls = {id(call): call for _, call in visits}.values()
    talk = sum(leg.talk_seconds for call in calls for leg in call.legs if leg.contact_group == group)
    return {
        "offered": len(visits),
        "missed": len(visits) - overflowed - len(answered),
        "overflowed": overflowed,
        "answered_direct": sum(visit.overflowed_from is None for visit in answered),
        "answered_after_overflow": sum(visit.overflowed_from is not None for visit in answered),
        "answered": len(answered),
        "average_talk": half_up(talk, len(answered)),
        "average_answer": half_up(sum(visit.wait_seconds for visit in answered), len(answered)),
    }


def test_every_agents_calls(history: History) -> None:
    legs = [
        (leg, call)
        for call in history.calls
        if call.direction is Direction.INCOMING
        for leg in call.legs
        if leg.party in AGENTS and leg.outcome is not LegOutcome.ANSWERED_ELSEWHERE
    ]
    expected = {
        (COMPANY.person(extension).name,): _agent_figures(own)
        for extension, own in grouped(legs, lambda pair: pair[0].party).items()
    }
    found = by_key(history.read("agent-activity"), "agent")
    assert {key: figures(row, expected[key]) for key, row in found.items()} == expected


def _agent_figures(legs: list[tuple[TrueLeg, TrueCall]]) -> dict[str, Any]:
    answered = [(leg, call) for leg, call in legs if leg.outcome is LegOutcome.ANSWERED]
    for_group = [(leg, call) for leg, call in answered if leg.contact_group]
    after_overflow = sum(
        any(visit.contact_group == leg.contact_group and visit.overflowed_from for visit in call.visits)
        for leg, call in for_group
    )
    return {
        "offered": len(legs),
        "missed": sum(leg.outcome is LegOutcome.MISSED for leg, _ in legs),
        "bounced": sum(leg.outcome is LegOutcome.BOUNCED for leg, _ in legs),
        "answered": len(answered),
        "answered_ddi": len(answered) - len(for_group),
        "answered_direct": len(for_group) - after_overflow,
        "answered_after_overflow": after_overflow,
        "total_talk": sum(leg.talk_seconds for leg, _ in legs),
        "average_answer": half_up(sum(leg.ring_seconds for leg, _ in answered), len(answered)),
    }


def lasted(begin: int, end: int) -> int:
    """Seconds of a stretch in milliseconds: its ends are rounded, so that stretches add up."""
    return seconds_of(end) - seconds_of(begin)


def test_every_agents_time_on_every_day(history: History) -> None:
    expected = {}
    for day in history.days:
        for extension, states in true_states(COMPANY, day).items():
            spent: dict[AgentState, int] = defaultdict(int)
            for state in states:
                spent[state.state] += lasted(state.begin, state.end)
            available = spent[AgentState.AVAILABLE] + spent[AgentState.RINGING] + spent[AgentState.BUSY]
            expected[COMPANY.person(extension).name, date.fromisoformat(day.date)] = {
                "available_time": available,
                "talk_time": spent[AgentState.BUSY],
                "signed_in_time": sum(spent.values()),
            }
    found = by_key(history.read("available-agents-daily"), "agent", "day")
    in_days = {(agent, day.astimezone(ZONE).date()): row for (agent, day), row in found.items()}
    assert in_days.keys() == expected.keys()
    assert [
        (key, name, row[name], seconds)
        for key, row in in_days.items()
        for name, seconds in expected[key].items()
        if row[name] != seconds
    ] == []


def test_every_pause_on_every_day(history: History) -> None:
    expected: dict[tuple[str, date, str | None], list[int]] = defaultdict(lambda: [0, 0])
    for day in history.days:
        for extension, states in true_states(COMPANY, day).items():
            for state in states:
                if state.state is AgentState.UNAVAILABLE:
                    key = COMPANY.person(extension).name, date.fromisoformat(day.date), state.reason
                    expected[key][0] += lasted(state.begin, state.end)
                    expected[key][1] += 1
    found = by_key(history.read("agent-unavailable-daily"), "agent", "day", "reason")
    assert {
        (agent, day.astimezone(ZONE).date(), reason): [row["pause_time"], row["times"]]
        for (agent, day, reason), row in found.items()
    } == expected


def test_every_do_not_disturb_on_every_day(history: History) -> None:
    expected: dict[tuple[str, date], list[int]] = defaultdict(lambda: [0, 0])
    for day in history.days:
        begun: dict[str, int] = {}
        for sign in sorted(day.signs, key=lambda sign: sign.at):
            if sign.kind is SignKind.DO_NOT_DISTURB:
                begun[sign.extension] = sign.at
            elif sign.kind is SignKind.DISTURB:
                total = expected[sign.extension, date.fromisoformat(day.date)]
                total[0] += lasted(begun.pop(sign.extension), sign.at)
                total[1] += 1
        assert not begun
    found = by_key(history.read("dnd-overview"), "extension", "day")
    assert {
        (extension, day.astimezone(ZONE).date()): [row["dnd_time"], row["times"]]
        for (extension, day), row in found.items()
    } == expected
