"""Folder 1: users, their extensions and the units that they belong to."""

from reportgen.catalogue import dimensions as by
from reportgen.catalogue import measures as m
from reportgen.catalogue.parts import Dimension, FirstRows, Folder, Order, Report, Top
from reportgen.catalogue.subjects import CALLS, LEG_LINES, LEGS, touched
from reportgen.texts import _
from store.vocabulary import OrganisationUnitKind

DIRECTIONS = (m.incoming, m.outgoing, m.internal)
COUNTED = (*m.counts, *m.talk)

extension_activity = Report(
    slug="extension-activity",
    section="1.10",
    folder=Folder.USERS,
    title=_("Extension call activity"),
    subject=LEGS,
    summary=m.counts,
    dimensions=(by.extension, by.user),
    figures=(*COUNTED, m.total_outgoing_talk, m.total_incoming_talk, m.average_leg_ring),
    charts=(Top((by.extension, by.user), DIRECTIONS),),
)


def _unit_activity(
    kind: OrganisationUnitKind, unit: Dimension, slug: str, section: str, title: str, second: Dimension
) -> Report:
    return Report(
        slug=slug,
        section=section,
        folder=Folder.USERS,
        title=title,
        subject=touched(kind),
        summary=m.counts,
        dimensions=(unit, second),
        figures=COUNTED,
        charts=(Top((unit,), DIRECTIONS),),
    )


cost_centre_activity = _unit_activity(
    OrganisationUnitKind.COST_CENTRE,
    by.cost_centre,
    "cost-centre-activity",
    "1.11",
    _("Cost centre call activity"),
    by.call_type,
)
department_activity = _unit_activity(
    OrganisationUnitKind.DEPARTMENT,
    by.department,
    "department-activity",
    "1.12",
    _("Department call activity"),
    by.call_type,
)
division_activity = _unit_activity(
    OrganisationUnitKind.DIVISION,
    by.division,
    "division-activity",
    "1.13",
    _("Division call activity"),
    by.destination,
)
site_activity = _unit_activity(
    OrganisationUnitKind.SITE, by.site, "site-activity", "1.14", _("Site call activity"), by.call_type
)

calls_by_extension = Report(
    slug="calls-by-extension",
    section="1.15",
    folder=Folder.USERS,
    title=_("Calls by extension"),
    subject=LEG_LINES,
    summary=(m.total, m.leg_duration),
    columns=(
        by.extension,
        by.user,
        by.department,
        by.started_at,
        by.leg_duration,
        by.other_party,
        by.area_of_call,
        by.ddi,
        by.ring_time,
        by.call_type,
        by.leg_outcome,
        by.answered_by_of_call,
        by.went_to,
        by.ended_at,
    ),
    order=(Order("extension"),),
    charts=(Top((by.extension, by.user), DIRECTIONS),),
)

longest_calls = Report(
    slug="longest-calls",
    section="1.16",
    folder=Folder.USERS,
    title=_("Longest calls"),
    subject=CALLS,
    summary=(m.total,),
    leading=(by.duration, by.user),
    columns=(
        by.duration,
        by.extension,
        by.user,
        by.department,
        by.started_at,
        by.number,
        by.area,
        by.ddi,
        by.ring_time,
        by.call_type,
    ),
    only=lambda c: c.conversations == 1,
    order=(Order("duration_seconds", falling=True),),
    charts=(FirstRows((by.user, by.started_at), by.duration),),
)

REPORTS = (
    extension_activity,
    cost_centre_activity,
    department_activity,
    division_activity,
    site_activity,
    calls_by_extension,
    longest_calls,
)
