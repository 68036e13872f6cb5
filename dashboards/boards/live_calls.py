"""Who rings, talks and waits now, call by call."""

from functools import partial

from dashboards import live
from dashboards.board import TODAY, Board
from dashboards.colours import ALARM, CALL_STATES, WAIT_STEPS, WARNING
from dashboards.links import live_link, report_link
from dashboards.panels import CALM, DURATION, Json, column, sql, stat, table, value_texts
from dashboards.tables import COLOURED_CELL, queues_table, wait_column
from dashboards.texts import Text, catalogue_text
from dashboards.tiles import age_tile
from dashboards.variables import ddi_variable
from reportgen.units import DIRECTIONS

tile = partial(stat, width=5, height=4, links=[live_link()])

DIRECTION_TEXTS = value_texts({word: (catalogue_text(text), "text") for word, text in DIRECTIONS.items()})


def _tiles() -> list[Json]:
    return [
        tile(Text("Gesprekken nu", "Calls now"), [sql(live.TALKING)]),
        tile(Text("Gaat over", "Ringing"), [sql(live.RINGING)]),
        tile(
            Text("Wachtenden", "Callers waiting"),
            [sql(live.WAITING)],
            steps=((None, CALM), (3, WARNING), (6, ALARM)),
        ),
        tile(
            Text("Langste wachttijd nu", "Longest wait now"),
            [sql(live.LONGEST_WAIT)],
            unit=DURATION,
            steps=WAIT_STEPS,
        ),
        age_tile(width=4, height=4),
    ]


def _calls() -> list[Json]:
    return [
        table(
            Text("Lopende gesprekken", "Calls in progress"),
            [sql(live.CALLS)],
            width=24,
            height=11,
            columns=[
                column("direction", Text("Soort", "Type"), mappings=DIRECTION_TEXTS, custom__width=130),
                column(
                    "state",
                    Text("Toestand", "State"),
                    mappings=CALL_STATES,
                    custom__cellOptions=COLOURED_CELL,
                    custom__width=130,
                ),
                column("party", Text("Gebruiker of toestel", "User or device")),
                column(
                    "extension",
                    Text("Toestel", "Extension"),
                    custom__width=110,
                    links=[report_link("calls-by-extension", "extension=${__value.raw:percentencode}")],
                ),
                column("ddi_name", Text("Lijn", "Line")),
                column("ddi", Text("Direct nummer", "Direct number"), custom__width=170),
                column("number", Text("Nummer", "Number"), custom__width=170),
                column("state_seconds", Text("Duur", "For"), unit=DURATION, custom__width=120),
            ],
        )
    ]


def _waiting() -> list[Json]:
    return [
        table(
            Text("Wachtende bellers", "Callers waiting"),
            [sql(live.CALLERS_WAITING)],
            width=14,
            height=11,
            columns=[
                column("queue", Text("Wachtrij", "Queue")),
                column("number", Text("Nummer", "Number"), custom__width=160),
                column("customer", Text("Klant", "Customer")),
                column("ddi_name", Text("Lijn", "Line")),
                column("ddi", Text("Direct nummer", "Direct number"), custom__width=160),
                wait_column("wait_seconds", Text("Wacht", "Waiting for")),
            ],
        ),
        queues_table(width=10, height=11),
    ]


LIVE_CALLS = Board(
    uid="live-calls",
    title=Text("Gesprekken nu", "Live calls"),
    rows=[_tiles(), _calls(), _waiting()],
    variables=[ddi_variable()],
    refresh="5s",
    period=TODAY,
)
