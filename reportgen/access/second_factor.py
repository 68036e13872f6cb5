"""One-time codes from an app on the user's telephone (TOTP, RFC 6238): six digits, new every 30 seconds."""

from datetime import datetime

import pyotp

SECONDS_PER_STEP = 30
ISSUER = "Gespreksrapportage"


def new_secret() -> str:
    """Base32, as authenticator apps take it."""
    return pyotp.random_base32()


def enrolment_address(secret: str, name: str) -> str:
    """The otpauth:// address that an authenticator app reads, often as a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=ISSUER)


def step_of_code(secret: str, code: str, now: datetime) -> int | None:
    """The time step for which `code` is right: this one or a neighbour, since clocks differ; else None."""
    digits = "".join(code.split())
    totp = pyotp.TOTP(secret)
    step = int(now.timestamp()) // SECONDS_PER_STEP
    for each in (step, step - 1, step + 1):
        if pyotp.utils.strings_equal(totp.generate_otp(each), digits):
            return each
    return None
