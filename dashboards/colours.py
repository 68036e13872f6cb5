"""Which value has which colour, the same on every board."""

from dashboards.panels import CALM, Steps, value_texts
from dashboards.texts import Text
from store.vocabulary import AgentState

WARNING = "semi-dark-orange"
ALARM = "semi-dark-red"

WAIT_STEPS: Steps = ((None, CALM), (20, WARNING), (60, ALARM))
"""Seconds of waiting: orange from the usual answer target on."""
AGE_STEPS: Steps = ((None, CALM), (5, WARNING), (15, ALARM))
"""Seconds since the PBX was heard."""
CLOCK_STEPS: Steps = ((None, WARNING), (600, "semi-dark-green"))
"""Seconds that are left of a target."""
SHARE_STEPS: Steps = ((None, ALARM), (70, WARNING), (80, CALM))
"""Percentages of which more is better (GoS, PCA): 80 % is the usual service level."""


def in_text(steps: Steps) -> Steps:
    """The same steps for coloured words, which would be invisible in the board's own colour."""
    return [(value, "text" if colour == CALM else colour) for value, colour in steps]


AGENT_STATE_LOOKS: dict[AgentState, tuple[Text, str]] = {
    AgentState.AVAILABLE: (Text("Beschikbaar", "Available"), "green"),
    AgentState.RINGING: (Text("Gaat over", "Ringing"), "yellow"),
    AgentState.BUSY: (Text("In gesprek", "Talking"), "blue"),
    AgentState.WRAP_UP: (Text("Nawerk", "Wrap-up"), "purple"),
    AgentState.UNAVAILABLE: (Text("Niet beschikbaar", "Unavailable"), "orange"),
    AgentState.SIGNED_OUT: (Text("Afgemeld", "Signed out"), CALM),
}
AGENT_STATES = value_texts({str(state): looks for state, looks in AGENT_STATE_LOOKS.items()})

CALL_STATES = value_texts(
    {
        "ringing": (Text("Gaat over", "Ringing"), "yellow"),
        "talking": (Text("In gesprek", "Talking"), "blue"),
        "held": (Text("In de wacht", "On hold"), "purple"),
    }
)
