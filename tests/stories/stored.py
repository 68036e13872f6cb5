"""Stories in a database, each as a tenant of its own, through the event writer and the aggregator."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from psycopg.rows import dict_row

from aggregator.app import Aggregator
from exporter.batch import Batch
from exporter.event_writer import write_batches
from store.connect import Connection
from store.event import Event
from store.organisation import Pbx, Tenant
from tests.stories.organisation import load
from tests.stories.reading import Story

SECTION_TABLES = {
    "Calls": ("call", "started_at, call_id"),
    "Legs": ("leg", "started_at, call_id, leg_number"),
    "Visits": ("visit", "started_at, call_id, visit_number"),
    "States": ("agent_state", "agent, from_at"),
    "Missed": ("missed_call", "started_at, call_id"),
}
"""A story's section → the table of its rows, and their order."""

Rows = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class StoredPbx:
    connection: Connection
    tenant: Tenant
    pbx: Pbx

    def hear(self, events: Iterable[Event]) -> None:
        """Stores events as the exporter does."""
        events = tuple(events)
        if events:
            batch = Batch(
                tenant_id=self.tenant.tenant_id,
                pbx_id=self.pbx.pbx_id,
                received_at=events[-1].occurred_at,
                events=events,
            )
            write_batches(self.connection, [batch])

    def rows(self) -> Rows:
        """Rows by the section of a story that they belong to."""
        with self.connection.cursor(row_factory=dict_row) as cursor:
            return {
                section: cursor.execute(
                    f"SELECT * FROM store.{table} WHERE tenant_id = %s ORDER BY {order}".encode(),
                    (self.tenant.tenant_id,),
                ).fetchall()
                for section, (table, order) in SECTION_TABLES.items()
            }


def stored_pbx(connection: Connection, slug: str, story: Story | None = None) -> StoredPbx:
    """A new tenant on `connection`, which is in autocommit mode."""
    return StoredPbx(connection, *load(connection, slug, story))


def work_off(connection: Connection, url: str) -> None:
    aggregator = Aggregator(url)
    aggregator.work_off(connection)
    assert not aggregator.set_aside
