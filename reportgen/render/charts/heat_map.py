"""Days of the week against hours of the day."""

from datetime import timedelta

from babel.dates import get_day_names
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from reportgen.catalogue import dimensions as by
from reportgen.catalogue.charts import counted
from reportgen.catalogue.parts import HeatMap
from reportgen.render.charts.look import INK, SOFT, Drawing, Look, mixed, plain, shade
from reportgen.run import Result
from reportgen.texts import _, locale
from reportgen.units import COUNT

DAYS, HOURS = 7, 24
HEIGHT = 2.3
SHORTEST = timedelta(days=2)
"""Below this there is nothing to compare."""
DARK = 0.55


def heat_map(chart: HeatMap, result: Result, look: Look) -> list[Drawing]:
    """Sums of the same hour of the same weekday over the period."""
    period = result.question.period
    if period.end - period.start <= SHORTEST:
        return []
    table = result.further.table(counted(result.question.report, (by.hour,), (chart.of,)))
    hour, figure = table.place(by.hour.name), table.place(chart.of.name)
    sums = [[0.0] * HOURS for _day in range(DAYS)]
    for row in table.rows:
        local = look.writer.local(row[hour])
        sums[local.weekday()][local.hour] += plain(row[figure])
    if not any(map(any, sums)):
        return []
    caption = look.text(_("{figure} by weekday and hour"), figure=look.text(chart.of.title))
    return [Drawing(caption, HEIGHT, lambda paper: _draw(paper, sums, look, is_count=chart.of.unit is COUNT))]


def _draw(paper: Figure, sums: list[list[float]], look: Look, *, is_count: bool) -> None:
    axes = paper.add_subplot()
    most = max(map(max, sums))
    main = shade(look.accent, 0.36)
    colours = LinearSegmentedColormap.from_list("tenant", [mixed(main, 0.93), main])
    first, last = _busy_hours(sums)
    for day in range(DAYS):
        for hour in range(first, last + 1):
            value = sums[day][hour]
            colour = colours(value / most) if value else "#f6f8f9"
            axes.add_patch(Rectangle((hour, day), 0.96, 0.94, color=colour, linewidth=0))
            if value and is_count:
                axes.text(
                    hour + 0.48,
                    day + 0.49,
                    look.writer.count(round(value)),
                    ha="center",
                    va="center",
                    fontsize=7,
                    color="white" if value / most > DARK else INK,
                )
    axes.set_xlim(first, last + 1)
    axes.set_ylim(DAYS, 0)
    names = get_day_names("abbreviated", locale=locale(look.writer.language))
    axes.set_yticks([day + 0.5 for day in range(DAYS)], [names[day] for day in range(DAYS)])
    axes.set_xticks(range(first, last + 2), [f"{hour}:00" for hour in range(first, last + 2)])
    axes.tick_params(length=0, colors=SOFT, labelsize=7.5)
    for spine in axes.spines.values():
        spine.set_visible(False)


def _busy_hours(sums: list[list[float]]) -> tuple[int, int]:
    """First and last hour in which anything happened: nights without calls are left out."""
    busy = [hour for hour in range(HOURS) if any(day[hour] for day in sums)]
    return busy[0], busy[-1]
