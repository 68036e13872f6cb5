"""Puts batches into the database, each event once, and tells the aggregator what changed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

import msgspec
import psycopg
from psycopg.pq import TransactionStatus

from exporter.batch import Batch, Gap
from store.connect import Connection
from store.vocabulary import SYSTEM_KINDS

EVENTS_CHANNEL = "gespreksrapportage_events"

COLUMNS = {
    "tenant_id": "int4",
    "pbx_id": "int4",
    "occurred_at": "timestamptz",
    "key": "uuid",
    "received_at": "timestamptz",
    "sequence": "int8",
    "kind": "text",
    "call": "text",
    "connection": "text",
    "peer": "text",
    "device": "text",
    "device_kind": "text",
    "number": "text",
    "name": "text",
    "dialled": "text",
    "withheld": "bool",
    "bridge": "text",
    "queue": "text",
    "agent": "text",
    "cause": "text",
    "seconds": "float8",
    "raw": "bytea",
}
"""Of store.event, with the types in which rows are sent."""

_NAMES = ", ".join(COLUMNS)
_SYSTEM_KINDS = ", ".join(f"'{kind}'" for kind in sorted(SYSTEM_KINDS))

STAGE = "CREATE TEMPORARY TABLE IF NOT EXISTS incoming_event (LIKE store.event) ON COMMIT DELETE ROWS"
COPY = f"COPY incoming_event ({_NAMES}) FROM STDIN (FORMAT BINARY)"
INSERT = f"""
WITH kept AS MATERIALIZED (
    -- Of a tenant that is gone nothing is kept at all.
    SELECT tenant_id, store.keeps_from(tenant_id, 'event') AS since FROM store.tenant
    WHERE tenant_id IN (SELECT tenant_id FROM incoming_event)
), late AS (
    INSERT INTO store.late_event (tenant_id, pbx_id, events, first_at, last_at)
    SELECT tenant_id, pbx_id, count(*), min(occurred_at), max(occurred_at)
    FROM incoming_event JOIN kept USING (tenant_id) WHERE occurred_at < since GROUP BY tenant_id, pbx_id
), new_event AS (
    INSERT INTO store.event ({_NAMES})
    SELECT {_NAMES} FROM incoming_event JOIN kept USING (tenant_id)
    WHERE since IS NULL OR occurred_at >= since
    ON CONFLICT (pbx_id, key, occurred_at) DO NOTHING
    RETURNING tenant_id, pbx_id, occurred_at, kind, call, connection, device, agent
), new_call AS (
    INSERT INTO store.touched_call (tenant_id, pbx_id, call, first_at, last_at)
    SELECT tenant_id, pbx_id, coalesce(nullif(call, ''), connection) AS ref,
           min(occurred_at), max(occurred_at)
    FROM new_event
    WHERE call <> '' OR connection <> ''
        OR kind IN ({_SYSTEM_KINDS})
    GROUP BY tenant_id, pbx_id, ref
), new_agent AS (
    INSERT INTO store.touched_agent (tenant_id, pbx_id, agent, first_at)
    SELECT tenant_id, pbx_id, agent, min(occurred_at)
    FROM new_event WHERE agent <> '' GROUP BY tenant_id, pbx_id, agent
), new_device AS (
    INSERT INTO store.touched_device (tenant_id, pbx_id, device, first_at)
    SELECT tenant_id, pbx_id, device, min(occurred_at)
    FROM new_event WHERE kind IN ('do_not_disturb_on', 'do_not_disturb_off')
    GROUP BY tenant_id, pbx_id, device
)
SELECT count(*) FROM new_event
"""  # noqa: S608 - the names are our own constants


@dataclass(frozen=True, slots=True)
class Written:
    """What one call of `write_batches` did."""

    events: int
    new_events: int
    rejects: int

    @property
    def known_events(self) -> int:
        """Events that the database already had."""
        return self.events - self.new_events


def write_batches(connection: Connection, batches: Sequence[Batch]) -> Written:
    """Stores the batches in one transaction and commits; what is there already is left as it is.

    Args:
        connection: without a transaction under way, which would put the commit off.
        batches: of any PBXs.

    Raises:
        psycopg.OperationalError: the connection was lost; nothing of it was stored.
    """
    assert connection.info.transaction_status is TransactionStatus.IDLE
    try:
        return _write(connection, batches)
    except (psycopg.DataError, UnicodeEncodeError):
        # One event with text that the database cannot hold must not keep the others out.
        connection.rollback()
        return _write(connection, [_storable(batch) for batch in batches])


def _write(connection: Connection, batches: Sequence[Batch]) -> Written:
    with connection.transaction():
        events, new_events = _store_events(connection, batches)
        rejects = 0
        for batch in batches:
            rejects += _store_rejects(connection, batch)
            for gap in batch.gaps:
                _store_gap(connection, batch, gap)
        if new_events:
            connection.execute(f"NOTIFY {EVENTS_CHANNEL}")
    return Written(events, new_events, rejects)


def _store_events(connection: Connection, batches: Sequence[Batch]) -> tuple[int, int]:
    total = sum(len(batch.events) for batch in batches)
    if not total:
        return 0, 0
    connection.execute(STAGE)
    with connection.cursor() as cursor:
        with cursor.copy(COPY) as copy:
            copy.set_types(list(COLUMNS.values()))
            write_row = copy.write_row
            for batch in batches:
                for row in event_rows(batch):
                    write_row(row)
        cursor.execute(INSERT)
        count = cursor.fetchone()
    assert count is not None
    return total, int(count[0])


def event_rows(batch: Batch) -> Iterable[tuple[Any, ...]]:
    """The batch's events as rows of store.event, in the order of `COLUMNS`."""
    tenant_id, pbx_id, received_at = batch.tenant_id, batch.pbx_id, batch.received_at
    for event in batch.events:
        yield (
            tenant_id,
            pbx_id,
            event.occurred_at,
            event.key,
            received_at,
            event.sequence,
            event.kind,
            event.call,
            event.connection,
            event.peer,
            event.device,
            event.device_kind,
            event.number,
            event.name,
            event.dialled,
            event.withheld,
            event.bridge,
            event.queue,
            event.agent,
            event.cause,
            event.seconds,
            event.raw,
        )


def _store_rejects(connection: Connection, batch: Batch) -> int:
    if not batch.rejects:
        return 0
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO store.event_reject "
            "(tenant_id, pbx_id, received_at, source, line_number, reason, raw, digest) "
            "VALUES (%s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT (pbx_id, source, digest) DO NOTHING",
            [
                (
                    batch.tenant_id,
                    batch.pbx_id,
                    batch.received_at,
                    reject.source,
                    reject.line_number,
                    reject.reason,
                    reject.raw,
                    reject.digest,
                )
                for reject in batch.rejects
            ],
        )
        return max(cursor.rowcount, 0)


def _store_gap(connection: Connection, batch: Batch, gap: Gap) -> None:
    """A gap is told twice, when it begins and when it ends, and perhaps again after a crash."""
    known = connection.execute(
        "UPDATE store.pbx_gap SET ended_at = coalesce(ended_at, %s) WHERE pbx_id = %s AND began_at = %s",
        (gap.ended_at, batch.pbx_id, gap.began_at),
    ).rowcount
    if not known:
        _end_open_gap(connection, batch.pbx_id, gap.began_at)
        connection.execute(
            "INSERT INTO store.pbx_gap (tenant_id, pbx_id, began_at, ended_at, reason) "
            "VALUES (%s, %s, %s, %s, %s)",
            (batch.tenant_id, batch.pbx_id, gap.began_at, gap.ended_at, gap.reason),
        )


def _end_open_gap(connection: Connection, pbx_id: int, at: datetime) -> None:
    """Somebody listened again, since a later gap begins at `at`: the earlier one's end was lost."""
    connection.execute(
        "UPDATE store.pbx_gap SET ended_at = greatest(began_at, %s) WHERE pbx_id = %s AND ended_at IS NULL",
        (at, pbx_id),
    )


_S = TypeVar("_S", bound=msgspec.Struct)


def _storable(batch: Batch) -> Batch:
    return msgspec.structs.replace(
        batch,
        events=tuple(_with_storable_text(event) for event in batch.events),
        rejects=tuple(_with_storable_text(reject) for reject in batch.rejects),
    )


def _with_storable_text(item: _S) -> _S:
    """Text without what PostgreSQL's UTF-8 cannot hold: the zero character and lone surrogates."""
    changed = {
        field: value.encode("utf-8", "replace").decode().replace("\0", "\N{REPLACEMENT CHARACTER}")
        for field in item.__struct_fields__
        if type(value := getattr(item, field)) is str
    }
    return msgspec.structs.replace(item, **changed)
