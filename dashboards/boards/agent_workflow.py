"""What each agent did today: states on a time line, first sign-in and last sign-out against the hours."""

from dashboards import agent_workflow as query
from dashboards.board import TODAY, Board
from dashboards.colours import AGENT_STATE_LOOKS, LATE_STEPS, in_text
from dashboards.links import report_link
from dashboards.panels import (
    DURATION,
    Json,
    column,
    sql,
    sql_over_time,
    state_time_line,
    table,
    thresholds,
    value_texts,
)
from dashboards.tables import COLOURED_WORDS
from dashboards.texts import Text
from dashboards.tiles import age_tile, gaps_tile
from dashboards.variables import agent_variable
from store.vocabulary import AgentState

CLOCK = "time:HH:mm"

NUMBERED_STATES = value_texts(
    {
        str(query.SIGNED_OUT): AGENT_STATE_LOOKS[AgentState.SIGNED_OUT],
        **{str(number): AGENT_STATE_LOOKS[state] for number, state in enumerate(query.STATES, start=1)},
    }
)


def _time_line() -> list[Json]:
    return [
        state_time_line(
            Text("Wat agents vandaag deden", "What agents did today"),
            [sql_over_time(query.TIME_LINE)],
            width=24,
            height=12,
            mappings=NUMBERED_STATES,
        )
    ]


def _punctuality() -> list[Json]:
    return [
        table(
            Text("Aanwezigheid vandaag", "Attendance today"),
            [sql(query.PUNCTUALITY)],
            width=24,
            height=10,
            columns=[
                column("agent", Text("Agent", "Agent"), links=[report_link("agent-status-detail")]),
                column("signed_in_at", Text("Eerste aanmelding", "First sign-in"), unit=CLOCK),
                _deviation("late_seconds", Text("Te laat", "Late by")),
                column("signed_out_at", Text("Laatste afmelding", "Last sign-out"), unit=CLOCK),
                _deviation("early_seconds", Text("Te vroeg weg", "Left early by")),
                column("signed_in_seconds", Text("Aangemeld", "Signed in"), unit=DURATION),
                column("busy_seconds", Text("In gesprek", "Talking"), unit=DURATION),
                column("wrap_up_seconds", Text("Nawerk", "Wrap-up"), unit=DURATION),
                column("unavailable_seconds", Text("Niet beschikbaar", "Unavailable"), unit=DURATION),
            ],
            description=Text(
                "Tegen de werktijden van de organisatie. Zonder laatste afmelding is de agent nog aangemeld.",
                "Against the organisation's working hours. Without a last sign-out the agent still works.",
            ),
        )
    ]


def _deviation(name: str, heading: Text) -> Json:
    return column(
        name,
        heading,
        unit=DURATION,
        thresholds=thresholds(in_text(LATE_STEPS)),
        custom__cellOptions=COLOURED_WORDS,
    )


AGENT_WORKFLOW = Board(
    uid="agent-workflow",
    title=Text("Agentverloop", "Agent workflow"),
    rows=[_time_line(), _punctuality(), [age_tile(width=12, height=3), gaps_tile(width=12, height=3)]],
    variables=[agent_variable()],
    refresh="1m",
    period=TODAY,
)
