"""Do-not-disturb: one interval for each time that it was on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import msgspec

from aggregator.agents import event_order
from aggregator.copy_rows import copy_rows
from aggregator.event_reader import EVENT_COLUMNS
from aggregator.rows import DeviceStateRow
from store.connect import Connection
from store.event import Event
from store.organisation import Organisation, Pbx
from store.vocabulary import EventKind

DO_NOT_DISTURB = "do_not_disturb"


@dataclass(frozen=True, slots=True)
class SwitchedOn:
    """`until_at` is None while it lasts."""

    from_at: datetime
    until_at: datetime | None = None


def do_not_disturb(events: Iterable[Event], on_since: datetime | None = None) -> list[SwitchedOn]:
    """When it was on, from one device's events in any order; `on_since` if it was on when the first came."""
    found = []
    for event in sorted(events, key=event_order):
        if event.kind is EventKind.DO_NOT_DISTURB_ON:
            on_since = on_since or event.occurred_at
        elif event.kind is EventKind.DO_NOT_DISTURB_OFF and on_since is not None:
            if on_since < event.occurred_at:
                found.append(SwitchedOn(on_since, event.occurred_at))
            on_since = None
    if on_since is not None:
        found.append(SwitchedOn(on_since))
    return found


def replace_device_states(
    connection: Connection, organisation: Organisation, pbx: Pbx, device: str, touched_at: datetime
) -> None:
    """Makes the intervals of a device again from `touched_at` (UTC) on, in the caller's transaction."""
    extension = organisation.extension_number(device)
    key = {
        "tenant": pbx.tenant_id,
        "pbx": pbx.pbx_id,
        "extension": extension,
        "device": device,
        "at": touched_at,
    }
    row = connection.execute(
        """
        SELECT from_at FROM store.device_state
        WHERE tenant_id = %(tenant)s AND pbx_id = %(pbx)s AND extension = %(extension)s
            AND from_at < %(at)s AND (until_at IS NULL OR until_at >= %(at)s)
        """,
        key,
    ).fetchone()
    on_since = row[0] if row else None
    states = do_not_disturb(_events(connection, key), on_since)
    connection.execute(
        """
        DELETE FROM store.device_state
        WHERE tenant_id = %(tenant)s AND pbx_id = %(pbx)s AND extension = %(extension)s
            AND from_at >= %(since)s
        """,
        key | {"since": on_since or touched_at},
    )
    rows = [
        DeviceStateRow(
            tenant_id=pbx.tenant_id,
            from_at=state.from_at,
            until_at=state.until_at,
            pbx_id=pbx.pbx_id,
            extension=extension,
            state=DO_NOT_DISTURB,
        )
        for state in states
    ]
    copy_rows(connection, "device_state", DeviceStateRow, rows)


def _events(connection: Connection, key: dict[str, object]) -> list[Event]:
    with connection.cursor(binary=True) as cursor:
        rows = cursor.execute(
            f"""
            SELECT {EVENT_COLUMNS} FROM store.event
            WHERE pbx_id = %(pbx)s AND device = %(device)s
                AND kind IN ('do_not_disturb_on', 'do_not_disturb_off')
                AND occurred_at >= %(at)s
            """.encode(),  # noqa: S608 - the columns are our own constants
            key,
        ).fetchall()
    return msgspec.convert(rows, list[Event])
