"""How wide the columns of a typeset table are, and how long texts fit in them."""

from collections.abc import Sequence
from dataclasses import dataclass

from reportgen.render.document import Document

FONT_SIZE = 8.5
PADDING = 9.5
"""Points: left and right of the text together."""
PORTRAIT_WIDTH, LANDSCAPE_WIDTH = 510.0, 756.0
"""Points: A4 between its margins."""
PORTRAIT_ROWS, LANDSCAPE_ROWS = 56, 36
"""That fit on one page under a heading of four lines, at the row height of long reports."""
WIDEST = 150.0
NARROWEST = 28.0
"""Points: below this texts are not cut further, and everything is made narrower."""
ROWS_MEASURED = 500
LONGEST_HEADING = 46.0
"""Points: a longer word in a heading is hyphenated."""
ROW_HEIGHT, ROW_HEIGHT_OF_TWO = 12.5, 19.5
"""Points, of long reports: of rows with one line, and with two."""
WORTH_A_LINE = 1.35
"""From here on a text lacks so much room that rows have two lines."""
FULL_OF_TWO = 1.5
"""Of two lines, what surely fits: words end where they will."""
SMALLEST_SCALE = 0.82
LONGEST_HYPHENATED = 24
LONGEST_WORD = 14
TOLERANCE = 0.01

_WIDEST_CHARACTER = 0.85 * FONT_SIZE
_NARROW = frozenset("ijl.,:;'|!()[] f t r-")
_WIDE = frozenset("mwMW@%")


@dataclass(frozen=True, slots=True)
class Layout:
    """Of one report's table."""

    widths: tuple[float, ...]
    """Points."""
    landscape: bool
    rows_per_page: int
    scale: float = 1.0
    """Of the letters: many columns have smaller ones."""
    lines: int = 1
    """Of text in a row of a long report; what does not fit in them is cut."""

    @property
    def row_height(self) -> float:
        """Points, of long reports."""
        return ROW_HEIGHT if self.lines == 1 else ROW_HEIGHT_OF_TWO

    def broken(self, rows: Sequence[Sequence[str]]) -> list[list[str]]:
        """The rows, with places to break in words that are longer than their column."""
        room = [(width - PADDING) / self.scale for width in self.widths]
        return [[breakable(text, space) for text, space in zip(row, room, strict=True)] for row in rows]

    def cut(self, row: Sequence[str]) -> list[str]:
        """The row, with texts that do not fit on their line cut short."""
        room = [(width - PADDING) / self.scale for width in self.widths]
        if self.lines == 1:
            return [shortened(text, space) for text, space in zip(row, room, strict=True)]
        return [
            breakable(shortened(text, space * FULL_OF_TWO), space)
            for text, space in zip(row, room, strict=True)
        ]


def lay_out(shown: Document, rows: Sequence[Sequence[str]], *, landscape: bool | None = None) -> Layout:
    """Portrait when the columns have room there; columns as wide as their texts, the rest shared out.

    Args:
        landscape: of a table on pages that others have chosen.
    """
    measured = [*rows[:ROWS_MEASURED], *([shown.totals] if shown.totals else [])]
    wanted = []
    for place, heading in enumerate(shown.headings):
        longest = max((text_width(row[place]) for row in measured), default=0.0)
        word = min(max((text_width(word) for word in heading.title.split()), default=0.0), LONGEST_HEADING)
        wanted.append(max(longest, word) if heading.whole else min(max(longest, word), WIDEST))
    padding = PADDING * len(wanted)
    if landscape is None:
        landscape = sum(wanted) + padding > PORTRAIT_WIDTH
    available = (LANDSCAPE_WIDTH if landscape else PORTRAIT_WIDTH) - padding
    scale = min(max(available / max(sum(wanted), 1.0), SMALLEST_SCALE), 1.0)
    texts = _fitted(
        [width * scale for width in wanted], [heading.whole for heading in shown.headings], available
    )
    squeezed = any(width * scale > given * WORTH_A_LINE for width, given in zip(wanted, texts, strict=True))
    rows_per_page = LANDSCAPE_ROWS if landscape else PORTRAIT_ROWS
    if squeezed:
        rows_per_page = int(rows_per_page * ROW_HEIGHT / ROW_HEIGHT_OF_TWO)
    return Layout(
        tuple(width + PADDING for width in texts), landscape, rows_per_page, scale, 2 if squeezed else 1
    )


def _fitted(wanted: Sequence[float], whole: Sequence[bool], available: float) -> tuple[float, ...]:
    """Shares out what is left over; what lacks is taken from the widest texts, which can break."""
    left_over = available - sum(wanted)
    if left_over >= 0:
        return tuple(width + left_over / len(wanted) for width in wanted)
    texts = [width for width, stays in zip(wanted, whole, strict=True) if not stays]
    widest = _level(texts, sum(texts) + left_over)
    if widest < NARROWEST:
        return tuple(width * available / sum(wanted) for width in wanted)
    return tuple(width if stays else min(width, widest) for width, stays in zip(wanted, whole, strict=True))


def _level(widths: Sequence[float], room: float) -> float:
    """The width that none may exceed so that all together take `room`."""
    rest, left = room, len(widths)
    for width in sorted(widths):
        if width * left >= rest:
            return rest / left
        rest, left = rest - width, left - 1
    return max(widths, default=0.0)


def text_width(text: str) -> float:
    """About how wide a text is, in points; on the generous side."""
    return sum(_character(each) for each in text) * FONT_SIZE


def _character(character: str) -> float:
    if character in _NARROW:
        return 0.32
    if character in _WIDE:
        return 0.85
    if character.isupper():
        return 0.68
    return 0.5 if character.isascii() else 0.75


def breakable(text: str, room: float) -> str:
    """The text, with zero-width spaces in words that are wider than `room`."""
    if text_width(text) <= room + TOLERANCE:
        return text
    return " ".join(
        _pieces(word) if text_width(word) > room and not _is_word(word) else word for word in text.split(" ")
    )


def _is_word(text: str) -> bool:
    """Whether the typesetter knows where to hyphenate it."""
    return text.rstrip("…").isalpha() and len(text) <= LONGEST_HYPHENATED


def _pieces(word: str) -> str:
    step = max(LONGEST_WORD // 2, 4)
    return "\u200b".join(word[start : start + step] for start in range(0, len(word), step))


def shortened(text: str, room: float) -> str:
    """The text, or as much of it as fits in `room` with an ellipsis."""
    if len(text) * _WIDEST_CHARACTER <= room or text_width(text) <= room + TOLERANCE:
        return text
    width = 0.85 * FONT_SIZE
    for place, character in enumerate(text):
        width += _character(character) * FONT_SIZE
        if width > room:
            return text[:place].rstrip() + "…"
    return text
