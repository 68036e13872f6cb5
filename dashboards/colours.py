"""Which value has which colour, the same on every board."""

from dashboards.panels import CALM, Steps, value_texts
from dashboards.texts import Text
from store.vocabulary import AgentState

WARNING, ALARM = "#c25700", "#c4162a"
"""Below white words, of which Grafana's own orange leaves too little to read; the same in both themes."""
GOOD, TALKING, AT_IT = "#37872d", "#3a6fd0", "#8f3bb8"

WAIT_STEPS: Steps = ((None, CALM), (20, WARNING), (60, ALARM))
"""Seconds of waiting: orange from the usual answer target on."""
AGE_STEPS: Steps = ((None, CALM), (5, WARNING), (15, ALARM))
"""Seconds since the PBX was heard."""
CLOCK_STEPS: Steps = ((None, WARNING), (600, GOOD))
"""Seconds that are left of a target."""
SHARE_STEPS: Steps = ((None, ALARM), (70, WARNING), (80, CALM))
"""Percentages of which more is better (GoS, PCA): 80 % is the usual service level."""


def in_text(steps: Steps) -> Steps:
    """The same steps for coloured words on the board's own colour, which is light or dark."""
    words = {CALM: "text", WARNING: "dark-orange", ALARM: "red"}
    return [(value, words.get(colour, colour)) for value, colour in steps]


def in_arc(steps: Steps) -> Steps:
    """The same steps for an arc and its number, which the board's own colour would hide."""
    arcs = dict.fromkeys((CALM, GOOD), "semi-dark-green") | {
        WARNING: "semi-dark-orange",
        ALARM: "semi-dark-red",
    }
    return [(value, arcs.get(colour, colour)) for value, colour in steps]


AGENT_STATE_LOOKS: dict[AgentState, tuple[Text, str]] = {
    AgentState.AVAILABLE: (Text("Beschikbaar", "Available"), GOOD),
    AgentState.RINGING: (Text("Gaat over", "Ringing"), "yellow"),
    AgentState.BUSY: (Text("In gesprek", "Talking"), TALKING),
    AgentState.WRAP_UP: (Text("Nawerk", "Wrap-up"), AT_IT),
    AgentState.UNAVAILABLE: (Text("Niet beschikbaar", "Unavailable"), WARNING),
    AgentState.SIGNED_OUT: (Text("Afgemeld", "Signed out"), CALM),
}
AGENT_STATES = value_texts({str(state): looks for state, looks in AGENT_STATE_LOOKS.items()})

CALL_STATES = value_texts(
    {
        "ringing": (Text("Gaat over", "Ringing"), "yellow"),
        "talking": (Text("In gesprek", "Talking"), TALKING),
        "held": (Text("In de wacht", "On hold"), AT_IT),
    }
)
