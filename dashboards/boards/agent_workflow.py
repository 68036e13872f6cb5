"""What each agent did today: states on a time line, first sign-in and last sign-out against the hours."""

from dashboards import agent_workflow as query
from dashboards.board import TODAY, Board
from dashboards.colours import AGENT_STATE_LOOKS
from dashboards.panels import Json, sql_over_time, state_time_line, value_texts
from dashboards.report_panels import report_table
from dashboards.texts import Text
from dashboards.tiles import age_tile, gaps_tile
from dashboards.variables import AGENT, agent_variable
from store.vocabulary import AgentState

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
        report_table(
            "availability-punctuality",
            width=24,
            height=10,
            filter_on={"agent": [AGENT]},
            row={"agent": "agent"},
        )
    ]


AGENT_WORKFLOW = Board(
    uid="agent-workflow",
    title=Text("Agentverloop", "Agent workflow"),
    rows=[_time_line(), _punctuality(), [age_tile(width=12, height=3), gaps_tile(width=12, height=3)]],
    variables=[agent_variable()],
    refresh="1m",
    period=TODAY,
)
