"""The child process that typesets: `python -m reportgen.render.typeset TEMPLATE [tagged] < JOBS`.

Typst keeps what it compiled until its process ends, so it lives in processes that do little and end soon.
JOBS is a JSON list of [data file, PDF file] pairs, all in one directory with the files that they refer to.
Tagged, a PDF can be read aloud; it takes longer to make, and parts that are merged lose their tags.
"""

import json
import shutil
import sys
from pathlib import Path

import typst


def main() -> None:
    template, tagged = Path(sys.argv[1]), sys.argv[2:] == ["tagged"]
    for data, pdf in json.load(sys.stdin):
        folder = Path(data).parent
        # Typst reads files below its root only.
        shutil.copyfile(template, main_file := Path(data).with_suffix(".typ"))
        compiler = typst.Compiler(
            str(main_file),
            root=str(folder),
            ignore_system_fonts=True,
            sys_inputs={"data": Path(data).name},
        )
        compiler.compile(output=pdf, format="pdf", pdf_tags=tagged)


if __name__ == "__main__":
    try:
        main()
    except typst.TypstError as error:
        sys.exit(f"{error.message}\n{error.diagnostic}")
