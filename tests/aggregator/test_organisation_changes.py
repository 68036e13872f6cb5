"""After a change of the organisation, the calls of its time are built again with it, and no others."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from aggregator.app import Aggregator
from reportgen.configuration.administration import by_login
from reportgen.configuration.change import change_lines
from reportgen.configuration.kinds import find_kind
from reportgen.configuration.lines import Line, Outcome
from tests.aggregator.recorded_pbx import RecordedPbx
from tests.recordings import events

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def change(recorded: RecordedPbx, slug: str, day: date | None = None, **texts: str) -> Outcome:
    with by_login(recorded.connection, "lab", NOW, name="test") as administration:
        outcome = change_lines(administration, find_kind(slug), [Line(1, texts)], day=day, carry_out=True)
    assert outcome.carried_out, outcome.problems
    return outcome


def departments(recorded: RecordedPbx) -> dict[str | None, int]:
    """Of legs of 1001, by department."""
    rows = recorded.connection.execute(
        "SELECT u.name, count(*) FROM store.leg l "
        "LEFT JOIN store.organisation_unit u ON u.unit_id = l.department_id "
        "WHERE l.extension = '1001' GROUP BY 1"
    )
    return dict(rows.fetchall())


def middle(recorded: RecordedPbx) -> date:
    row = recorded.connection.execute("SELECT min(started_at) FROM store.call").fetchone()
    assert row is not None
    return row[0].date()  # type: ignore[no-any-return]


def test_a_moves_calls_are_built_again_from_its_first_day_on(recorded: RecordedPbx) -> None:
    recorded.hear(events("scenarios-a"))
    aggregator = recorded.work_off()
    before, day = departments(recorded), middle(recorded)
    assert set(before) == {"Verkoop"}
    later = change(recorded, "extensions", day + timedelta(days=5), number="1001", department="Directie")
    assert later.rebuilt_calls == 0
    outcome = change(recorded, "extensions", day - timedelta(days=1), number="1001", department="Service")
    assert outcome.rebuilt_calls > 0
    # The very process that knew the organisation of before.
    aggregator.work_off(recorded.connection)
    assert departments(recorded) == {"Service": before["Verkoop"]}
    assert recorded.waiting() == {}


def test_what_is_built_again_is_what_a_rebuild_would_make(recorded: RecordedPbx) -> None:
    recorded.hear(events("scenarios-a"))
    aggregator = recorded.work_off()
    day = middle(recorded)
    change(recorded, "customers", reference="C1", name="Bakker", numbers=some_caller(recorded))
    change(recorded, "targets", day, answer_target_seconds="1", short_call_seconds="2",
           resolution_target_minutes="5", returned_when="reached", unreturned_days="30")  # fmt: skip
    change(recorded, "working-hours", day, days="ma-zo", opens="00:00", closes="00:01")
    change(recorded, "extensions", day, number="1002", department="Service", person="")
    change(recorded, "agents", day, pbx_name="Alice Janssen", extension="1002")
    change(recorded, "contact-groups", day, kind="queue", pbx_name="sales", answer_target_seconds="3")
    aggregator.work_off(recorded.connection)
    built: dict[str, list[tuple[Any, ...]]] = recorded.made()
    customers = recorded.connection.execute(
        "SELECT count(*) FROM store.call WHERE customer_id > 0"
    ).fetchone()
    assert customers is not None
    assert customers[0] > 0
    recorded.connection.execute(
        "INSERT INTO store.touched_call (tenant_id, pbx_id, call, first_at, last_at) "
        "SELECT tenant_id, pbx_id, call_ref, started_at, started_at FROM store.call"
    )
    recorded.connection.execute(
        "INSERT INTO store.touched_agent (tenant_id, pbx_id, agent, first_at) "
        "SELECT DISTINCT tenant_id, pbx_id, agent, '2000-01-01'::timestamptz "
        "FROM store.event WHERE agent <> ''"
    )
    Aggregator(recorded.url).work_off(recorded.connection)
    assert recorded.made() == built


def some_caller(recorded: RecordedPbx) -> str:
    row = recorded.connection.execute(
        "SELECT outside_number FROM store.call WHERE outside_number IS NOT NULL AND direction = 'incoming' "
        "GROUP BY 1 ORDER BY count(*) DESC LIMIT 1"
    ).fetchone()
    assert row is not None
    return str(row[0])


def test_calls_whose_events_are_gone_stay_as_they_were(recorded: RecordedPbx) -> None:
    recorded.hear(events("scenarios-a"))
    recorded.work_off()
    before = departments(recorded)
    recorded.connection.execute("DELETE FROM store.event")
    outcome = change(recorded, "extensions", date(2020, 1, 1), number="1001", department="Service")
    assert outcome.rebuilt_calls == 0
    recorded.work_off()
    assert departments(recorded) == before
