"""What each agent did today: states on a time line, first sign-in and last sign-out."""

from dashboards import agent_workflow as query
from dashboards.board import TODAY, Board
from dashboards.colours import AGENT_STATE_LOOKS
from dashboards.panels import DURATION, Json, column, sql, sql_over_time, state_time_line, table, value_texts
from dashboards.texts import Text
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
            height=15,
            mappings=NUMBERED_STATES,
        )
    ]


def _punctuality() -> list[Json]:
    return [
        table(
            Text("Aanwezigheid vandaag", "Attendance today"),
            [sql(query.PUNCTUALITY)],
            width=24,
            height=13,
            columns=[
                column("agent", Text("Agent", "Agent")),
                column("signed_in_at", Text("Eerste aanmelding", "First sign-in"), unit=CLOCK),
                column("signed_out_at", Text("Laatste afmelding", "Last sign-out"), unit=CLOCK),
                column("signed_in_seconds", Text("Aangemeld", "Signed in"), unit=DURATION),
                column("busy_seconds", Text("In gesprek", "Talking"), unit=DURATION),
                column("wrap_up_seconds", Text("Nawerk", "Wrap-up"), unit=DURATION),
                column("unavailable_seconds", Text("Niet beschikbaar", "Unavailable"), unit=DURATION),
            ],
            description=Text(
                "Zonder laatste afmelding is de agent nog aangemeld.",
                "Without a last sign-out the agent is still signed in.",
            ),
        )
    ]


AGENT_WORKFLOW = Board(
    uid="agent-workflow",
    title=Text("Agentverloop", "Agent workflow"),
    rows=[_time_line(), _punctuality()],
    refresh="1m",
    period=TODAY,
)
