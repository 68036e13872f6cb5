"""A forgotten password: asking for a link by mail, and choosing another with it."""

import logging
from typing import Annotated

from fastapi import APIRouter, BackgroundTasks, Form, Request, Response

from reportgen.access.password_links import choose_password, reset_mails, user_of_link
from reportgen.access.sign_in import DifferentPasswordsError
from reportgen.errors import ReportError
from reportgen.mail.smtp import MailError
from reportgen.web.pages import language_of, page
from reportgen.web.problems import sentence
from reportgen.web.service import Service, ServiceOf, address_of
from reportgen.web.sign_in import FromHere
from store.errors import UserError

log = logging.getLogger(__name__)
router = APIRouter(prefix="/password")

Text = Annotated[str, Form()]


@router.get("")
def forgotten_page(request: Request) -> Response:
    return page(request, "password_forgotten.html", asked=False)


@router.post("", dependencies=[FromHere])
def forgotten(request: Request, running: ServiceOf, background: BackgroundTasks, name: Text = "") -> Response:
    """Says the same whoever is named; what is done about it is done after the answer."""
    background.add_task(send_links, running, name, address_of(request))
    return page(request, "password_forgotten.html", asked=True)


def send_links(running: Service, name: str, address: str) -> None:
    """Sends what there is to send; trouble is for the log, since nobody waits for it."""
    if running.mail is None:
        return
    try:
        with running.connection() as connection:
            mails = reset_mails(connection, name, running.mail.portal_url, address=address)
        for mail in mails:
            running.mail.send(mail)
    except MailError as error:
        log.error("%s", error)  # noqa: TRY400 - the sentence says it all
    except UserError:
        log.exception("a password link could not be made")


@router.get("/{link}")
def link_page(link: str, request: Request, running: ServiceOf) -> Response:
    with running.connection() as connection:
        name = user_of_link(connection, link)
    return page(request, "password_choose.html", user_name=name, message="", chosen=False)


@router.post("/{link}", dependencies=[FromHere])
def choose(link: str, request: Request, running: ServiceOf, new: Text = "", again: Text = "") -> Response:
    """Uses the link up. A second factor is still asked for at signing in."""
    with running.connection() as connection:
        name = user_of_link(connection, link)
        try:
            if new != again:
                raise DifferentPasswordsError
            choose_password(connection, link, new, address=address_of(request))
        except ReportError as error:
            message = sentence(error, language_of(request))
            return page(
                request, "password_choose.html", status=400, user_name=name, message=message, chosen=False
            )
    return page(request, "password_choose.html", user_name=name, message="", chosen=True)
