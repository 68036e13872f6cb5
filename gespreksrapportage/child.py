"""One of our programs as a child: `python -m gespreksrapportage.child exporter …`.

It ends when whoever started it is gone: a demo that was killed leaves no services behind.
"""

from gespreksrapportage.__main__ import main
from simulator.parent import end_with_parent

if __name__ == "__main__":
    end_with_parent()
    main()
