"""Runs benchmarks: `python -m benchmarks [NAME …]`; without names all modules of this package with a `run`.

Exit code 1 when a floor is missed.
"""

import importlib
import pkgutil
import sys
from typing import TYPE_CHECKING

import benchmarks

if TYPE_CHECKING:
    from collections.abc import Iterable

    from benchmarks.measurement import Measurement


def names() -> list[str]:
    """Benchmarks that there are."""
    return sorted(
        module.name
        for module in pkgutil.iter_modules(benchmarks.__path__)
        if not module.name.startswith("_")
        and hasattr(importlib.import_module(f"benchmarks.{module.name}"), "run")
    )


def main(wanted: list[str]) -> int:
    missed = 0
    for name in wanted or names():
        print(f"== {name}", flush=True)
        results: Iterable[Measurement] = importlib.import_module(f"benchmarks.{name}").run()
        for measurement in results:
            print(f"   {measurement.line()}", flush=True)
            missed += not measurement.holds
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
