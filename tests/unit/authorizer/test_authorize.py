"""The policy: what a token may call, and how it is handed in."""

from fnmatch import fnmatchcase
from itertools import product
from typing import Any

import pytest

from authorizer import authorize
from authorizer.token import LEEWAY_SECONDS
from sales_order_config.routes import ROUTES
from tests.unit.authorizer.conftest import API, Judge, is_allowed, is_refused, request_event
from tests.unit.authorizer.issuer import Issuer
from tests.unit.authorizer.tokens import READ, SECRETS, WRITE

PATHS = [path.removeprefix("/v0") for path in ROUTES]
METHODS = ["GET", "PUT", "POST", "DELETE", "PATCH", "HEAD", "OPTIONS"]
READER = [f"{API}/GET/config/sales_order*"]
WRITER = [*READER, f"{API}/PUT/config/sales_order*", f"{API}/POST/config/sales_order*"]


def covers(answer: dict[str, Any], called: str) -> bool:
    (statement,) = answer["policyDocument"]["Statement"]
    return any(fnmatchcase(called, resource) for resource in statement["Resource"])


@pytest.mark.parametrize(
    ("scope", "allowed"),
    [
        (READ, READER),
        (f"{READ} {SECRETS}", READER),
        (WRITE, WRITER),
        (f"{WRITE} {SECRETS}", WRITER),
        (f"{SECRETS} {WRITE} {READ}", WRITER),
        (f"openid {READ} profile", READER),
    ],
)
def test_a_valid_token_gets_the_policy_of_its_scopes_and_a_context_of_strings(
    issuer: Issuer, judge: Judge, scope: str, allowed: list[str]
) -> None:
    claims = issuer.claims(scope=scope)
    assert judge(claims) == {
        "principalId": "erp",
        "policyDocument": {
            "Version": "2012-10-17",
            "Statement": [{"Action": "execute-api:Invoke", "Effect": "Allow", "Resource": allowed}],
        },
        "context": {
            "tenant": "acme",
            "client_id": "erp",
            "scope": " ".join(sorted(scope.split(" "))),
            "expires_at": str(claims["exp"] + LEEWAY_SECONDS),
        },
    }


@pytest.mark.parametrize(("scope", "may"), [(READ, ["GET"]), (WRITE, ["GET", "PUT", "POST"])])
def test_the_policy_holds_for_every_call_that_the_scopes_allow_and_for_no_other(
    issuer: Issuer, judge: Judge, scope: str, may: list[str]
) -> None:
    policy = judge(issuer.claims(scope=scope))
    for method, path in product(METHODS, PATHS):
        called = f"{API}/{method}{path}"
        assert covers(policy, called) == (method in may)
        assert not covers(policy, called.replace("/v0/", "/v1/"))
        assert not covers(policy, called.replace("a1b2c3d4e5", "zzzzzzzzzz"))


@pytest.mark.parametrize(
    "scope",
    [
        "",
        SECRETS,
        "openid profile",
        "newstore:configuration",
        f"{READ}er",
        f"x{READ}",
        f"{READ}:all",
        f"{WRITE}r",
        "newstore:configuration:*",
        READ.upper(),
        f"{READ}\t{WRITE}",
        f"{READ}\n{WRITE}",
        f"{READ},{WRITE}",
        f"{READ}\u00a0{WRITE}",
        f"{READ}\u2003",
        f"\t{READ}",
        f"{READ}\n",
        f"{READ}\x00",
    ],
)
def test_scopes_are_compared_whole_and_separated_by_blanks_only(
    issuer: Issuer, judge: Judge, scope: str
) -> None:
    assert is_refused(judge(issuer.claims(scope=scope)))


def test_a_token_without_scopes_is_refused(issuer: Issuer, judge: Judge) -> None:
    claims = issuer.claims()
    del claims["scope"]
    assert is_refused(judge(claims))


@pytest.mark.parametrize(
    ("claims", "client_id", "principal"),
    [
        ({"azp": "a", "client_id": "b", "sub": "c"}, "a", "a"),
        ({"azp": "", "client_id": "b", "sub": "c"}, "b", "b"),
        ({"azp": "", "sub": "c"}, "c", "c"),
        ({"azp": ""}, "", "acme"),
    ],
)
def test_the_client_is_named_by_azp_client_id_or_sub(
    issuer: Issuer,
    judge: Judge,
    claims: dict[str, str],
    client_id: str,
    principal: str,
) -> None:
    answer = judge(issuer.claims(**claims))
    assert answer["context"]["client_id"] == client_id
    assert answer["principalId"] == principal


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER", "bEaReR"])
@pytest.mark.parametrize("header", ["Authorization", "authorization", "AUTHORIZATION"])
def test_the_case_of_scheme_and_header_does_not_matter(
    issuer: Issuer, header: str, scheme: str
) -> None:
    event = request_event({header: [f"{scheme} {issuer.token()}"], "X-Other": ["x"]})
    assert is_allowed(authorize.handler(event, None))


@pytest.mark.parametrize(
    "headers",
    [
        None,
        {},
        {"X-Authorization": ["Bearer TOKEN"]},
        {"Authorization": []},
        {"Authorization": [""]},
        {"Authorization": ["TOKEN"]},
        {"Authorization": ["Bearer"]},
        {"Authorization": ["Bearer "]},
        {"Authorization": ["BearerTOKEN"]},
        {"Authorization": ["Bearer\tTOKEN"]},
        {"Authorization": ["Bearer:TOKEN"]},
        {"Authorization": [" Bearer TOKEN"]},
        {"Authorization": ["Basic TOKEN"]},
        {"Authorization": ["Token TOKEN"]},
        {"Authorization": ["DPoP TOKEN"]},
        {"Authorization": ["Bearer Bearer TOKEN"]},
        {"Authorization": ["Bearer TOKEN TOKEN"]},
        {"Authorization": ["Bearer TOKEN,"]},
        {"Authorization": ["Bearer TOKEN, Bearer TOKEN"]},
        {"Authorization": ["Bearer TOKEN", "Bearer TOKEN"]},
        {"Authorization": ["Basic x", "Bearer TOKEN"]},
        {"Authorization": ["Bearer TOKEN"], "authorization": ["Bearer TOKEN"]},
    ],
)
def test_anything_but_one_bearer_token_is_refused(
    issuer: Issuer, headers: dict[str, list[str]] | None
) -> None:
    token = issuer.token()
    if headers is not None:
        headers = {n: [v.replace("TOKEN", token) for v in vs] for n, vs in headers.items()}
    assert is_refused(authorize.handler(request_event(headers), None))


@pytest.mark.parametrize("method", METHODS)
def test_a_refusal_covers_the_whole_stage(issuer: Issuer, method: str) -> None:
    event = request_event({"Authorization": ["Bearer garbage"]})
    event["methodArn"] = f"{API}/{method}/config/sales_order/grace_period"
    assert is_refused(authorize.handler(event, None))
    assert issuer.requests == []
