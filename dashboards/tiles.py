"""Tiles that stand on several boards."""

from dashboards import live
from dashboards.colours import AGE_STEPS, ALARM
from dashboards.panels import CALM, DURATION, Json, sql, stat
from dashboards.texts import Text


def age_tile(*, width: int, height: int) -> Json:
    """How old the state of now on the board is."""
    return stat(
        Text("Laatste bericht van de centrale", "Last heard from the PBX"),
        [sql(live.AGE)],
        width=width,
        height=height,
        unit=DURATION,
        steps=AGE_STEPS,
        description=Text(
            "Hoe oud de gegevens van nu op dit bord zijn.", "How old this board's figures of now are."
        ),
    )


def gaps_tile(*, width: int, height: int) -> Json:
    """Whether today's figures lack something."""
    return stat(
        Text("Gaten in de gegevens vandaag", "Gaps in the data today"),
        [sql(live.UNFINISHED_GAPS)],
        width=width,
        height=height,
        steps=((None, CALM), (1, ALARM)),
        description=Text(
            "Hoe vaak vandaag niemand naar de centrale luisterde zonder dat de gegevens zijn aangevuld.",
            "How often nobody listened to the PBX today without the data having been filled in since.",
        ),
    )
