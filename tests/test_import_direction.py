"""Data flows one way, and so do imports."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

PURE_REPORTGEN = (
    "reportgen.access.editions",
    "reportgen.catalogue",
    "reportgen.compile",
    "reportgen.errors",
    "reportgen.texts",
    "reportgen.tiles.definition",
    "reportgen.tiles.predefined",
    "reportgen.units",
)

ALLOWED: dict[str, tuple[str, ...]] = {
    "store": (),
    "exporter": ("store",),
    "aggregator": ("store",),
    "reportgen": ("store",),
    "dashboards": ("store", *PURE_REPORTGEN),
    "simulator": ("store.vocabulary",),
    "gespreksrapportage": ("store", "exporter", "aggregator", "reportgen", "dashboards", "simulator"),
}
"""Package → what it may import of ours, besides itself."""


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """Every absolute module name that a file imports, with its line; `from a import b` gives a.b."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                yield node.lineno, f"{node.module}.{alias.name}"


def is_under(module: str, package: str) -> bool:
    return module == package or module.startswith(package + ".")


@pytest.mark.parametrize("package", ALLOWED)
def test_a_package_imports_only_what_lies_before_it(package: str) -> None:
    allowed = (package, *ALLOWED[package])
    wrong = [
        f"{path.relative_to(ROOT)}:{line} imports {module}"
        for path in sorted((ROOT / package).rglob("*.py"))
        for line, module in imported(path)
        if any(is_under(module, ours) for ours in ALLOWED)
        and not any(is_under(module, name) for name in allowed)
    ]
    assert wrong == []


def test_the_rule_sees_a_forbidden_import(tmp_path: Path) -> None:
    source = tmp_path / "wrong.py"
    source.write_text("from reportgen import run\nimport exporter.app as app\n", encoding="utf-8")
    assert [module for _, module in imported(source)] == ["reportgen.run", "exporter.app"]


def test_the_catalogue_is_light() -> None:
    """Importing it loads neither the web framework nor a drawing library nor a database driver."""
    program = "import sys, reportgen.catalogue, reportgen.tiles.predefined; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout.split()
    assert {"fastapi", "starlette", "matplotlib", "typst", "psycopg"}.isdisjoint(loaded)
