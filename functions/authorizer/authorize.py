"""The token authorizer of the whole API: an access token -> what it may call."""

from functools import cache
from typing import Any

from aws_lambda_powertools import Logger

from authorizer.refusal import Refused
from authorizer.settings import Settings
from authorizer.token import Caller, verify

READ_SCOPE = "newstore:configuration:read"
WRITE_SCOPE = "newstore:configuration:write"
SCHEME = "bearer "

logger = Logger()


@cache
def settings() -> Settings:
    """The environment's settings; read once."""
    return Settings.of_environment()


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """A REST API's REQUEST authorizer: event -> policy and context.

    The gateway caches the answer for the token, so that it names all that the scopes allow, not
    only the method that was called. Raises IssuerUnavailable: the gateway answers 503.
    """
    api = "/".join(event["methodArn"].split("/")[:2])  # arn:…:{api id}/{stage}
    try:
        caller = verify(_bearer_token(event), settings())
        resources = [f"{api}/{method}/config/sales_order*" for method in _methods(caller)]
    except Refused as refused:
        logger.info(
            "the token is refused",
            reason=str(refused),
            correlation_id=event["requestContext"].get("requestId"),
        )
        return _policy("refused", "Deny", [f"{api}/*"], {})
    context = {
        "tenant": caller.tenant,
        "client_id": caller.client_id,
        "scope": " ".join(sorted(caller.scopes)),
        "expires_at": str(caller.expires_at),
    }
    return _policy(caller.client_id or caller.tenant, "Allow", resources, context)


def _bearer_token(event: dict[str, Any]) -> str:
    headers = event.get("multiValueHeaders") or {}
    values: list[str] = [
        v for name, vs in headers.items() if name.lower() == "authorization" for v in vs
    ]
    if len(values) != 1 or "," in values[0]:
        raise Refused("there must be exactly one Authorization header")
    if not values[0].lower().startswith(SCHEME):
        raise Refused("it is no bearer token")
    return values[0][len(SCHEME) :].strip(" ")


def _methods(caller: Caller) -> list[str]:
    if WRITE_SCOPE in caller.scopes:
        return ["GET", "PUT", "POST"]
    if READ_SCOPE in caller.scopes:
        return ["GET"]
    raise Refused("its scopes allow nothing here")


def _policy(
    principal: str, effect: str, resources: list[str], context: dict[str, str]
) -> dict[str, Any]:
    statement = {"Action": "execute-api:Invoke", "Effect": effect, "Resource": resources}
    return {
        "principalId": principal,
        "policyDocument": {"Version": "2012-10-17", "Statement": [statement]},
        "context": context,
    }
