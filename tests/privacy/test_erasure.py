"""Erased is erased everywhere: the number or the person is found nowhere any more, and every count stays."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest

from aggregator.rebuild import rebuild_tenant
from reportgen.access.accounts import ScopeWanted
from reportgen.access.roles import Role
from reportgen.privacy.erasure import (
    NoNumberError,
    UnknownPersonError,
    archive_person,
    erase_number,
    erase_person,
    read_number,
)
from store.connect import Connection, connect
from store.organisation import load_organisation
from tests.access.conftest import Accounts
from tests.aggregator.recorded_pbx import RecordedPbx, recorded_pbx
from tests.conftest import Database
from tests.recordings import events
from tests.reportgen.builders import TenantBuilder

SUMS = ("rollup_call_quarter", "rollup_visit_quarter", "rollup_extension_day")


def found(owner: psycopg.Connection[Any], words: str) -> dict[str, int]:
    """Tables of the store with rows in which the pattern stands, in text or in bytes."""
    tables = owner.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = 'store'::regnamespace AND relkind = 'r' ORDER BY 1"
    ).fetchall()
    hits = {}
    for (table,) in tables:
        rows = owner.execute(f"SELECT t::text FROM store.{table} AS t".encode()).fetchall()
        texts = [re.sub(r"\\\\x((?:[0-9a-f]{2})+)", _as_text, text) for (text,) in rows]
        if count := sum(bool(re.search(words, text)) for text in texts):
            hits[table] = count
    return hits


def _as_text(match: re.Match[str]) -> str:
    return bytes.fromhex(match[1]).decode(errors="replace")


@pytest.fixture
def recorded(database: Database, owner: psycopg.Connection) -> Iterator[RecordedPbx]:
    """A real telephone system's recording, with what was made of it."""
    with connect(database.url, "test") as connection:
        pbx = recorded_pbx(connection, database.url)
        pbx.hear(events("scenarios-a"))
        pbx.work_off()
        yield pbx


def outside_numbers(recorded: RecordedPbx, direction: str) -> list[str]:
    rows = recorded.connection.execute(
        "SELECT outside_number FROM store.call WHERE outside_number IS NOT NULL AND direction = %s "
        "GROUP BY 1 ORDER BY count(*) DESC, 1",
        [direction],
    ).fetchall()
    return [number for (number,) in rows]


def rebuilt(recorded: RecordedPbx) -> dict[str, list[tuple[Any, ...]]]:
    rebuild_tenant(recorded.connection, recorded.url, recorded.organisation.tenant, processes=1)
    recorded.work_off()
    return recorded.made()


@pytest.mark.parametrize("direction", ["incoming", "outgoing"])
def test_erased_numbers_are_found_nowhere_and_a_rebuild_makes_the_same(
    recorded: RecordedPbx, owner: psycopg.Connection, direction: str
) -> None:
    tenant_id = recorded.pbx.tenant_id
    sums = {table: recorded.rows(table) for table in SUMS}
    numbers = outside_numbers(recorded, direction)
    assert len(numbers) > 1
    for number in numbers:
        digits = read_number(number, "NL").digits
        assert {"event", "call", "leg"} <= set(found(owner, digits))
        removed = erase_number(recorded.connection, tenant_id, number, "NL", actor="Paula")
        assert removed["event"] > 0
        assert removed["call"] > 0
        assert found(owner, digits) == {}
    assert {table: recorded.rows(table) for table in SUMS} == sums
    recorded.work_off()
    made = recorded.made()
    again = rebuilt(recorded)
    for table, rows in made.items():
        for one, two in zip(rows, again[table], strict=True):
            assert one == two, table
    assert {table: recorded.rows(table) for table in SUMS} == sums
    recorded.hear(events("scenarios-a"))
    recorded.work_off()
    assert recorded.made() == made, "the same events once more bring nothing back"


def test_evidence_stays_without_the_number(recorded: RecordedPbx, owner: psycopg.Connection) -> None:
    number = outside_numbers(recorded, "incoming")[0]
    erase_number(recorded.connection, recorded.pbx.tenant_id, number, "NL", actor="Paula")
    rows = owner.execute("SELECT kind, actor, subject, details FROM store.privacy_act").fetchall()
    kind, actor, subject, details = rows[-1]
    assert (kind, actor, len(subject)) == ("number_erased", "Paula", 64)
    assert details["call"] > 0
    erase_number(recorded.connection, recorded.pbx.tenant_id, "0800 1234567", "NL")
    again = owner.execute("SELECT subject FROM store.privacy_act ORDER BY act_id DESC LIMIT 1").fetchone()
    assert again is not None
    assert again[0] != subject


def test_a_number_goes_from_calls_without_events_lists_filters_rejects_and_live_rows(
    company: TenantBuilder, owner: psycopg.Connection, administrator: Connection
) -> None:
    number, digits = "+31612340003", "612340003"
    tenant = company.tenant_id
    owner.execute(
        "INSERT INTO store.event_reject (tenant_id, pbx_id, source, reason, raw, digest) "
        "VALUES (%s, %s, 'x', 'y', 'From: 0612340003', gen_random_uuid())",
        (tenant, company.pbx_id),
    )
    owner.execute("UPDATE store.live_call SET number = %s", [number])
    owner.execute(
        "INSERT INTO store.audit_entry (tenant_id, actor, action, object, details) "
        """VALUES (%s, 'anna', 'run', 'report', '{"filters": {"number": ["+31612340003", "+31612340004"]},
                   "say": "a \\"quoted\\" 0612340003"}')""",
        [tenant],
    )
    before = owner.execute("SELECT direction, outcome, count(*) FROM store.call GROUP BY 1, 2 ORDER BY 1, 2")
    counts = before.fetchall()
    assert set(found(owner, digits)) == {
        "call", "leg", "missed_call", "customer_number", "event_reject", "live_call", "audit_entry",
    }  # fmt: skip
    erase_number(administrator, tenant, "06-12340003", "NL")
    assert found(owner, digits) == {}
    kept = owner.execute("SELECT details FROM store.audit_entry WHERE action = 'run'").fetchall()
    assert kept == [({"filters": {"number": ["***", "+31612340004"]}, "say": "***"},)]
    after = owner.execute("SELECT direction, outcome, count(*) FROM store.call GROUP BY 1, 2 ORDER BY 1, 2")
    assert after.fetchall() == counts
    assert owner.execute("SELECT count(*) FROM store.customer").fetchone() == (2,), "they have other numbers"


def test_a_customer_whose_only_number_is_erased_goes_too(
    acme: TenantBuilder, owner: psycopg.Connection, administrator: Connection
) -> None:
    customer = acme.customer("Jansen")
    owner.execute(
        "INSERT INTO store.customer_number (tenant_id, number, customer_id) VALUES (%s, '+31201112233', %s)",
        (acme.tenant_id, customer),
    )
    assert erase_number(administrator, acme.tenant_id, "020 1112233", "NL")["customer"] == 1
    assert found(owner, "Jansen") == {}


def test_a_call_that_tells_its_number_once_only_is_withheld_afterwards(
    acme: TenantBuilder, owner: psycopg.Connection, administrator: Connection
) -> None:
    at = datetime(2026, 10, 1, 9, tzinfo=UTC)
    acme.call(at, outside_number="+31612340003")
    acme.call(at, caller_number="+31612340004", called_number="201")
    for number in ("+31612340003", "+31612340004"):
        assert erase_number(administrator, acme.tenant_id, number, "NL")["call"] == 1
    rows = owner.execute("SELECT withheld, caller_number, outside_number FROM store.call").fetchall()
    assert rows == [(True, None, None)] * 2


def test_own_boards_and_alarms_name_nobody_afterwards(
    company: TenantBuilder, owner: psycopg.Connection, administrator: Connection, make_account: Accounts
) -> None:
    make_account("anna")
    own = {"tenant": company.tenant_id}
    owner.execute("UPDATE store.person SET name = 'Bram Bakker', email = 'b@proef.nl' WHERE name = 'Bram'")
    for statement in (
        """
        INSERT INTO store.own_board (account_id, tenant_id) SELECT account_id, %(tenant)s FROM store.account
        """,
        """
        INSERT INTO store.wallboard_view (account_id, tenant_id, title)
        SELECT account_id, %(tenant)s, 'Gesprekken van Bram Bakker' FROM store.account
        """,
        """
        INSERT INTO store.tile (account_id, tenant_id, place, definition)
        SELECT account_id, %(tenant)s, 'dashboard', definition::jsonb FROM store.account, unnest(ARRAY[
            '{"report": "calls-by-date", "form": "table", "filters": {"number": ["+31612340003"]}}',
            '{"report": "calls-by-date", "form": "table", "filters": {"user": ["Bram Bakker"]}}',
            '{"report": "calls-by-date", "form": "table", "title": "Bram Bakker"}',
            '{"report": "calls-by-date", "form": "table"}'
        ]) AS made (definition)
        """,
        """
        INSERT INTO store.alarm (tenant_id, kind, limit_value, recovery_value, mail_to)
        VALUES (%(tenant)s, 'gos', 80, 85, '{b@proef.nl,c@proef.nl}')
        """,
    ):
        owner.execute(statement, own)
    assert erase_number(administrator, company.tenant_id, "+31612340003", "NL")["tile"] == 1
    archive_person(administrator, company.tenant_id, "pBram")
    assert found(owner, "612340003|Bram Bakker|b@proef.nl") == {}
    tiles = owner.execute("SELECT definition ->> 'title' FROM store.tile ORDER BY 1").fetchall()
    assert tiles == [("",), (None,)]
    assert owner.execute("SELECT mail_to FROM store.alarm").fetchall() == [(["c@proef.nl"],)]


def test_another_tenants_rows_stay(
    company: TenantBuilder, rival: TenantBuilder, owner: psycopg.Connection, administrator: Connection
) -> None:
    rival.call(_call_moment(owner), outside_number="+31612340003", caller_number="+31612340003")
    erase_number(administrator, company.tenant_id, "+31612340003", "NL")
    assert found(owner, "612340003") == {"call": 1, "leg": 1}


def _call_moment(owner: psycopg.Connection[Any]) -> Any:
    row = owner.execute("SELECT min(started_at) FROM store.call").fetchone()
    assert row is not None
    return row[0]


def test_a_persons_calls_stay_as_nobodys_and_a_rebuild_makes_the_same(
    recorded: RecordedPbx, owner: psycopg.Connection, make_account: Accounts
) -> None:
    tenant_id = recorded.pbx.tenant_id
    reference, name = _person(owner, "1001")
    make_account("a.janssen", Role.USER, tenant="lab", scope=ScopeWanted(persons=[reference]))
    counted = _counts(owner)
    assert {"event", "call", "agent", "agent_state", "leg", "person", "audit_entry"} <= set(
        found(owner, name)
    )
    erase_person(recorded.connection, tenant_id, reference, actor="Paula")
    assert found(owner, f"{name}|janssen") == {}
    assert _counts(owner) == counted
    made = recorded.made()
    recorded = _reloaded(recorded)
    assert rebuilt(recorded) == made
    with pytest.raises(UnknownPersonError):
        erase_person(recorded.connection, tenant_id, reference)


def test_an_archived_persons_name_goes_and_the_account_with_it(
    recorded: RecordedPbx, owner: psycopg.Connection, make_account: Accounts
) -> None:
    reference, name = _person(owner, "1002")
    make_account("bram", Role.USER, tenant="lab", scope=ScopeWanted(persons=[reference]))
    counted = _counts(owner)
    archive_person(recorded.connection, recorded.pbx.tenant_id, reference)
    assert found(owner, name) == {}
    assert _counts(owner) == counted
    agents = owner.execute("SELECT pbx_name FROM store.agent WHERE pbx_name = %s", [reference]).fetchall()
    assert agents == [(reference,)]
    closed = owner.execute(
        "SELECT disabled_at IS NOT NULL, password_hash, email FROM store.account WHERE name = 'bram'"
    ).fetchone()
    assert closed == (True, None, None)
    made = recorded.made()
    recorded = _reloaded(recorded)
    assert rebuilt(recorded) == made


def _person(owner: psycopg.Connection[Any], extension: str) -> tuple[str, str]:
    row = owner.execute(
        "SELECT reference, name FROM store.person JOIN store.extension USING (person_id) WHERE number = %s",
        [extension],
    ).fetchone()
    assert row is not None
    return row[0], row[1]


def _reloaded(recorded: RecordedPbx) -> RecordedPbx:
    """As the aggregator sees the organisation now."""
    organisation = load_organisation(recorded.connection, recorded.organisation.tenant)
    return RecordedPbx(recorded.connection, recorded.url, organisation, recorded.pbx)


def _counts(owner: psycopg.Connection[Any]) -> list[Any]:
    """Every figure per day and extension, whoever had it; of agents the time in each state."""
    return [
        owner.execute(query.encode()).fetchall()
        for query in (
            """
            SELECT local_day, extension, direction, sum(total), sum(missed), sum(talk_seconds)
            FROM store.rollup_extension_day GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
            """,
            """
            SELECT direction, outcome, count(*), sum(talk_seconds) FROM store.call
            GROUP BY 1, 2 ORDER BY 1, 2
            """,
            "SELECT state, count(*), sum(until_at - from_at) FROM store.agent_state GROUP BY 1 ORDER BY 1",
        )
    ]


@pytest.mark.parametrize("text", ["", "201", "anonymous", "geen nummer"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(NoNumberError):
        read_number(text, "NL")


@pytest.mark.parametrize(
    ("text", "zeroed"),
    [("06 12345678", "+31610000000"), ("020-1234567", "+31200000000"), ("+49 30 1234567", "+49300000000")],
)
def test_what_is_left_of_a_number_that_was_called(text: str, zeroed: str) -> None:
    assert read_number(text, "NL").zeroed == zeroed
