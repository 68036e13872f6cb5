"""A missed call is open until somebody calls back, or the caller comes back and is answered."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from uuid import UUID, uuid4

import psycopg
import pytest

from aggregator.missed_calls import ChangedCaller, update_missed_calls
from store.calendar import Calendar, Opening
from store.connect import Connection, connect
from store.organisation import Tenant, load_tenant
from tests.conftest import Database

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
CALLER = "+31612345678"
UNRETURNED_DAYS = 30
"""Unless a tenant says otherwise."""
OFFICE = Calendar("Europe/Amsterdam", [Opening("", day, time(9), time(17)) for day in range(1, 6)], [])


@dataclass
class Story:
    """Calls as they come in, and the fate of the missed ones after each."""

    connection: Connection
    tenant: Tenant
    calls: dict[str, UUID] = field(default_factory=dict)

    def call(
        self, name: str, at: datetime, direction: str, outcome: str, number: str | None = CALLER
    ) -> None:
        self.calls[name] = uuid4()
        self.connection.execute(
            """
            INSERT INTO store.call (tenant_id, started_at, call_id, pbx_id, call_ref, direction, outcome,
                withheld, outside_number, ended_at, duration_seconds, ring_seconds, wait_seconds,
                talk_seconds, hold_seconds, answer_target_seconds, transfers, inferred)
            VALUES (%s, %s, %s, 1, %s, %s, %s, %s, %s, %s, 0, 10, 10, 0, 0, 20, 0, false)
            """,
            (
                self.tenant.tenant_id,
                at,
                self.calls[name],
                name,
                direction,
                outcome,
                number is None,
                number,
                at,
            ),
        )
        changed = [ChangedCaller(number, at, at)] if number else []
        withheld = [] if number else [self.calls[name]]
        update_missed_calls(self.connection, self.tenant, OFFICE, changed, withheld_calls=withheld)

    def missed(self, name: str, at: datetime, number: str | None = CALLER) -> None:
        self.call(name, at, "incoming", "abandoned", number)

    def drop(self, name: str, at: datetime, number: str = CALLER) -> None:
        self.connection.execute("DELETE FROM store.call WHERE call_id = %s", (self.calls[name],))
        changed = [ChangedCaller(number, at, at)]
        update_missed_calls(self.connection, self.tenant, OFFICE, changed, removed_calls=[self.calls[name]])

    def state(self, name: str) -> str | None:
        row = self.connection.execute(
            "SELECT state FROM store.missed_call WHERE call_id = %s", (self.calls[name],)
        ).fetchone()
        return row[0] if row else None

    def shown_states(self) -> dict[str, tuple[str, bool]]:
        """As readers see them: what became of each missed call, and whether it is still to be returned."""
        login = f"viewer_{uuid4().hex[:12]}"
        self.connection.execute(f"CREATE ROLE {login} NOLOGIN IN ROLE gespreksrapportage_viewer".encode())
        try:
            self.connection.execute(
                "INSERT INTO store.database_login (role_name, tenant_id) VALUES (%s, %s)",
                (login, self.tenant.tenant_id),
            )
            self.connection.execute(f"SET SESSION AUTHORIZATION {login}".encode())
            rows = self.connection.execute("SELECT call_id, state, unreturned FROM report.missed_call")
            shown = {call_id: (state, unreturned) for call_id, state, unreturned in rows.fetchall()}
        finally:
            self.connection.rollback()
        return {name: shown[call_id] for name, call_id in self.calls.items() if call_id in shown}

    def resolution(self, name: str) -> tuple[int | None, int]:
        row = self.connection.execute(
            "SELECT resolution_seconds, returned_in_target FROM store.missed_call WHERE call_id = %s",
            (self.calls[name],),
        ).fetchone()
        assert row is not None
        return row[0], row[1]


@pytest.fixture
def story(database: Database) -> Iterator[Story]:
    with connect(database.url, "test") as connection:
        connection.execute("INSERT INTO store.tenant (slug, name) VALUES ('acme', 'Acme')")
        yield Story(connection, load_tenant(connection, "acme"))


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def test_it_is_open_until_called_back(story: Story) -> None:
    story.missed("miss", MONDAY)
    assert story.state("miss") == "open"
    story.call("try", MONDAY + minutes(10), "outgoing", "no_answer")
    assert story.state("miss") == "attempted"
    assert story.resolution("miss") == (600, 1)
    story.call("talk", MONDAY + minutes(45), "outgoing", "answered")
    assert story.state("miss") == "reached"
    assert story.resolution("miss") == (600, 1), "the attempt closed it"


def test_it_closes_when_the_caller_comes_back_and_is_answered(story: Story) -> None:
    story.missed("miss", MONDAY)
    story.missed("again", MONDAY + minutes(1))
    story.call("third", MONDAY + minutes(31), "incoming", "answered")
    assert (story.state("miss"), story.state("again")) == ("came_back", "came_back")
    assert story.resolution("miss") == (31 * 60, 0)
    assert story.resolution("again") == (30 * 60, 1)


def test_a_call_placed_before_the_miss_never_closes_it(story: Story) -> None:
    story.call("earlier", MONDAY - minutes(5), "outgoing", "answered")
    story.missed("miss", MONDAY)
    assert story.state("miss") == "open"


def test_a_later_miss_is_open_again(story: Story) -> None:
    story.missed("first", MONDAY)
    story.call("back", MONDAY + minutes(5), "outgoing", "answered")
    story.missed("second", MONDAY + minutes(20))
    assert (story.state("first"), story.state("second")) == ("reached", "open")


def test_withheld_numbers_cannot_be_returned(story: Story) -> None:
    story.missed("miss", MONDAY, number=None)
    assert story.state("miss") == "not_returnable"


def test_the_delay_is_counted_in_working_hours(story: Story) -> None:
    friday_evening = datetime(2026, 11, 20, 15, 50, tzinfo=UTC)
    story.missed("miss", friday_evening)
    story.call("back", datetime(2026, 11, 23, 8, 15, tzinfo=UTC), "outgoing", "answered")
    assert story.resolution("miss") == (25 * 60, 1)


def test_a_call_to_another_number_of_the_same_customer_returns_it(story: Story) -> None:
    other = "+31201234567"
    (customer,) = story.connection.execute(
        """
        INSERT INTO store.customer (tenant_id, reference, name) VALUES (%s, 'c1', 'Client')
        RETURNING customer_id
        """,
        (story.tenant.tenant_id,),
    ).fetchone() or (0,)
    for number in (CALLER, other):
        story.connection.execute(
            "INSERT INTO store.customer_number (tenant_id, number, customer_id) VALUES (%s, %s, %s)",
            (story.tenant.tenant_id, number, customer),
        )
    story.missed("miss", MONDAY)
    story.call("back", MONDAY + minutes(3), "outgoing", "answered", number=other)
    assert story.state("miss") == "reached"


def test_late_and_withdrawn_calls_reopen_and_close(story: Story) -> None:
    story.missed("miss", MONDAY)
    story.call("late", MONDAY + minutes(2), "outgoing", "answered")
    story.drop("late", MONDAY + minutes(2))
    assert story.state("miss") == "open"
    story.drop("miss", MONDAY)
    assert story.state("miss") is None


def test_a_tenant_may_ask_for_a_conversation(story: Story) -> None:
    story.connection.execute("UPDATE store.tenant SET returned_when = 'reached'")
    story.missed("miss", MONDAY)
    story.call("try", MONDAY + minutes(10), "outgoing", "no_answer")
    assert story.resolution("miss") == (None, 0)
    story.call("talk", MONDAY + minutes(20), "outgoing", "answered")
    assert story.resolution("miss") == (20 * 60, 1)


def test_another_tenant_calling_the_number_changes_nothing(story: Story) -> None:
    story.missed("miss", MONDAY)
    story.connection.execute("INSERT INTO store.tenant (slug, name) VALUES ('other', 'Other')")
    other = Story(story.connection, load_tenant(story.connection, "other"))
    other.call("foreign", MONDAY + minutes(1), "outgoing", "answered")
    assert story.state("miss") == "open"


def test_reading_a_missed_call_needs_the_tenant(story: Story) -> None:
    story.connection.execute("SET LOCAL ROLE gespreksrapportage_viewer")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        story.connection.execute("SELECT * FROM store.missed_call")


def test_what_nobody_returned_in_time_is_expired(story: Story) -> None:
    now = datetime.now(UTC)
    days = UNRETURNED_DAYS
    story.missed("lately", now - timedelta(days=days - 1))
    story.missed("long ago", now - timedelta(days=days + 1), "+31201112233")
    story.missed("withheld", now - timedelta(days=days + 1), None)
    story.missed("returned", now - timedelta(days=days + 5), "+31301112233")
    story.call("call back", now - timedelta(days=days + 4), "outgoing", "answered", "+31301112233")
    assert story.shown_states() == {
        "lately": ("open", True),
        "long ago": ("expired", False),
        "withheld": ("not_returnable", False),
        "returned": ("reached", False),
    }


def test_numbers_belong_together_while_one_customer_has_them(story: Story) -> None:
    other = "+31201112233"
    story.connection.execute(
        """
        WITH bakery AS (
            INSERT INTO store.customer (tenant_id, reference, name) VALUES (%(tenant)s, 'B', 'Bakery')
            RETURNING tenant_id, customer_id
        )
        INSERT INTO store.customer_number (tenant_id, customer_id, number, valid)
        SELECT tenant_id, customer_id, number, valid::tstzrange
        FROM bakery,
            (VALUES (%(caller)s, '(,2026-11-23 12:00+00)'), (%(other)s, '(,)')) AS of_it (number, valid)
        """,
        {"tenant": story.tenant.tenant_id, "caller": CALLER, "other": other},
    )
    story.missed("as customer", MONDAY)
    story.missed("afterwards", MONDAY + timedelta(hours=5))
    story.call("to the customer", MONDAY + timedelta(hours=6), "outgoing", "answered", other)
    assert story.state("as customer") == "reached"
    assert story.state("afterwards") == "open"
