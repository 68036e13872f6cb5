"""The boards as files: what stands in provisioning/grafana/dashboards."""

from pathlib import PurePosixPath

from dashboards.boards import BOARDS
from reportgen.texts import Language

FOLDER = PurePosixPath("provisioning/grafana/dashboards")
"""In the repository: a folder per language, and apart from them what only the operator may see."""


def files() -> dict[PurePosixPath, str]:
    """Path in the repository → content, of every board in every language."""
    return {
        (FOLDER / "operator" if board.operator_only else FOLDER) / language / f"{board.uid}.json": board.json(
            language
        )
        for board in BOARDS
        for language in Language
    }
