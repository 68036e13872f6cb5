"""What a benchmark says: a figure, its floor, and the limit of the same machine in the same run."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measurement:
    name: str
    value: float
    unit: str
    floor: float | None = None
    """What is asked for; with `smaller_is_better` the most that is allowed."""
    smaller_is_better: bool = False
    limit: float | None = None
    """What the machine can do at best, in the same unit."""
    limit_name: str = ""

    @property
    def holds(self) -> bool:
        """Whether the floor is reached; true when there is none."""
        if self.floor is None:
            return True
        return self.value <= self.floor if self.smaller_is_better else self.value >= self.floor

    def line(self) -> str:
        """For people."""
        parts = [f"{self.name}: {self.value:,.4g} {self.unit}"]
        if self.limit:
            parts.append(f"{self.value / self.limit:.2f} of {self.limit_name} ({self.limit:,.4g})")
        if self.floor is not None:
            sign = "≤" if self.smaller_is_better else "≥"
            parts.append(f"asked {sign} {self.floor:,.4g}: {'holds' if self.holds else 'MISSED'}")
        return "; ".join(parts)
