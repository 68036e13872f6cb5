"""The certificate of a tenant's deletion, for people and for programs."""

from dataclasses import asdict
from typing import Any

from reportgen.render.document import Named
from reportgen.render.sheet import Section, Sheet, sheet_pdf
from reportgen.texts import _
from reportgen.units import Writer
from store.deletion import Certificate


def certificate_json(certificate: Certificate) -> dict[str, Any]:
    return {**asdict(certificate), "deleted_at": certificate.deleted_at.isoformat()}


def certificate_pdf(certificate: Certificate, writer: Writer) -> bytes:
    """Raises RenderError when the typesetter refuses."""
    text, moment = writer.text, writer.minute(certificate.deleted_at)
    proof = (
        _("Afterwards every table was searched for rows of the tenant: none was found.")
        if certificate.is_clean
        else _("Afterwards rows of the tenant were found; the list says where.")
    )
    return sheet_pdf(
        Sheet(
            title=text(_("Certificate of deletion")),
            tenant=certificate.tenant,
            made=text(_("Deleted on {moment}"), moment=moment),
            paragraphs=(
                text(
                    _(
                        'On {moment} all data of the tenant "{tenant}" were deleted for good: calls and '
                        "events, figures, organisation, users, settings and the audit trail."
                    ),
                    moment=moment,
                    tenant=certificate.tenant,
                ),
                text(proof),
            ),
            sections=(
                Section(text(_("Besides the database's rows")), pairs=_besides(certificate, writer)),
                Section(
                    text(_("Rows per table")),
                    headings=(text(_("Table")), text(_("Removed")), text(_("Found afterwards"))),
                    rows=_rows(certificate, writer),
                ),
            ),
        ),
        writer,
    )


def _besides(certificate: Certificate, writer: Writer) -> tuple[Named, ...]:
    organisations = ", ".join(map(str, certificate.grafana_organisations))
    return (
        Named(writer.text(_("Database logins")), ", ".join(certificate.database_logins) or "–"),
        Named(writer.text(_("Organisations in Grafana")), organisations or "–"),
        Named(writer.text(_("Files")), ", ".join(certificate.files) or "–"),
    )


def _rows(certificate: Certificate, writer: Writer) -> list[list[str]]:
    return [
        [table, writer.count(removed), writer.count(certificate.found_afterwards.get(table, 0))]
        for table, removed in sorted(certificate.removed.items())
    ]
