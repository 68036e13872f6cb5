"""The files that are made from code and kept in the repository: `python -m gespreksrapportage.generated`.

Without `--check` they are written; with it they are compared, and the exit code is 1 when one is not current.
"""

from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath

import click

import dashboards.build

ROOT = Path(__file__).parent.parent

GENERATORS: Mapping[PurePosixPath, Callable[[], dict[PurePosixPath, str]]] = {
    dashboards.build.FOLDER: dashboards.build.files,
}
"""Folder → what makes all files of their kind in it: path in the repository → content."""


def differences(root: Path = ROOT) -> list[str]:
    """One sentence for each file that is missing, not current or made by nothing any more."""
    found = []
    for folder, generate in GENERATORS.items():
        files = generate()
        present = _present(root, folder, files)
        found += [f"{path} is made by nothing any more." for path in sorted(present - files.keys())]
        for path, content in files.items():
            if path not in present:
                found.append(f"{path} is missing.")
            elif (root / path).read_text(encoding="utf-8") != content:
                found.append(f"{path} is not current.")
    return found


def write(root: Path = ROOT) -> None:
    """Makes every file anew and removes those that nothing makes any more."""
    for folder, generate in GENERATORS.items():
        files = generate()
        for path in _present(root, folder, files) - files.keys():
            (root / path).unlink()
        for name, content in files.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(content, encoding="utf-8")


def _present(root: Path, folder: PurePosixPath, files: dict[PurePosixPath, str]) -> set[PurePosixPath]:
    kinds = {path.suffix for path in files}
    return {
        PurePosixPath(path.relative_to(root))
        for path in (root / folder).rglob("*")
        if path.is_file() and path.suffix in kinds
    }


@click.command()
@click.option("--check", is_flag=True, help="Change nothing; exit with 1 when a file is not current.")
def main(check: bool) -> None:
    """Writes the generated files, or tells which are not current."""
    if not check:
        write()
    elif found := differences():
        click.echo("\n".join([*found, "Run: python -m gespreksrapportage.generated"]), err=True)
        raise SystemExit(1)


if __name__ == "__main__":
    main()
