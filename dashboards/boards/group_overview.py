"""The agents of a group: who is available, who is not, who does not want to be disturbed."""

from functools import partial

from dashboards import call_centre as query
from dashboards.board import TODAY, Board
from dashboards.colours import AGENT_STATES, ALARM
from dashboards.links import live_link
from dashboards.panels import CALM, DURATION, Json, column, sql, stat, table, value_texts
from dashboards.tables import COLOURED_CELL
from dashboards.texts import NO_TEXT, Text
from dashboards.tiles import age_tile
from dashboards.variables import queue_variable

tile = partial(stat, width=4, height=4, links=[live_link()])

DO_NOT_DISTURB = value_texts(
    {"true": (Text("Niet storen", "Do not disturb"), ALARM), "false": (NO_TEXT, CALM)}
)


def _tiles() -> list[Json]:
    return [
        tile(Text("Aangemeld", "Signed in"), [sql(query.AGENTS)], field="staffed"),
        tile(
            Text("Beschikbaar", "Available"),
            [sql(query.AGENTS)],
            field="idle",
            steps=((None, ALARM), (1, CALM)),
        ),
        tile(Text("In gesprek", "Talking"), [sql(query.AGENTS)], field="busy"),
        tile(Text("Niet beschikbaar", "Unavailable"), [sql(query.AGENTS)], field="unavailable"),
        tile(Text("Niet storen", "Do not disturb"), [sql(query.DO_NOT_DISTURB)]),
        age_tile(width=4, height=4),
    ]


def _members() -> list[Json]:
    return [
        table(
            Text("Agents per wachtrij", "Agents by queue"),
            [sql(query.GROUP_MEMBERS)],
            width=24,
            height=21,
            columns=[
                column("queue", Text("Wachtrij", "Queue")),
                column("agent", Text("Agent", "Agent")),
                column("extension", Text("Toestel", "Extension"), custom__width=120),
                column(
                    "state",
                    Text("Toestand", "State"),
                    mappings=AGENT_STATES,
                    custom__cellOptions=COLOURED_CELL,
                    custom__width=180,
                ),
                column(
                    "do_not_disturb",
                    Text("Niet storen", "Do not disturb"),
                    mappings=DO_NOT_DISTURB,
                    custom__cellOptions=COLOURED_CELL,
                    custom__width=160,
                ),
                column("reason", Text("Reden", "Reason")),
                column("state_seconds", Text("Duur", "For"), unit=DURATION, custom__width=140),
            ],
        )
    ]


GROUP_OVERVIEW = Board(
    uid="group-overview",
    title=Text("Groepsoverzicht", "Group overview"),
    rows=[_tiles(), _members()],
    variables=[queue_variable()],
    refresh="5s",
    period=TODAY,
)
