"""Tables of the state of now that stand on several boards."""

from dashboards import live
from dashboards.colours import AGENT_STATES, WAIT_STEPS, in_text
from dashboards.figures import CLOCKS
from dashboards.panels import DURATION, Json, column, sql, table, thresholds
from dashboards.texts import Text
from reportgen.units import DATE_TIME, Unit

COLOURED_CELL = {"type": "color-background", "mode": "basic"}
COLOURED_WORDS = {"type": "color-text"}


def moment_settings(unit: Unit = DATE_TIME) -> Json:
    """Of a column with a day and a time, which stand on one line."""
    return {
        "unit": CLOCKS[unit.name],
        "custom.minWidth": 150,
        "custom.cellOptions": {"type": "auto"},
    }


def wait_column(name: str, heading: Text) -> Json:
    """Seconds of waiting, in the colour of their length."""
    return column(
        name,
        heading,
        unit=DURATION,
        thresholds=thresholds(in_text(WAIT_STEPS)),
        custom__cellOptions=COLOURED_WORDS,
        custom__width=170,
    )


def queues_table(*, width: int, height: int) -> Json:
    """Each queue with its callers and agents, the longest waiting first."""
    return table(
        Text("Wachtrijen nu", "Queues now"),
        [sql(live.QUEUES)],
        width=width,
        height=height,
        columns=[
            column("queue", Text("Wachtrij", "Queue")),
            column("waiting", Text("Wachtend", "Waiting"), custom__width=110),
            wait_column("longest_wait_seconds", Text("Langste wachttijd", "Longest wait")),
            column("available", Text("Beschikbaar", "Available"), custom__width=120),
            column("staffed", Text("Aangemeld", "Signed in"), custom__width=120),
        ],
    )


def agents_table(*, width: int, height: int) -> Json:
    """Each agent with its state, those who are at work first."""
    return table(
        Text("Agents nu", "Agents now"),
        [sql(live.AGENTS)],
        width=width,
        height=height,
        columns=[
            column("agent", Text("Agent", "Agent")),
            column("extension", Text("Toestel", "Extension"), custom__width=110),
            column(
                "state",
                Text("Toestand", "State"),
                mappings=AGENT_STATES,
                custom__cellOptions=COLOURED_CELL,
                custom__width=160,
            ),
            column("reason", Text("Reden", "Reason"), custom__width=160),
            column("state_seconds", Text("Duur", "For"), unit=DURATION, custom__width=120),
        ],
    )
