"""The live page: tiles that refresh themselves."""

from fastapi import APIRouter, Request, Response

from reportgen.live import Now, read_now
from reportgen.render.document import Named
from reportgen.texts import _
from reportgen.units import AGENT_STATES, COUNT, DURATION, PERCENT, Unit, Writer, hms
from reportgen.web.pages import language_of, page
from reportgen.web.problems import sentence
from reportgen.web.service import LiveReaderOf, Reader, Service, ServiceOf
from store.vocabulary import AgentState

router = APIRouter()

LONG_SECONDS = 100
OLD_SECONDS = 10
"""From this age on the page says that its data are old."""


@router.get("/live")
def live_page(request: Request, reader: LiveReaderOf, running: ServiceOf) -> Response:
    return _show("live.html", request, reader, running)


@router.get("/live/tiles")
def live_tiles(request: Request, reader: LiveReaderOf, running: ServiceOf) -> Response:
    """The part of the page that refreshes."""
    return _show("_live_tiles.html", request, reader, running)


def _show(template: str, request: Request, reader: Reader, running: Service) -> Response:
    tenant = reader.tenant
    now = running.clock()
    writer = Writer(language_of(request), tenant.time_zone, tenant.region)
    with running.connection() as connection:
        found = read_now(connection, tenant, now)
    return page(
        request,
        template,
        tenant=tenant.name,
        now_tiles=_now_tiles(found, writer),
        today_tiles=_today_tiles(found, writer),
        agents=[
            (state, writer.text(title), "–" if found.few_users else found.agents.get(AgentState(state), 0))
            for state, title in AGENT_STATES.items()
        ],
        message=sentence(found.few_users, writer.language) if found.few_users else "",
        age=_age(found, writer),
        old=found.age_seconds is None or found.age_seconds > OLD_SECONDS or not found.connected,
        clock=f"{writer.local(now):%H:%M:%S}",
    )


def _now_tiles(found: Now, writer: Writer) -> list[Named]:
    return _tiles(
        writer,
        (_("Waiting"), COUNT, found.waiting),
        (_("Longest wait"), DURATION, found.longest_wait_seconds),
        (_("Calls now"), COUNT, found.calls),
    )


def _today_tiles(found: Now, writer: Writer) -> list[Named]:
    return _tiles(
        writer,
        (_("GoS"), PERCENT, found.gos),
        (_("PCA"), PERCENT, found.pca),
        (_("Offered"), COUNT, found.offered),
        (_("Answered"), COUNT, found.answered),
        (_("Missed"), COUNT, found.missed),
    )


def _tiles(writer: Writer, *tiles: tuple[str, Unit, object]) -> list[Named]:
    return [Named(writer.text(title), writer.write(unit, value) or "–") for title, unit, value in tiles]


def _age(found: Now, writer: Writer) -> str:
    if found.age_seconds is None:
        return writer.text(_("No telephone system has been heard yet"))
    if not found.connected:
        return writer.text(_("No connection with the telephone system"))
    if found.age_seconds >= LONG_SECONDS:
        return writer.text(_("Data {age} old"), age=hms(found.age_seconds))
    return writer.text(_("Data {seconds} s old"), seconds=found.age_seconds)
