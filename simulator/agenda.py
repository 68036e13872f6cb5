"""When somebody is occupied: intervals of milliseconds that never overlap."""

from bisect import bisect_right


class Agenda:
    """One telephone, or one desk."""

    def __init__(self) -> None:
        self._begins: list[int] = []
        self._ends: list[int] = []

    def is_free(self, begin: int, end: int) -> bool:
        """Whether nothing is planned from `begin` up to `end`."""
        return self.next_free(begin, end - begin) == begin

    def next_free(self, begin: int, length: int) -> int:
        """The first moment at or after `begin` from which `length` milliseconds are free."""
        place = bisect_right(self._begins, begin)
        if place and self._ends[place - 1] > begin:
            begin = self._ends[place - 1]
        while place < len(self._begins) and self._begins[place] < begin + length:
            begin = self._ends[place]
            place += 1
        return begin

    def occupy(self, begin: int, end: int) -> None:
        """Occupied from `begin` up to `end`; the caller has seen to it that it is free."""
        if end > begin:
            place = bisect_right(self._begins, begin)
            self._begins.insert(place, begin)
            self._ends.insert(place, end)
