"""What each agent does in each queue now: from events, without input or output."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from exporter.live_rows import LiveAgent
from store.event import Event
from store.organisation import Organisation
from store.vocabulary import AgentState, EventKind, GroupKind

DeviceUse = Mapping[str, Sequence[tuple[str, datetime]]]
"""Device → states ("ringing", "talking", "held") of its connections, and since when."""

NOT_READY = "not_ready"

LONGEST_WRAP_UP = timedelta(hours=1)
"""Wrap-up that the PBX announces ends by itself after this, if no word of the agent ends it."""


_GAVE_AWAY = ("", "")
"""Instead of a call that the agent left, but that the queue does not take for completed yet."""

_USES = frozenset({EventKind.ORIGINATED, EventKind.DELIVERED})
"""The telephone calls somebody, or is called."""


@dataclass(slots=True)
class _Membership:
    since: datetime
    signed_in: bool = True
    paused_since: datetime | None = None
    reason: str | None = None


@dataclass(slots=True)
class _Agent:
    device: str = ""
    wrap_up_from: datetime | None = None
    wrap_up_until: datetime | None = None
    serves: tuple[str, str] | None = None
    """Call and queue of the caller who was put through last, until the queue tells that it is completed."""
    wrap_up_announced: bool = False
    """The PBX itself said so: then the agent's next word ends it."""


class LiveAgents:
    """Agents by the PBX's names, with the queues that they belong to."""

    def __init__(self, organisation: Organisation) -> None:
        self._organisation = organisation
        self._agents: dict[str, _Agent] = {}
        self._by_device: dict[str, _Agent] = {}
        self._memberships: dict[tuple[str, str], _Membership] = {}
        self._handlers: dict[EventKind, Callable[[Event], None]] = {
            EventKind.AGENT_MEMBERSHIP: self._membership,
            EventKind.AGENT_LOGGED_ON: self._logged_on,
            EventKind.AGENT_LOGGED_OFF: self._logged_off,
            EventKind.AGENT_READY: self._ready,
            EventKind.AGENT_NOT_READY: self._not_ready,
            EventKind.AGENT_CONNECTED: self._connected,
            EventKind.AGENT_COMPLETED: self._completed,
            EventKind.AGENT_WORKING_AFTER_CALL: self._working_after_call,
        }

    def use(self, organisation: Organisation) -> None:
        """Goes on with an organisation that was changed meanwhile."""
        self._organisation = organisation

    def apply(self, event: Event) -> None:
        """Brings the state up to this event."""
        if not event.agent:
            self._follow_telephone(event)
            return
        agent = self._agents.setdefault(event.agent, _Agent())
        if event.device:
            agent.device = event.device
            self._by_device[event.device] = agent
        if (handler := self._handlers.get(event.kind)) is not None:
            handler(event)

    def clear(self) -> None:
        """Nothing that was known holds any more."""
        self._agents.clear()
        self._by_device.clear()
        self._memberships.clear()

    def rows(self, now: datetime, in_use: DeviceUse, freed_at: Mapping[str, datetime]) -> Iterator[LiveAgent]:
        """One for each agent in each queue.

        Args:
            now: UTC; wrap-up ends by the clock, not by an event.
            in_use: what the devices do.
            freed_at: device → when its last connection ended.
        """
        for (name, queue), membership in self._memberships.items():
            agent = self._agents[name]
            device = agent.device or self._known_device(name)
            state, since, reason = self._state(agent, membership, now, in_use.get(device, ()))
            if state is AgentState.AVAILABLE and device in freed_at:
                since = max(since, freed_at[device])
            yield LiveAgent(
                agent=name,
                contact_group=queue,
                extension=self._organisation.extension_number(device) if device else None,
                state=state,
                reason=reason,
                state_since=since,
            )

    def _state(
        self,
        agent: _Agent,
        membership: _Membership,
        now: datetime,
        connections: Sequence[tuple[str, datetime]],
    ) -> tuple[AgentState, datetime, str | None]:
        if not membership.signed_in:
            return AgentState.SIGNED_OUT, membership.since, None
        talking = [since for state, since in connections if state != "ringing"]
        if talking:
            return AgentState.BUSY, min(talking), None
        ringing = [since for state, since in connections if state == "ringing"]
        if ringing:
            return AgentState.RINGING, min(ringing), None
        if agent.wrap_up_from is not None and agent.wrap_up_until is not None and now < agent.wrap_up_until:
            return AgentState.WRAP_UP, agent.wrap_up_from, None
        if membership.paused_since is not None:
            return AgentState.UNAVAILABLE, membership.paused_since, membership.reason
        return AgentState.AVAILABLE, max(membership.since, agent.wrap_up_until or membership.since), None

    def _known_device(self, name: str) -> str:
        known = self._organisation.agent(name)
        return known.extension or "" if known else ""

    # What each kind of event changes.

    def _membership(self, event: Event) -> None:
        paused_since = event.occurred_at if event.cause == NOT_READY else None
        known = self._memberships.get((event.agent, event.queue))
        if known is None or not known.signed_in:
            known = self._memberships[event.agent, event.queue] = _Membership(event.occurred_at)
        if paused_since is None or known.paused_since is None:
            known.paused_since = paused_since

    def _logged_on(self, event: Event) -> None:
        self._memberships[event.agent, event.queue] = _Membership(event.occurred_at)

    def _logged_off(self, event: Event) -> None:
        for membership in self._concerned(event):
            membership.signed_in = False
            membership.since = event.occurred_at
            membership.paused_since = membership.reason = None

    def _ready(self, event: Event) -> None:
        self._end_announced_wrap_up(event)
        for membership in self._concerned(event):
            if membership.paused_since is not None:
                membership.since = event.occurred_at
            membership.paused_since = membership.reason = None

    def _not_ready(self, event: Event) -> None:
        self._end_announced_wrap_up(event)
        for membership in self._concerned(event):
            membership.paused_since = event.occurred_at
            membership.reason = event.cause or None

    def _connected(self, event: Event) -> None:
        self._agents[event.agent].serves = event.call, event.queue

    def _completed(self, event: Event) -> None:
        """Of an agent who gave the caller away the queue may tell this long after: that is known already."""
        agent = self._agents[event.agent]
        another = agent.serves is not None and event.call not in ("", agent.serves[0])
        if not another and agent.serves != _GAVE_AWAY:
            self._wrap_up_as_set(agent, event.queue, event.occurred_at)
            agent.serves = None

    def _follow_telephone(self, event: Event) -> None:
        """Leaving a queue's caller begins wrap-up; whatever comes next on the agent's telephone ends it."""
        agent = self._by_device.get(event.device)
        if agent is None:
            return
        if event.kind in _USES and agent.wrap_up_until is not None:
            agent.wrap_up_until = min(agent.wrap_up_until, event.occurred_at)
        elif event.kind is EventKind.CLEARED and agent.serves and agent.serves[0] == event.call:
            self._wrap_up_as_set(agent, agent.serves[1], event.occurred_at)
            agent.serves = _GAVE_AWAY

    def _wrap_up_as_set(self, agent: _Agent, queue: str, begin: datetime) -> None:
        """Asterisk tells of no wrap-up: it lets an agent be for as long as the queue's setting says."""
        group = self._organisation.group(GroupKind.QUEUE, queue)
        agent.wrap_up_from = begin
        agent.wrap_up_until = begin + timedelta(seconds=group.wrap_up_seconds if group else 0)
        agent.wrap_up_announced = False

    def _working_after_call(self, event: Event) -> None:
        agent = self._agents[event.agent]
        agent.wrap_up_from = event.occurred_at
        agent.wrap_up_until = event.occurred_at + LONGEST_WRAP_UP
        agent.wrap_up_announced = True

    def _end_announced_wrap_up(self, event: Event) -> None:
        agent = self._agents[event.agent]
        if agent.wrap_up_announced and agent.wrap_up_until is not None:
            agent.wrap_up_until = min(agent.wrap_up_until, event.occurred_at)

    def _concerned(self, event: Event) -> list[_Membership]:
        """The agent's membership of the event's queue; without a queue, all of them."""
        if event.queue:
            key = (event.agent, event.queue)
            return [self._memberships.setdefault(key, _Membership(event.occurred_at))]
        return [one for (agent, _), one in self._memberships.items() if agent == event.agent]
