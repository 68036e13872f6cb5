"""Folder 3: how incoming calls were dealt with."""

from reportgen.catalogue import dimensions as by
from reportgen.catalogue import measures as m
from reportgen.catalogue.parts import Chart, Folder, Report
from reportgen.catalogue.subjects import CALLS
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
    chart=Chart(by.hour, (m.answered, m.missed), line=m.gos),
)

REPORTS = (call_response,)
