"""Changes as people ask for them: a file, a form, an end, a removal."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from psycopg import Rollback

from reportgen.configuration.administration import Administration
from reportgen.configuration.kinds import Kind
from reportgen.configuration.lines import Change, Entry, Line, Outcome
from reportgen.configuration.listing import Thing, find_thing
from reportgen.configuration.lookups import AllNames
from reportgen.configuration.reading import read_lines
from reportgen.configuration.values import FieldError
from reportgen.configuration.writing import Writer
from reportgen.texts import _
from store.validity import until


def change_lines(
    administration: Administration,
    kind: Kind,
    lines: Sequence[Line],
    *,
    day: date | None = None,
    carry_out: bool,
    skip_wrong: bool = False,
) -> Outcome:
    """Adds and changes what lines say.

    Args:
        day: from which changes are true, where a line gives none; default today.
        carry_out: otherwise all is undone, after the database has had its say too.
        skip_wrong: carry out the good lines though others are wrong; otherwise it is all or nothing.
    """
    names = AllNames(administration)
    entries, problems = read_lines(kind, lines, names, administration.region)
    outcome = Outcome(problems)
    with administration.connection.transaction():
        writer = Writer(administration, kind, names, day or administration.today)
        if entries:
            # A list of customers is many small statements: none waits for the answer to the one before.
            with administration.connection.pipeline():
                writer.write(entries)
        _finish(outcome, writer, carry_out=carry_out, skip_wrong=skip_wrong)
    return outcome


def change_thing(
    administration: Administration,
    kind: Kind,
    key: str,
    texts: Mapping[str, str],
    *,
    day: date | None = None,
) -> Outcome:
    """Changes one thing that is found by its key; fields that are left out stay.

    Raises:
        UnknownThingError: there is none of that key.
        TakenError: its new key belongs to another.
    """
    thing = find_thing(administration, kind, key)
    line = Line(1, {**thing.key_texts, **texts})
    if kind.has_history and any(line.texts[name] != value for name, value in thing.key_texts.items()):
        raise FieldError(_("Another number is another thing: end this one and add the other."))
    if kind.has_history or not kind.key or kind.slug == "customers":
        return change_lines(administration, kind, [line], day=day, carry_out=True)
    names = AllNames(administration)
    entries, problems = read_lines(kind, [line], names, administration.region)
    outcome = Outcome(problems)
    with administration.connection.transaction():
        writer = Writer(administration, kind, names, day or administration.today)
        for entry in entries:
            _rename(writer, thing, entry)
        _finish(outcome, writer, carry_out=True, skip_wrong=False)
    return outcome


def _rename(writer: Writer, thing: Thing, entry: Entry) -> None:
    if writer.kind.slug != "working-hours":
        writer.rename(thing.key, entry)
        return
    # A line's hours on several days are several rows: the one that was opened is replaced.
    writer.rows.delete(
        "working_hours",
        {
            "tenant_id": writer.administration.tenant_id,
            **dict(zip(("line", "weekday", "opens"), thing.key, strict=True)),
        },
    )
    writer.write([entry])


def end_thing(administration: Administration, kind: Kind, key: str, last_day: date) -> Outcome:
    """Ends what has a history; what was true until then stays so.

    Raises:
        UnknownThingError: there is none of that key.
    """
    return _shorten(administration, kind, key, last_day)


def remove_thing(administration: Administration, kind: Kind, key: str) -> Outcome:
    """Removes a thing as if it had never been, with its history.

    Raises:
        UnknownThingError: there is none of that key.
        InUseError: something names it.
    """
    if kind.has_history:
        return _shorten(administration, kind, key, None)
    thing = find_thing(administration, kind, key)
    outcome = Outcome()
    with administration.connection.transaction():
        writer = Writer(administration, kind, AllNames(administration), administration.today)
        writer.remove(thing.key)
        writer.changes.append(Change(0, key, "removed"))
        _finish(outcome, writer, carry_out=True, skip_wrong=False)
    return outcome


def _shorten(administration: Administration, kind: Kind, key: str, last_day: date | None) -> Outcome:
    """Cuts a history off after a day; without a day all of it goes."""
    thing = find_thing(administration, kind, key)
    outcome = Outcome()
    with administration.connection.transaction():
        names = AllNames(administration)
        writer = Writer(administration, kind, names, administration.today)
        table = writer.history_table(thing.key_texts)
        stored_key = thing.key_texts[kind.key[-1]]
        before = writer.rows.stored(table)[stored_key]
        end = None if last_day is None else administration.midnight(last_day + timedelta(days=1))
        after: list[Any] = [] if end is None else until(before, end)
        if before != after:
            writer.rows.replace_history(table, stored_key, before, after)
            writer.changes.append(Change(0, key, "removed" if end is None else "ended"))
        _finish(outcome, writer, carry_out=True, skip_wrong=False)
    return outcome


def _finish(outcome: Outcome, writer: Writer, *, carry_out: bool, skip_wrong: bool) -> None:
    outcome.problems += writer.problems
    outcome.problems.sort(key=lambda problem: problem.line)
    outcome.changes = sorted(writer.changes, key=lambda change: change.line)
    outcome.unchanged = writer.unchanged
    if writer.changes:
        outcome.rebuilt_calls = writer.rows.touch_calls()
    outcome.carried_out = carry_out and (skip_wrong or not outcome.problems)
    if not outcome.carried_out:
        raise Rollback
