"""What reports count of agents and do-not-disturb: calls given to agents, and stretches of time in a state.

A stretch is cut at the borders of the period, and for daily figures at local midnight too: 23:50 to 00:20 is
ten minutes of one day and twenty of the next. One that goes on still lasts until now.
"""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    DateTime,
    FromClause,
    Integer,
    Subquery,
    TableClause,
    and_,
    case,
    cast,
    extract,
    func,
    literal_column,
    or_,
    select,
)

from reportgen.catalogue import dimensions as by
from reportgen.catalogue import filters, tables
from reportgen.catalogue.parts import Columns, Condition, Rollup, Subject, Terms
from reportgen.texts import _
from store.vocabulary import STAFFED, AgentState, Direction, LegOutcome, LegRole

_NOW: ColumnElement[Any] = literal_column("now()")
_A_DAY: ColumnElement[Any] = literal_column("interval '1 day'")
_A_MOMENT: ColumnElement[Any] = literal_column("interval '1 microsecond'")


def _one_if(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return case((condition, 1), else_=0)


def _with_outcome(*outcomes: LegOutcome) -> Condition:
    return lambda c: c.outcome.in_([outcome.value for outcome in outcomes])


_answered = _with_outcome(LegOutcome.ANSWERED)


def _agent_legs(terms: Terms) -> FromClause:
    """Legs that ring agents, with whether another group passed the call on to the one that rang them.

    A leg outside the queues belongs to the agent who has the extension.
    """
    leg, visit, agent = tables.LEG.c, tables.VISIT.c, tables.AGENT.c
    overflowed = (
        select(visit.tenant_id, visit.call_id, visit.started_at, visit.contact_group)
        .where(visit.overflowed_from.is_not(None), terms.in_period(visit.started_at))
        .distinct()
        .subquery("overflowed")
    )
    own = (
        select(agent.extension, func.min(agent.pbx_name).label("agent"))
        .where(agent.extension.is_not(None))
        .group_by(agent.extension)
        .subquery("own")
    )
    same_visit = and_(
        leg.tenant_id == overflowed.c.tenant_id,
        leg.call_id == overflowed.c.call_id,
        leg.started_at == overflowed.c.started_at,
        leg.contact_group == overflowed.c.contact_group,
    )
    others = [column for name, column in leg.items() if name != "agent"]
    return (
        select(
            *others,
            func.coalesce(leg.agent, own.c.agent).label("agent"),
            overflowed.c.call_id.is_not(None).label("after_overflow"),
        )
        .join_from(tables.LEG, overflowed, same_visit, isouter=True)
        .outerjoin(own, and_(own.c.extension == leg.extension, leg.agent.is_(None)))
        .where(leg.role == LegRole.CALLED.value)
        .subquery("agent_leg")
    )


def _agent_legs_subject(name: str, only: Condition) -> Subject:
    return Subject(
        name=name,
        title=_("calls given to agents"),
        table=_agent_legs,
        counts=lambda c: c.rings,
        order=("started_at", "call_id", "leg_number"),
        only=only,
        derived={
            "agent_offered": lambda c: c.rings,
            "agent_missed": lambda c: _one_if(_with_outcome(LegOutcome.MISSED)(c)),
            "agent_bounced": lambda c: _one_if(_with_outcome(LegOutcome.BOUNCED)(c)),
            "agent_answered": lambda c: _one_if(_answered(c)),
            "agent_answered_ddi": lambda c: _one_if(and_(_answered(c), c.contact_group.is_(None))),
            "agent_answered_direct": lambda c: _one_if(
                and_(_answered(c), c.contact_group.is_not(None), ~c.after_overflow)
            ),
            "agent_answered_after_overflow": lambda c: _one_if(
                and_(_answered(c), c.contact_group.is_not(None), c.after_overflow)
            ),
            "agent_answer_seconds": lambda c: case((_answered(c), c.ring_seconds), else_=0),
        },
        filters=filters.LEG_FILTERS,
        rollups=(
            Rollup(
                tables.AGENT_CALL_DAY,
                "local_day",
                "day",
                ("agent", "contact_group", "direction"),
                only=only,
                derived={"agent_offered": lambda c: c.rings},
            ),
        ),
        lines=(
            by.started_at,
            by.call_type,
            by.outside_party,
            by.contact_group,
            by.agent,
            by.agent_name,
            by.extension,
            by.leg_outcome,
            by.ring_time,
            by.talk_time,
        ),
    )


def _of_a_group(c: Columns) -> ColumnElement[bool]:
    return and_(c.agent.is_not(None), c.contact_group.is_not(None))


AGENT_LEGS = _agent_legs_subject("agent_leg", _of_a_group)
ALL_AGENT_LEGS = _agent_legs_subject(
    "any_agent_leg",
    # Outside the groups a colleague's call is nobody's work as an agent.
    lambda c: and_(
        c.agent.is_not(None),
        or_(c.contact_group.is_not(None), c.direction == Direction.INCOMING.value),
    ),
)


def _is_bounced(c: Columns) -> ColumnElement[bool]:
    return and_(_of_a_group(c), _with_outcome(LegOutcome.BOUNCED)(c))


BOUNCED = Subject(
    name="bounced_call",
    title=_("bounced calls"),
    table=tables.LEG,
    counts=lambda c: c.rings,
    order=("started_at", "call_id", "leg_number"),
    only=_is_bounced,
    filters=filters.LEG_FILTERS,
)


_REACH: dict[FromClause, TableClause] = {
    tables.AGENT_STATE: tables.AGENT_STATE_REACH,
    tables.DEVICE_STATE: tables.DEVICE_STATE_REACH,
}
"""What says how far back a state can have begun that lasts into the period."""


def _begun_late_enough(view: FromClause, terms: Terms) -> tuple[ColumnElement[bool], ...]:
    """True of every state that lasts into the period; with it the index on the begin finds them."""
    if view not in _REACH:
        return ()
    reach = _REACH[view].c
    earliest = select(func.least(terms.start() - reach.longest, reach.open_since)).scalar_subquery()
    return (view.c.from_at >= earliest,)


def _stretches(view: FromClause, terms: Terms) -> Subquery:
    """The states within the period, cut at its borders."""
    c = view.c
    others = [column for name, column in c.items() if name not in ("from_at", "until_at")]
    until = func.coalesce(c.until_at, _NOW)
    return (
        select(
            *others,
            c.from_at.label("began_at"),
            c.until_at.label("ended_at"),
            func.greatest(c.from_at, terms.start()).label("from_at"),
            func.least(until, terms.end()).label("until_at"),
        )
        .where(
            c.from_at < terms.end(),
            until > terms.start(),
            until > c.from_at,
            *_begun_late_enough(view, terms),
        )
        .subquery("stretch")
    )


def days_of(view: FromClause, terms: Terms) -> FromClause:
    """The same, cut at local midnight too: each with its `local_day`."""
    zone = terms.zone
    part = _once_per_day(_stretches(view, terms), terms)
    c = part.c
    begins, ends = (func.timezone(zone(), moment) for moment in (c.local_day, c.local_day + _A_DAY))
    added = ("from_at", "until_at", "nights", "night")
    return select(
        *(column for name, column in c.items() if name not in added),
        case((c.night == 0, c.from_at), else_=begins).label("from_at"),
        case((c.night == c.nights, c.until_at), else_=ends).label("until_at"),
    ).subquery("day_part")


def _once_per_day(stretch: Subquery, terms: Terms) -> Subquery:
    """Each stretch as often as it has local days.

    A set in the list of columns: joined row by row, a year of states would take ten times as long.
    """
    c = stretch.c
    first, last = (
        cast(func.timezone(terms.zone(), moment), Date) for moment in (c.from_at, c.until_at - _A_MOMENT)
    )
    nights: ColumnElement[int] = last.op("-", return_type=Integer())(first)
    numbered = (
        select(*c, first.label("first_day"), nights.label("nights"))
        .where(c.until_at > c.from_at)
        .subquery("numbered")
    )
    each = select(
        *numbered.c, func.generate_series(literal_column("0"), numbered.c.nights).label("night")
    ).subquery("each")
    others = (column for name, column in each.c.items() if name != "first_day")
    local_day = each.c.first_day.op("+", return_type=Date())(each.c.night)
    return select(*others, cast(local_day, DateTime).label("local_day")).subquery("part")


def seconds_of(c: Columns) -> ColumnElement[int]:
    """From whole second to whole second, so that the parts of a stretch add up to it."""
    return cast(func.round(extract("epoch", c.until_at)) - func.round(extract("epoch", c.from_at)), Integer)


def seconds_in(seconds: Any, *states: AgentState) -> Any:
    names = [state.value for state in states]
    return lambda c: case((c.state.in_(names), seconds(c)), else_=0)


AVAILABLE = (AgentState.AVAILABLE, AgentState.RINGING, AgentState.BUSY)
_DERIVED: dict[str, Any] = {
    "started_at": lambda c: c.from_at,
    "seconds": seconds_of,
    "began": lambda c: _one_if(c.began_at == c.from_at),
}


def _of_states(seconds: Any) -> dict[str, Any]:
    """What a stretch adds to the times of states, when so many seconds of it count."""
    return {
        "available_seconds": seconds_in(seconds, *AVAILABLE),
        "signed_in_seconds": seconds_in(seconds, *STAFFED),
        "busy_seconds": seconds_in(seconds, AgentState.BUSY),
        "ready_seconds": seconds_in(seconds, AgentState.AVAILABLE),
        "ringing_seconds": seconds_in(seconds, AgentState.RINGING),
        "wrap_up_seconds": seconds_in(seconds, AgentState.WRAP_UP),
        "unavailable_seconds": seconds_in(seconds, AgentState.UNAVAILABLE),
        "occupied_seconds": seconds_in(seconds, AgentState.BUSY, AgentState.WRAP_UP),
        "working_seconds": seconds_in(
            seconds, *(state for state in STAFFED if state is not AgentState.UNAVAILABLE)
        ),
    }


_AGENT_DERIVED: dict[str, Any] = {
    **_DERIVED,
    **_of_states(seconds_of),
    "calls": lambda c: _one_if(and_(c.takes_up_call, c.began_at == c.from_at)),
}
_AGENT_DAY = Rollup(
    tables.AGENT_DAY,
    "local_day",
    "day",
    ("agent", "state", "reason"),
    derived=_of_states(lambda c: c.seconds),
)


def _counts(_columns: Columns) -> ColumnElement[int]:
    return literal_column("1")


def _signed_in(c: Columns) -> ColumnElement[bool]:
    return c.state != AgentState.SIGNED_OUT.value


_STATE_LINES = (by.agent, by.agent_name, by.status, by.reason, by.from_at, by.until_at, by.lasted)
_DND_LINES = (by.extension, by.extension_user, by.from_at, by.until_at, by.lasted)

AGENT_STATES = Subject(
    name="agent_state",
    title=_("states of agents"),
    table=lambda terms: _stretches(tables.AGENT_STATE, terms),
    time="from_at",
    counts=_counts,
    only=_signed_in,
    order=("from_at", "agent"),
    derived=_AGENT_DERIVED,
    filters=filters.STATE_FILTERS,
    rollups=(_AGENT_DAY,),
    lines=_STATE_LINES,
)
AGENT_DAYS = Subject(
    name="agent_state_day",
    title=_("states of agents"),
    table=lambda terms: days_of(tables.AGENT_STATE, terms),
    time="from_at",
    cut_at="day",
    counts=_counts,
    only=_signed_in,
    order=("from_at", "agent"),
    derived=_AGENT_DERIVED,
    filters=filters.STATE_FILTERS,
    rollups=(_AGENT_DAY,),
    lines=_STATE_LINES,
)
DND_STATES = Subject(
    name="device_state",
    title=_("do-not-disturb"),
    table=lambda terms: _stretches(tables.DEVICE_STATE, terms),
    time="from_at",
    counts=_counts,
    order=("from_at", "extension"),
    derived=_DERIVED,
    filters=filters.DEVICE_FILTERS,
    lines=_DND_LINES,
)
DND_DAYS = Subject(
    name="device_state_day",
    title=_("do-not-disturb"),
    table=lambda terms: days_of(tables.DEVICE_STATE, terms),
    time="from_at",
    cut_at="day",
    counts=_counts,
    order=("from_at", "extension"),
    derived=_DERIVED,
    filters=filters.DEVICE_FILTERS,
    lines=_DND_LINES,
)
