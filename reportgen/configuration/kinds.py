"""The kinds of things that an administrator keeps: where they are stored, and what their fields are."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from reportgen.configuration import values
from reportgen.configuration.values import MOST_SECONDS, Read
from reportgen.errors import ReportError
from reportgen.texts import _

_seconds = values.whole_number(0, MOST_SECONDS)


@dataclass(frozen=True, slots=True)
class Field:
    """Something that is known of a thing."""

    name: str
    """In the API and in machine-readable files; never changes."""
    title: str
    read: Read
    column: str = ""
    """Where it is stored, if not under its name."""
    required: bool = False
    refers: str = ""
    """What it names (a key of lookups.LOOKUPS); stored is then the id of that."""
    options: Mapping[str, str] = field(default_factory=dict)
    """The values that there are, with their titles; empty: any."""
    default: object = None
    synonyms: tuple[str, ...] = ()
    """Further headings by which a CSV file's column is known."""
    help: str = ""

    @property
    def stored_in(self) -> str:
        return self.column or self.name


@dataclass(frozen=True, slots=True)
class Kind:
    """Things of one table."""

    slug: str
    title: str
    table: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    """Fields that say which thing it is."""
    id_column: str = ""
    fixed: Mapping[str, str] = field(default_factory=dict)
    """Columns with the same value for all."""
    has_history: bool = False
    """Each is true for a time: a change ends what was before and begins something new."""
    means: str = ""

    @property
    def by_name(self) -> dict[str, Field]:
        return {each.name: each for each in self.fields}

    @property
    def key_columns(self) -> tuple[str, ...]:
        """By which the table tells its rows apart, within a tenant."""
        names = self.by_name
        return (*self.fixed, *(names[each].stored_in for each in self.key))


VALIDITY = (
    Field("valid_from", _("From"), values.day, synonyms=("vanaf", "geldig vanaf", "begin", "valid from")),
    Field(
        "valid_until", _("Until and including"), values.day,
        synonyms=("t/m", "tot en met", "geldig tot en met", "einde", "valid until", "until"),
    ),
)  # fmt: skip
"""First and last day of what has a history."""


def _unit(kind: str, slug: str, title: str, *more: Field) -> Kind:
    name = Field("name", _("Name"), values.code, required=True, synonyms=("naam", "omschrijving"))
    code = Field("code", _("Code"), values.text, synonyms=("nummer", "kostenplaatscode"))
    return Kind(
        slug, title, "organisation_unit", (name, code, *more), ("name",), "unit_id", fixed={"kind": kind}
    )


_AREA_CODE = Field(
    "area_code", _("Area code"), values.area_code, synonyms=("netnummer",),
    help=_("Calls to this area code are local for the site."),
)  # fmt: skip
_TARGETS = (
    Field(
        "answer_target_seconds", _("Answer target (s)"), _seconds, synonyms=("answer target", "antwoordnorm"),
        help=_("Empty: the company's own."),
    ),
    Field(
        "short_call_seconds", _("Short call up to (s)"), _seconds, synonyms=("short call", "korte oproep"),
        help=_("Empty: the company's own."),
    ),
)  # fmt: skip
_PERSON = Field(
    "person", _("Person"), values.text, "person_id", refers="person",
    synonyms=("persoon", "gebruiker", "user", "medewerker"),
    help=_("The person's reference."),
)  # fmt: skip
_GROUP_KINDS = {"queue": _("Call queue"), "hunt_group": _("Hunt group")}

KINDS: Mapping[str, Kind] = {
    kind.slug: kind
    for kind in (
        Kind(
            "persons", _("Persons"), "person",
            (
                Field("reference", _("Reference"), values.code, required=True,
                      synonyms=("referentie", "personeelsnummer", "id"),
                      help=_("Your own key for this person; it stays when the name goes.")),
                Field("name", _("Name"), values.text, synonyms=("naam", "volledige naam")),
                Field("email", _("E-mail address"), values.email, synonyms=("e-mail", "mail", "mailadres")),
            ),
            ("reference",), "person_id",
            means=_("Who works here. An extension says which person sits behind it."),
        ),
        Kind(
            "extensions", _("Extensions"), "extension",
            (
                Field("number", _("Number"), values.code, required=True,
                      synonyms=("nummer", "toestel", "extension", "toestelnummer")),
                Field("device_name", _("Device name"), values.text, synonyms=("device", "apparaat")),
                _PERSON,
                Field("site", _("Site"), values.text, "site_id", refers="site",
                      synonyms=("vestiging", "locatie")),
                Field("division", _("Division"), values.text, "division_id", refers="division",
                      synonyms=("divisie",)),
                Field("department", _("Department"), values.text, "department_id", refers="department",
                      synonyms=("afdeling",)),
                Field("cost_centre", _("Cost centre"), values.text, "cost_centre_id", refers="cost_centre",
                      synonyms=("kostenplaats",)),
            ),
            ("number",), has_history=True,
            means=_("A move does not rewrite the past: the new place counts from its first day on."),
        ),
        _unit("site", "sites", _("Sites"), _AREA_CODE),
        _unit("division", "divisions", _("Divisions")),
        _unit("department", "departments", _("Departments")),
        _unit("cost_centre", "cost-centres", _("Cost centres")),
        Kind(
            "ddis", _("Direct inbound numbers"), "ddi",
            (
                Field("number", _("Number"), values.public_number, required=True,
                      synonyms=("nummer", "ddi", "doorkiesnummer")),
                Field("name", _("Name"), values.text, synonyms=("naam", "omschrijving")),
                Field("campaign", _("Campaign"), values.text, "ddi_group_id", refers="campaign",
                      synonyms=("campagne", "ddi_group")),
                Field("site", _("Site"), values.text, "site_id", refers="site",
                      synonyms=("vestiging", "locatie")),
                *_TARGETS,
            ),
            ("number",), has_history=True,
            means=_("The numbers by which outside callers reach you, and what each is for."),
        ),
        Kind(
            "campaigns", _("Campaigns"), "ddi_group",
            (Field("name", _("Name"), values.code, required=True, synonyms=("naam", "campagne")),),
            ("name",), "ddi_group_id",
            means=_("Direct numbers that belong together."),
        ),
        Kind(
            "contact-groups", _("Queues and hunt groups"), "contact_group",
            (
                Field("kind", _("Kind"),
                      values.one_of({"queue": ("wachtrij",), "hunt_group": ("huntgroep", "belgroep")}),
                      required=True, options=_GROUP_KINDS, synonyms=("soort", "type")),
                Field("pbx_name", _("Name on the telephone system"), values.code, required=True,
                      synonyms=("naam in de centrale", "groep", "pbx name")),
                Field("name", _("Name"), values.text, required=True, synonyms=("naam",)),
                Field("number", _("Number"), values.text, synonyms=("nummer",)),
                *_TARGETS,
                Field("wrap_up_seconds", _("Wrap-up time (s)"), _seconds, default=0,
                      synonyms=("nawerktijd", "wrap-up")),
            ),
            ("kind", "pbx_name"), "group_id",
            means=_("What the telephone system calls them, and how they are called on reports."),
        ),
        Kind(
            "members", _("Members of groups"), "contact_group_member",
            (
                Field("group", _("Group"), values.text, "group_id", required=True, refers="group",
                      synonyms=("groep", "wachtrij", "queue"), help=_("Its name on the telephone system.")),
                Field("extension", _("Extension"), values.text, required=True, refers="extension",
                      synonyms=("toestel", "nummer")),
            ),
            ("group", "extension"), has_history=True,
            means=_("Which extensions belong to a queue or hunt group, and from when until when."),
        ),
        Kind(
            "agents", _("Agents"), "agent",
            (
                Field("pbx_name", _("Name on the telephone system"), values.code, required=True,
                      synonyms=("naam in de centrale", "agent", "pbx name")),
                Field("extension", _("Extension"), values.text, refers="extension", synonyms=("toestel",)),
                _PERSON,
            ),
            ("pbx_name",), "agent_id",
            means=_("Members of queues as the telephone system names them, and who they are."),
        ),
        Kind(
            "customers", _("Customer list"), "customer",
            (
                Field("reference", _("Reference"), values.code, required=True,
                      synonyms=("klantnummer", "debiteurnummer", "referentie", "customer number")),
                Field("name", _("Name"), values.text, required=True,
                      synonyms=("naam", "klant", "bedrijfsnaam")),
                Field("numbers", _("Numbers"), values.public_numbers,
                      synonyms=("nummers", "telefoon", "telefoonnummer", "telefoonnummers", "phone"),
                      help=_("Several with commas between them. A number left out ends today.")),
            ),
            ("reference",), "customer_id",
            means=_("By their numbers calls get their customer."),
        ),
        Kind(
            "customer-numbers", _("Numbers of customers"), "customer_number",
            (
                Field("number", _("Number"), values.public_number, required=True,
                      synonyms=("nummer", "telefoonnummer", "telefoon", "phone")),
                Field("customer", _("Customer"), values.text, "customer_id", required=True, refers="customer",
                      synonyms=("klant", "klantnummer"), help=_("The customer's reference.")),
            ),
            ("number",), has_history=True,
            means=_("Whose number it was, and from when until when."),
        ),
        Kind(
            "working-hours", _("Working hours"), "working_hours",
            (
                Field("line", _("Line or group"), values.line, default="",
                      synonyms=("lijn", "groep", "nummer"),
                      help=_("A direct number, or a group's name on the telephone system; or empty.")),
                Field("days", _("Days"), values.weekdays, "weekday", required=True,
                      synonyms=("dagen", "dag", "day", "weekdag"), help=_("For example ma-vr.")),
                Field("opens", _("Opens"), values.time_of_day, required=True,
                      synonyms=("open", "van", "opent")),
                Field("closes", _("Closes"), values.closing_time, required=True,
                      synonyms=("dicht", "tot", "sluit"), help=_("24:00 is the end of the day.")),
            ),
            ("line", "days", "opens"),
            means=_("Without any the company is always open."),
        ),
        Kind(
            "holidays", _("Holidays"), "holiday",
            (
                Field("day", _("Day"), values.day, required=True, synonyms=("datum", "dag", "date")),
                Field("name", _("Name"), values.text, required=True, synonyms=("naam", "omschrijving")),
            ),
            ("day",),
            means=_("Days on which the company is closed."),
        ),
        Kind(
            "targets", _("Targets"), "tenant",
            (
                Field("answer_target_seconds", _("Answer target (s)"), _seconds, required=True,
                      synonyms=("antwoordnorm",), help=_("Answered within it counts for GoS and PCA.")),
                Field("short_call_seconds", _("Short call up to (s)"), _seconds, required=True,
                      synonyms=("korte oproep",), help=_("Callers who gave up sooner are shown apart.")),
                Field("resolution_target_minutes", _("Return missed calls within (min)"),
                      values.whole_number(1, 100_000), required=True, synonyms=("terugbelnorm",),
                      help=_("Counted in working hours.")),
                Field("returned_when", _("A missed call is returned by"),
                      values.one_of({"attempted": ("poging",), "reached": ("gesprek",)}), required=True,
                      options={"attempted": _("An attempt"), "reached": _("A conversation")}),
                Field("unreturned_days", _("Ask for missed calls during (days)"),
                      values.whole_number(1, 3650), required=True),
            ),
            (),
            means=_("For the whole company; a direct number or a group may have its own."),
        ),
    )
}  # fmt: skip


class UnknownKindError(ReportError):
    """There is no such kind of thing."""

    code = "unknown-kind"


def find_kind(slug: str) -> Kind:
    """Raises UnknownKindError when there is none of that name."""
    if slug not in KINDS:
        raise UnknownKindError(
            _('There is no list "{slug}"; choose one of: {known}.'), slug=slug, known=", ".join(KINDS)
        )
    return KINDS[slug]
