"""Folder 1: reports on users and their extensions."""

from reportgen.catalogue import dimensions as by
from reportgen.catalogue import measures as m
from reportgen.catalogue.parts import Chart, Folder, Report
from reportgen.catalogue.subjects import LEGS
from reportgen.texts import _

extension_activity = Report(
    slug="extension-activity",
    section="1.10",
    folder=Folder.USERS,
    title=_("Extension call activity"),
    subject=LEGS,
    summary=m.counts,
    dimensions=(by.extension, by.user),
    figures=(*m.counts, *m.talk, m.total_outgoing_talk, m.total_incoming_talk, m.average_leg_ring),
    chart=Chart(by.extension, (m.incoming, m.outgoing, m.internal)),
)

REPORTS = (extension_activity,)
