"""The state of now of one PBX: calls, waiting callers, queues, agents, devices; without input or output."""

from datetime import datetime

from exporter.live_agents import LiveAgents
from exporter.live_calls import LiveCalls
from exporter.live_rows import LiveDevice, LiveQueue, LiveSnapshot
from store.event import Event
from store.organisation import Organisation, Pbx
from store.vocabulary import DeviceState, EventKind, GroupKind

_FORGETTING = frozenset({EventKind.SYSTEM_STARTED, EventKind.SYSTEM_STOPPED, EventKind.LISTENING_STOPPED})
"""After these nothing from before can be vouched for; a snapshot tells what is there now."""

_DO_NOT_DISTURB = {EventKind.DO_NOT_DISTURB_ON: True, EventKind.DO_NOT_DISTURB_OFF: False}


class LiveState:
    """What a PBX's events say of now; give it every event in the order in which they came."""

    def __init__(self, organisation: Organisation, pbx: Pbx) -> None:
        self._organisation = organisation
        self._trunks = pbx.trunks
        self._calls = LiveCalls(organisation, pbx)
        self._agents = LiveAgents(organisation)
        self._devices: dict[str, LiveDevice] = {}
        self._queues = _queues(organisation)

    def use(self, organisation: Organisation, pbx: Pbx) -> None:
        """Goes on with an organisation that was changed meanwhile."""
        self._organisation = organisation
        self._trunks = pbx.trunks
        self._calls.use(organisation, pbx)
        self._agents.use(organisation)
        self._queues |= _queues(organisation)

    def apply(self, event: Event) -> None:
        """Brings the state up to this event."""
        if event.kind in _FORGETTING:
            self._forget()
            return
        if event.queue:
            self._queues.add(event.queue)
        self._calls.apply(event)
        self._agents.apply(event)
        if event.kind is EventKind.DEVICE_STATE:
            self._device(event, state=DeviceState(event.cause))
        elif event.kind in _DO_NOT_DISTURB:
            self._device(event, do_not_disturb=_DO_NOT_DISTURB[event.kind])

    def snapshot(self, now: datetime) -> LiveSnapshot:
        """All rows, as they are at `now` (UTC)."""
        calls = {row.connection: row for row in self._calls.rows()}
        waiting = {row.connection: row for row in self._calls.waiting_rows()}
        in_use = self._calls.busy_devices()
        agents = self._agents.rows(now, in_use, self._calls.freed_at)
        counts = dict.fromkeys(self._queues, 0)
        for row in waiting.values():
            counts[row.contact_group] += 1
        return LiveSnapshot(
            at=now,
            calls=calls,
            waiting=waiting,
            queues={
                queue: LiveQueue(
                    contact_group=queue, waiting=count, last_wait_seconds=self._calls.last_wait.get(queue)
                )
                for queue, count in counts.items()
            },
            agents={(row.agent, row.contact_group): row for row in agents},
            devices=dict(self._devices),
        )

    def _forget(self) -> None:
        self._calls.clear()
        self._agents.clear()
        self._devices.clear()

    def _device(
        self, event: Event, *, state: DeviceState | None = None, do_not_disturb: bool | None = None
    ) -> None:
        if not event.device or event.device in self._trunks:
            return
        extension = self._organisation.extension_number(event.device)
        known = self._devices.get(extension) or LiveDevice(
            extension=extension,
            state=DeviceState.UNKNOWN,
            do_not_disturb=False,
            state_since=event.occurred_at,
        )
        new_state = known.state if state is None else state
        self._devices[extension] = LiveDevice(
            extension=extension,
            state=new_state,
            do_not_disturb=known.do_not_disturb if do_not_disturb is None else do_not_disturb,
            state_since=known.state_since if new_state is known.state else event.occurred_at,
        )


def _queues(organisation: Organisation) -> set[str]:
    return {name for kind, name in organisation.groups if kind is GroupKind.QUEUE}
