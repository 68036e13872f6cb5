"""Folders 4, 5 and 6: direct numbers, areas and customers."""

from sqlalchemy import ColumnElement, exists, select

from reportgen.catalogue import dimensions as by
from reportgen.catalogue import measures as m
from reportgen.catalogue import tables
from reportgen.catalogue.parts import (
    Chart,
    Column,
    Columns,
    Condition,
    Dimension,
    Folder,
    Order,
    OverTime,
    Report,
    Top,
)
from reportgen.catalogue.subjects import CALLS
from reportgen.texts import _
from store.vocabulary import Direction

CALL_LINE = (by.started_at, by.duration, by.number, by.area, by.ring_time, by.call_type, by.outcome)


ddi_activity = Report(
    slug="ddi-activity",
    section="1.29",
    folder=Folder.DIRECT_NUMBERS,
    title=_("Direct number call activity"),
    subject=CALLS,
    summary=m.response_summary,
    dimensions=(by.ddi, by.ddi_name, by.ddi_group),
    figures=m.response,
    direction=Direction.INCOMING,
    only=lambda c: c.ddi.is_not(None),
    charts=(Top((by.ddi, by.ddi_name), (m.answered, m.missed), note=m.gos),),
)


def _in_ddi_group(c: Columns) -> ColumnElement[bool]:
    ddi = tables.DDI.c
    then = ddi.valid.op("@>", is_comparison=True)(c.started_at)
    return exists(select(ddi.number).where(ddi.number == c.ddi, then, ddi.ddi_group_id.is_not(None)))


def _calls_by_ddi(
    slug: str, section: str, title: str, columns: tuple[Column, ...], only: Condition, chart: Chart
) -> Report:
    return Report(
        slug=slug,
        section=section,
        folder=Folder.DIRECT_NUMBERS,
        title=title,
        subject=CALLS,
        summary=(m.total, m.total_duration),
        columns=(*columns, by.extension, by.user, *CALL_LINE),
        direction=Direction.INCOMING,
        only=only,
        order=(Order("ddi"),),
        charts=(chart,),
    )


calls_by_ddi = _calls_by_ddi(
    "calls-by-ddi",
    "1.30",
    _("Calls by direct number"),
    (by.ddi, by.ddi_name),
    lambda c: c.ddi.is_not(None),
    Top((by.ddi, by.ddi_name), (m.answered, m.missed)),
)
calls_by_campaign = _calls_by_ddi(
    "calls-by-campaign",
    "1.31",
    _("Calls by campaign"),
    (by.ddi_group, by.ddi, by.ddi_name),
    _in_ddi_group,
    Top((by.ddi_group,), (m.answered, m.missed)),
)

daily_ddi_activity = Report(
    slug="daily-ddi-activity",
    section="1.32",
    folder=Folder.DIRECT_NUMBERS,
    title=_("Daily calls by direct number"),
    subject=CALLS,
    summary=(*m.response_summary, m.average_talk),
    dimensions=(by.day, by.ddi, by.ddi_name),
    figures=m.response,
    direction=Direction.INCOMING,
    only=lambda c: c.ddi.is_not(None),
    charts=(OverTime((m.answered, m.missed), line=m.gos),),
)


def _area_activity(slug: str, section: str, title: str, dimensions: tuple[Dimension, ...]) -> Report:
    known = dimensions[0].column
    return Report(
        slug=slug,
        section=section,
        folder=Folder.AREAS,
        title=title,
        subject=CALLS,
        summary=(m.total,),
        leading=(dimensions[0],),
        dimensions=dimensions,
        figures=m.traffic,
        only=lambda c: c[known].is_not(None),
        order=(Order("total", falling=True),),
        charts=(Top(dimensions, (m.incoming, m.outgoing)),),
    )


area_code_activity = _area_activity("area-code-activity", "1.33", _("Area code call activity"), (by.area,))
destination_activity = _area_activity(
    "destination-activity", "1.34", _("Destination call activity"), (by.destination, by.country)
)

TOP_CUSTOMERS = Top((by.customer,), (m.incoming, m.outgoing))

customer_activity = Report(
    slug="customer-activity",
    section="1.35",
    folder=Folder.CUSTOMERS,
    title=_("Customer call activity"),
    subject=CALLS,
    summary=m.counts,
    dimensions=(by.customer, by.outside_number),
    figures=(m.total, m.outgoing, m.incoming, m.missed, *m.talk),
    only=lambda c: c.customer_id.is_not(None),
    charts=(TOP_CUSTOMERS,),
)

calls_by_customer = Report(
    slug="calls-by-customer",
    section="1.36",
    folder=Folder.CUSTOMERS,
    title=_("Calls by customer"),
    subject=CALLS,
    summary=(m.total, m.total_duration, m.average_duration),
    columns=(
        by.customer,
        by.started_at,
        by.duration,
        by.number,
        by.area,
        by.ddi,
        by.extension,
        by.user,
        by.cost_centre,
        by.department,
        by.division,
        by.ring_time,
        by.call_type,
        by.answered_by,
        by.went_to,
        by.ended_at,
        by.ended_by,
    ),
    only=lambda c: c.customer_id.is_not(None),
    order=(Order("customer_id"),),
    charts=(TOP_CUSTOMERS,),
)

REPORTS = (
    ddi_activity,
    calls_by_ddi,
    calls_by_campaign,
    daily_ddi_activity,
    area_code_activity,
    destination_activity,
    customer_activity,
    calls_by_customer,
)
