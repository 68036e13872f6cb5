"""A database with the organisation of the recordings, into which recorded events are written as they come."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from aggregator.app import Aggregator
from exporter.batch import Batch
from exporter.event_writer import write_batches
from store.connect import Connection
from store.event import Event
from store.organisation import Organisation, Pbx, load_organisation, load_pbx, load_tenant
from store.seed import read_seed
from store.seed_load import load_seed
from tests.recordings import FOLDER

MADE_TABLES = {
    "call": "started_at, call_id",
    "leg": "started_at, call_id, leg_number",
    "visit": "started_at, call_id, visit_number",
    "call_key": "ref",
    "missed_call": "started_at, call_id",
    "agent_state": "agent, from_at",
    "agent_group_session": "agent, contact_group, from_at",
    "device_state": "extension, from_at",
    "rollup_call_quarter": "bucket_start, direction, ddi, contact_group",
    "rollup_visit_quarter": "bucket_start, contact_group, group_kind",
    "rollup_extension_day": "local_day, extension, direction, person_id",
    "rollup_direction_quarter": "bucket_start, direction",
    "rollup_call_day": "local_day, direction, ddi, contact_group",
    "rollup_visit_day": "local_day, contact_group, group_kind",
    "rollup_unit_day": "local_day, kind, unit_id, direction, destination",
    "rollup_area_day": "local_day, direction, area_code, destination, country",
    "rollup_lost_day": "local_day, wait_seconds",
    "rollup_agent_call_day": "local_day, agent, own_extension, contact_group, direction",
    "rollup_agent_day": "local_day, agent, state, reason",
}
"""What the aggregator makes → an order of its rows."""

WAITING_TABLES = ("touched_call", "touched_agent", "touched_device", "dirty_bucket", "dirty_day", "rebuild")


@dataclass
class RecordedPbx:
    """One tenant with one PBX."""

    connection: Connection
    url: str
    organisation: Organisation
    pbx: Pbx

    def hear(self, events: Iterable[Event]) -> None:
        """Stores events as the exporter does, and commits."""
        events = tuple(events)
        if events:
            batch = Batch(
                tenant_id=self.pbx.tenant_id,
                pbx_id=self.pbx.pbx_id,
                received_at=events[-1].occurred_at,
                events=events,
            )
            write_batches(self.connection, [batch])

    def work_off(self) -> Aggregator:
        aggregator = Aggregator(self.url)
        aggregator.work_off(self.connection)
        return aggregator

    def rows(self, table: str) -> list[tuple[Any, ...]]:
        return self.connection.execute(
            f"SELECT * FROM store.{table} ORDER BY {MADE_TABLES.get(table, '1')}".encode()
        ).fetchall()

    def made(self) -> dict[str, list[tuple[Any, ...]]]:
        """Everything that the aggregator made."""
        return {table: self.rows(table) for table in MADE_TABLES}

    def waiting(self) -> dict[str, int]:
        """Rows that are still to be worked off, by table."""
        counts = {table: len(self.rows(table)) for table in WAITING_TABLES}
        return {table: count for table, count in counts.items() if count}


def recorded_pbx(connection: Connection, url: str) -> RecordedPbx:
    load_seed(connection, read_seed(FOLDER / "tenant.yaml"))
    connection.commit()
    connection.autocommit = True
    tenant = load_tenant(connection, "lab")
    return RecordedPbx(
        connection, url, load_organisation(connection, tenant), load_pbx(connection, tenant, "lab")
    )


def in_pieces(events: Sequence[Event], pieces: int) -> list[Sequence[Event]]:
    size = -(-len(events) // pieces)
    return [events[begin : begin + size] for begin in range(0, len(events), size)]


def shuffled(events: Iterable[Event], seed: int) -> list[Event]:
    mixed = list(events)
    random.Random(seed).shuffle(mixed)
    return mixed
