"""From a figure on a board to the portal's page of the same: its report, filters and days."""

from dashboards.panels import Json
from dashboards.texts import Text, catalogue_text
from reportgen.catalogue import find_report, now

PATH = "board-report"
"""The portal's door for boards: it takes a board's choices by the names that they have there."""


def report_link(slug: str, row: str = "") -> Json:
    """To a report with the board's days and choices.

    Args:
        row: a filter of the report with what it shall hold of the row that is clicked, as Grafana writes it:
            `number=${__data.fields.number}`.
    """
    title = catalogue_text(find_report(slug).title)
    own = f"&{row}" if row else ""
    return _link(
        Text("Naar het rapport", "To the report").followed_by(Text(f"“{title.nl}”", f"“{title.en}”")),
        f"${{portal}}/{PATH}/{slug}?from=${{from_day}}&to=${{to_day}}&${{__all_variables}}{own}",
    )


def own_link(slug: str, query: str) -> Json:
    """To a report with filters and a period of a tile's own, or to the page of now."""
    return _link(Text("Naar het portaal", "To the portal"), f"${{portal}}/{PATH}/{slug}?{query}".rstrip("?"))


def live_link() -> Json:
    """To the portal's own page of now."""
    return _link(Text("Naar het portaal", "To the portal"), f"${{portal}}/{PATH}/{now.SLUG}")


def board_link(uid: str, title: Text, choice: str = "") -> Json:
    """To another board, with what is chosen here.

    Args:
        uid: without its language.
        choice: what else is chosen there, such as `var-queue=${__data.fields.queue}`.
    """
    languages = Text(f"{uid}-nl", f"{uid}-en")
    return {
        "title": title,
        "url": Text(*(f"/d/{each}?{choice or '${__all_variables}'}" for each in languages)),
        "targetBlank": False,
    }


def _link(title: Text, url: str) -> Json:
    return {"title": title, "url": url, "targetBlank": True}
