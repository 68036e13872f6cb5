"""The live tables are as the live state is, whatever stood in them before."""

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from exporter.live_rows import LiveSnapshot
from exporter.live_state import LiveState
from exporter.live_tables import TABLES, LiveTables
from store.connect import Connection, connect
from store.organisation import load_organisation, load_tenant
from tests.exporter.conftest import Lab
from tests.recordings import events

STEP = timedelta(seconds=15)


@pytest.fixture
def connection(lab: Lab) -> Any:
    """With the rights of an exporter, no more."""
    with connect(lab.url, "test", autocommit=True) as connection:
        connection.execute("SET ROLE gespreksrapportage_exporter")
        yield connection


def stored(lab: Lab, part: str) -> dict[Any, msgspec.Struct]:
    """What a live table shows, as the rows of a snapshot."""
    table = TABLES[part]
    columns = table.row_type.__struct_fields__
    rows = [
        msgspec.convert(dict(zip(columns, row, strict=True)), table.row_type)
        for row in lab.rows(f"SELECT {', '.join(columns)} FROM store.{table.name} WHERE pbx_id = 1")
    ]
    keys = [tuple(getattr(row, column) for column in table.key) for row in rows]
    return {key if len(key) > 1 else key[0]: row for key, row in zip(keys, rows, strict=True)}


def snapshots(lab: Lab) -> list[LiveSnapshot]:
    """The state of a recording, every quarter of a minute."""
    with lab.connect() as connection:
        organisation = load_organisation(connection, load_tenant(connection, "lab"))
    state = LiveState(organisation, lab.pbx)
    taken: list[LiveSnapshot] = []
    due = events("scenarios-a")[0].occurred_at
    for event in events("scenarios-a"):
        while event.occurred_at >= due:
            taken.append(state.snapshot(due))
            due += STEP
        state.apply(event)
    return taken


def test_after_every_write_the_tables_are_as_the_snapshot(lab: Lab, connection: Connection) -> None:
    tables = LiveTables(connection, lab.pbx)
    taken = snapshots(lab)
    assert sum(bool(snapshot.calls) for snapshot in taken) > 10
    assert sum(bool(snapshot.waiting) for snapshot in taken) > 2
    for snapshot in taken:
        tables.write(snapshot, connected=True, changed_at=taken[0].at)
        for part in TABLES:
            assert stored(lab, part) == getattr(snapshot, part), f"{part} at {snapshot.at}"
        assert lab.rows("SELECT connected, updated_at FROM store.live_pbx") == [(True, snapshot.at)]


def test_the_first_write_replaces_what_an_earlier_run_left(lab: Lab, connection: Connection) -> None:
    taken = snapshots(lab)
    busy = max(taken, key=lambda snapshot: len(snapshot.calls))
    LiveTables(connection, lab.pbx).write(busy, connected=True, changed_at=busy.at)
    assert stored(lab, "calls")
    LiveTables(connection, lab.pbx).write(taken[0], connected=False, changed_at=busy.at)
    for part in TABLES:
        assert stored(lab, part) == getattr(taken[0], part)
    assert lab.rows("SELECT connected FROM store.live_pbx") == [(False,)]


def test_another_pbx_is_left_alone(lab: Lab, connection: Connection) -> None:
    with lab.connect() as other:
        row = other.execute(
            "INSERT INTO store.pbx (tenant_id, slug, kind) VALUES (%s, 'second', 'asterisk') "
            "RETURNING pbx_id",
            (lab.pbx.tenant_id,),
        ).fetchone()
        assert row is not None
        other.execute(
            "INSERT INTO store.live_queue (pbx_id, contact_group, tenant_id, waiting) "
            "VALUES (%s, 'x', %s, 3)",
            (row[0], lab.pbx.tenant_id),
        )
    snapshot = snapshots(lab)[0]
    LiveTables(connection, lab.pbx).write(snapshot, connected=True, changed_at=datetime.now(UTC))
    assert lab.rows("SELECT waiting FROM store.live_queue WHERE contact_group = 'x'") == [(3,)]


def test_a_row_that_did_not_change_is_not_written_again(lab: Lab, connection: Connection) -> None:
    snapshot = max(snapshots(lab), key=lambda snapshot: len(snapshot.calls))
    tables = LiveTables(connection, lab.pbx)
    tables.write(snapshot, connected=True, changed_at=snapshot.at)
    versions = "SELECT connection, xmin::text FROM store.live_call ORDER BY 1"
    before = lab.rows(versions)
    tables.write(msgspec.structs.replace(snapshot), connected=True, changed_at=snapshot.at)
    assert lab.rows(versions) == before != []
