"""From a report's declaration, a reader's choices and a scope to the SQL of its summary, totals and table."""

from reportgen.compile.arrangement import AS_DECLARED, Arrangement, read_arrangement
from reportgen.compile.drill import Drill, read_drill
from reportgen.compile.scope import EVERYTHING, Bound, GrafanaMacros, Tenant, Variable
from reportgen.compile.select import CompiledReport, OutputColumn, Statement, compile_report
from reportgen.compile.selection import Selection, read_pairs, read_selections

__all__ = [
    "AS_DECLARED",
    "EVERYTHING",
    "Arrangement",
    "Bound",
    "CompiledReport",
    "Drill",
    "GrafanaMacros",
    "OutputColumn",
    "Selection",
    "Statement",
    "Tenant",
    "Variable",
    "compile_report",
    "read_arrangement",
    "read_drill",
    "read_pairs",
    "read_selections",
]
