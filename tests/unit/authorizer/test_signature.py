"""The signature: RS256 by the realm's own key, and nothing that the token says about keys."""

from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jwt.algorithms import ECAlgorithm

from tests.unit.authorizer import tokens
from tests.unit.authorizer.conftest import Authorize, is_allowed, is_refused
from tests.unit.authorizer.issuer import CERTS, Issuer
from tests.unit.authorizer.tokens import SigningKey

HEADER = {"alg": "RS256", "typ": "JWT", "kid": "acme-1"}


def test_a_token_signed_by_a_key_that_the_realm_does_not_have_is_refused(
    issuer: Issuer, other_key: SigningKey, authorize_token: Authorize
) -> None:
    assert is_refused(authorize_token(issuer.token(key=other_key)))
    assert is_refused(authorize_token(issuer.token(key=other_key, header=HEADER)))


def test_a_key_of_another_realm_does_not_sign_for_this_one(
    issuer: Issuer, other_key: SigningKey, authorize_token: Authorize
) -> None:
    issuer.realms["other"] = [other_key.jwk(), other_key.jwk(kid="acme-1")]
    assert is_allowed(authorize_token(issuer.token(key=other_key, claims=issuer.claims("other"))))
    assert is_refused(authorize_token(issuer.token(key=other_key)))
    assert is_refused(authorize_token(issuer.token(key=other_key, header=HEADER)))


def test_keys_of_two_realms_may_have_the_same_id(
    issuer: Issuer, other_key: SigningKey, authorize_token: Authorize
) -> None:
    issuer.realms["other"] = [other_key.jwk(kid="acme-1")]
    others = issuer.claims("other")
    assert is_allowed(authorize_token(issuer.token()))
    assert is_allowed(authorize_token(issuer.token(key=other_key, header=HEADER, claims=others)))
    assert is_refused(authorize_token(issuer.token(claims=others)))


@pytest.mark.parametrize("part", [0, 1, 2])
def test_a_tampered_token_is_refused(issuer: Issuer, authorize_token: Authorize, part: int) -> None:
    good = issuer.token().split(".")
    wider = issuer.claims(scope="newstore:configuration:write")
    other = issuer.token(header={**HEADER, "x": "y"}, claims=wider).split(".")
    good[part] = other[part]
    assert is_refused(authorize_token(".".join(good)))


@pytest.mark.parametrize("alg", ["none", "None", "NONE", "nOnE", "", None, "RS256"])
def test_a_token_without_a_signature_is_refused(
    issuer: Issuer, authorize_token: Authorize, alg: str | None
) -> None:
    unsigned = tokens.signing_input({**HEADER, "alg": alg}, issuer.claims())
    for token in (f"{unsigned}.", unsigned, f"{unsigned}.AAAA"):
        assert is_refused(authorize_token(token))


@pytest.mark.parametrize("alg", ["HS256", "RS256"])
@pytest.mark.parametrize(
    "encoding",
    [
        (Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
        (Encoding.PEM, PublicFormat.PKCS1),
        (Encoding.DER, PublicFormat.SubjectPublicKeyInfo),
    ],
)
def test_the_public_key_is_no_secret_to_sign_with(
    issuer: Issuer,
    authorize_token: Authorize,
    alg: str,
    encoding: tuple[Encoding, PublicFormat],
) -> None:
    secret = issuer.key.public.public_bytes(*encoding)
    header = {**HEADER, "alg": alg}
    assert is_refused(
        authorize_token(tokens.sign_with_secret(header, issuer.claims(), secret=secret))
    )


@pytest.mark.parametrize("hashed", ["RS384", "RS512"])
@pytest.mark.parametrize("listed", ["RS256", "RS384", "RS512", None])
@pytest.mark.parametrize("honest", [True, False])
def test_no_other_rsa_algorithm_is_taken(
    issuer: Issuer,
    authorize_token: Authorize,
    hashed: str,
    listed: str | None,
    *,
    honest: bool,
) -> None:
    issuer.realms["acme"] = [issuer.key.jwk(alg=listed)]
    header = {**HEADER, "alg": hashed if honest else "RS256"}
    assert is_refused(authorize_token(issuer.key.sign(header, issuer.claims(), hashed=hashed)))


@pytest.mark.parametrize("alg", ["ES256", "RS256"])
def test_an_elliptic_curve_key_is_not_taken_even_from_the_key_set(
    issuer: Issuer, authorize_token: Authorize, alg: str
) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    jwk = ECAlgorithm.to_jwk(key.public_key(), as_dict=True)
    issuer.realms["acme"] = [jwk | {"kid": "acme-1", "use": "sig"}]
    header = {**HEADER, "alg": alg}
    assert is_refused(authorize_token(tokens.sign_with_ec(header, issuer.claims(), key)))


@pytest.mark.parametrize("alg", ["HS256", "RS256"])
def test_a_shared_secret_is_not_taken_even_from_the_key_set(
    issuer: Issuer, authorize_token: Authorize, alg: str
) -> None:
    secret = b"a shared secret of 32 bytes or so"
    issuer.realms["acme"] = [tokens.secret_jwk("acme-1", secret)]
    header = {**HEADER, "alg": alg}
    assert is_refused(authorize_token(tokens.sign_with_secret(header, issuer.claims(), secret)))


def test_a_short_rsa_key_is_not_taken(issuer: Issuer, authorize_token: Authorize) -> None:
    short = SigningKey("acme-1", bits=1024)
    issuer.realms["acme"] = [short.jwk()]
    assert is_refused(authorize_token(issuer.token(key=short)))


def test_a_key_for_encryption_verifies_nothing(
    issuer: Issuer, other_key: SigningKey, authorize_token: Authorize
) -> None:
    issuer.realms["acme"] = [other_key.jwk(), issuer.key.jwk(use="enc")]
    assert is_refused(authorize_token(issuer.token()))


@pytest.mark.parametrize("kid", [None, "", 1, True, [], ["acme-1"], {"acme-1": 1}, "other"])
def test_a_token_that_does_not_name_a_key_of_the_realm_is_refused(
    issuer: Issuer, authorize_token: Authorize, kid: Any
) -> None:
    assert is_refused(authorize_token(issuer.token(header={**HEADER, "kid": kid})))


def test_a_token_without_kid_is_refused_though_the_realm_has_one_key_only(
    issuer: Issuer, authorize_token: Authorize
) -> None:
    assert is_refused(authorize_token(issuer.token(header=tokens.without(HEADER, "kid"))))
    assert issuer.requests == []


def brought_along(stranger: Issuer, key: SigningKey, kid: str) -> dict[str, Any]:
    """A header that offers this key in every way that there is."""
    stranger.realms["acme"] = [key.jwk(kid=kid)]
    url = f"{stranger.of('acme')}{CERTS}"
    return {**HEADER, "kid": kid, "jku": url, "x5u": url, "jwk": key.jwk(kid=kid), "x5c": ["AA"]}


def test_a_good_token_may_bring_keys_along_and_they_are_never_looked_at(
    issuer: Issuer, stranger: Issuer, authorize_token: Authorize, other_key: SigningKey
) -> None:
    header = brought_along(stranger, other_key, issuer.key.kid)
    assert is_allowed(authorize_token(issuer.token(header=header)))
    assert stranger.requests == []
    assert issuer.requests == [f"/auth/realms/acme{CERTS}"]


@pytest.mark.parametrize("kid", ["acme-1", "other-1"])
def test_a_token_is_not_judged_by_a_key_that_it_brings_along(
    issuer: Issuer, stranger: Issuer, authorize_token: Authorize, other_key: SigningKey, kid: str
) -> None:
    header = brought_along(stranger, other_key, kid)
    assert is_refused(authorize_token(issuer.token(key=other_key, header=header)))
    assert stranger.requests == []
    assert issuer.requests == [f"/auth/realms/acme{CERTS}"]


@pytest.mark.parametrize(
    "header",
    [
        {"crit": ["exp"]},
        {"crit": []},
        {"crit": "b64"},
        {"b64": False},
        {"b64": False, "crit": ["b64"]},
    ],
)
def test_a_header_that_asks_for_an_unknown_extension_is_refused(
    issuer: Issuer, authorize_token: Authorize, header: dict[str, Any]
) -> None:
    assert is_refused(authorize_token(issuer.token(header=HEADER | header)))
