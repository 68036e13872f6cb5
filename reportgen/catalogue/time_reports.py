"""Folder 2: reports by time and day."""

from reportgen.catalogue import dimensions as by
from reportgen.catalogue import measures as m
from reportgen.catalogue.parts import Bars, Chart, Dimension, Folder, HeatMap, OverTime, Report, TimeLines
from reportgen.catalogue.subjects import CALL_PARTS, CALLS, LEGS
from reportgen.texts import _

DIRECTIONS = (m.incoming, m.outgoing, m.internal)
RHYTHM = (OverTime(DIRECTIONS), HeatMap(m.total))

calls_by_date = Report(
    slug="calls-by-date",
    section="1.17",
    folder=Folder.TIME_AND_DAY,
    title=_("Calls by date"),
    subject=CALLS,
    summary=(m.total, m.average_duration, m.average_ring),
    columns=(
        by.started_at,
        by.call_type,
        by.extension,
        by.user,
        by.number,
        by.area,
        by.ddi,
        by.ring_time,
        by.duration,
        by.outcome,
        by.answered_by,
        by.went_to,
        by.ended_at,
    ),
    charts=(OverTime(DIRECTIONS),),
)


def _activity(slug: str, section: str, title: str, stretch: Dimension, *charts: Chart) -> Report:
    return Report(
        slug=slug,
        section=section,
        folder=Folder.TIME_AND_DAY,
        title=title,
        subject=CALLS,
        summary=m.counts,
        dimensions=(stretch,),
        figures=(*m.counts, *m.talk),
        charts=charts or (Bars(stretch, DIRECTIONS),),
    )


half_hourly_activity = _activity(
    "half-hourly-activity", "1.18", _("Half-hourly call activity"), by.half_hour, *RHYTHM
)
hourly_activity = _activity("hourly-activity", "1.19", _("Hourly call activity"), by.hour, *RHYTHM)
hourly_extension_activity = Report(
    slug="hourly-extension-activity",
    section="1.20",
    folder=Folder.TIME_AND_DAY,
    title=_("Hourly call activity by extension"),
    subject=LEGS,
    summary=m.counts,
    dimensions=(by.hour, by.extension, by.user),
    figures=(*m.counts, m.average_talk, m.average_incoming_talk),
    charts=(HeatMap(m.total),),
)
daily_activity = _activity("daily-activity", "1.21", _("Daily call activity"), by.day)
monthly_activity = _activity("monthly-activity", "1.22", _("Monthly call activity"), by.month)

call_lifecycle = Report(
    slug="call-lifecycle",
    section="1.23",
    folder=Folder.TIME_AND_DAY,
    title=_("Call life cycle"),
    subject=CALL_PARTS,
    summary=(m.distinct_calls,),
    columns=(
        by.call_id,
        by.started_at,
        by.part,
        by.call_type,
        by.leg_kind,
        by.leg_role,
        by.party,
        by.user,
        by.offered_at,
        by.answered_at,
        by.part_ended_at,
        by.ring_time,
        by.talk_time,
        by.hold_time,
        by.leg_outcome,
    ),
    charts=(TimeLines(),),
)

REPORTS = (
    calls_by_date,
    half_hourly_activity,
    hourly_activity,
    hourly_extension_activity,
    daily_activity,
    monthly_activity,
    call_lifecycle,
)
