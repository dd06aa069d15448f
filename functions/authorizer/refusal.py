"""Why a call does not get through. Neither ever carries a part of the token."""


class Refused(Exception):
    """The token is not a valid one; its text says why, for the log."""


class IssuerUnavailable(Exception):
    """The token can't be judged now: the gateway answers 503. Its text: what kind of failure."""
