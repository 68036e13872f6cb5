"""Folder 3: how incoming calls were dealt with."""

from sqlalchemy import and_

from reportgen.catalogue import dimensions as by
from reportgen.catalogue import measures as m
from reportgen.catalogue.parts import Bars, Folder, HeatMap, Order, OverTime, Report, Shares, Top
from reportgen.catalogue.subjects import CALLS, MISSED_CALLS, is_abandoned
from reportgen.texts import _
from store.vocabulary import Direction

call_response = Report(
    slug="call-response",
    section="1.24",
    folder=Folder.INBOUND,
    title=_("Call response analysis"),
    subject=CALLS,
    summary=m.response_summary,
    dimensions=(by.hour,),
    figures=m.response,
    direction=Direction.INCOMING,
    charts=(OverTime((m.answered, m.missed), line=m.gos), Shares(by.outcome, m.offered)),
)

caller_tolerance = Report(
    slug="caller-tolerance",
    section="1.25",
    folder=Folder.INBOUND,
    title=_("Caller tolerance"),
    subject=CALLS,
    summary=(
        m.lost,
        m.average_lost_wait,
        m.median_lost_wait,
        m.percentile_lost_wait,
        m.longest_lost_wait,
    ),
    dimensions=(by.waited,),
    figures=(m.lost, m.lost_so_far),
    direction=Direction.INCOMING,
    only=is_abandoned,
    charts=(Bars(by.waited, (m.lost,), line=m.lost_so_far),),
)

missed_calls = Report(
    slug="missed-calls",
    section="1.26",
    folder=Folder.INBOUND,
    title=_("Missed calls"),
    subject=CALLS,
    summary=(m.total, m.average_ring),
    columns=(
        by.started_at,
        by.number,
        by.extension,
        by.user,
        by.ddi,
        by.cost_centre,
        by.department,
        by.division,
        by.duration,
        by.ring_time,
        by.outcome,
        by.call_type,
    ),
    direction=Direction.INCOMING,
    only=lambda c: c.missed == 1,
    charts=(Shares(by.outcome, m.total), HeatMap(m.total)),
)

unanswered_missed_calls = Report(
    slug="unanswered-missed-calls",
    section="1.27",
    folder=Folder.INBOUND,
    title=_("Missed calls still to be returned"),
    subject=MISSED_CALLS,
    summary=(m.total, m.average_ring),
    columns=(
        by.started_at,
        by.number,
        by.customer,
        by.extension,
        by.user,
        by.department,
        by.ddi,
        by.ring_time,
        by.outcome,
        by.call_type,
    ),
    only=lambda c: c.unreturned,
    charts=(OverTime((m.total,)),),
)

unreturned_missed_calls = Report(
    slug="unreturned-missed-calls",
    section="1.28",
    folder=Folder.INBOUND,
    title=_("Unreturned missed calls by caller"),
    subject=MISSED_CALLS,
    summary=(m.unreturned, m.callers),
    dimensions=(by.outside_number, by.customer),
    figures=(m.unreturned, m.first_missed, m.last_missed, m.waiting, m.total_ring, m.longest_ring),
    only=lambda c: and_(c.unreturned, c.missed == 1),
    order=(Order("first_missed"),),
    charts=(Top((by.outside_number, by.customer), (m.unreturned,)),),
)

REPORTS = (call_response, caller_tolerance, missed_calls, unanswered_missed_calls, unreturned_missed_calls)
