"""What the picture of a call's course needs beside its parts."""

from reportgen.catalogue import dimensions as by
from reportgen.catalogue import group_measures as g
from reportgen.catalogue.parts import Column, Folder, Report
from reportgen.catalogue.subjects import VISITS
from reportgen.units import DATE_TIME, TEXT

STAYS = Report(
    slug="stays",
    section="",
    folder=Folder.TIME_AND_DAY,
    title="",
    subject=VISITS,
    summary=(g.visit_offered,),
    columns=(
        by.call_id,
        Column("group_key", "", TEXT, "contact_group"),
        Column("group", "", TEXT, "contact_group", "", by.contact_group.lookup),
        Column("entered", "", DATE_TIME, "entered_at"),
        Column("answered_at", "", DATE_TIME, "answered_at"),
        Column("left", "", DATE_TIME, "left_at"),
    ),
)
"""Every visit of a call to a queue or a hunt group; no report of the catalogue."""
