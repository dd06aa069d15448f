"""make token: a token that can work, or the reason why not."""

from pathlib import Path

import jwt
import pytest

from tools.local import issuer


@pytest.fixture(autouse=True)
def _key_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(issuer, "KEY_FILE", tmp_path / "issuer.pem")


@pytest.mark.parametrize(
    ("asked", "granted"),
    [("", " ".join(issuer.SCOPES)), (issuer.SCOPES[0], issuer.SCOPES[0])],
)
def test_a_token_has_the_scopes_that_are_asked_for_or_all(
    capsys: pytest.CaptureFixture[str], asked: str, granted: str
) -> None:
    issuer.main("acme", asked)
    claims = jwt.decode(capsys.readouterr().out.strip(), options={"verify_signature": False})
    assert claims["scope"] == granted
    assert claims["iss"] == "http://127.0.0.1:3000/auth/realms/acme"


@pytest.mark.parametrize("tenant", ["", "ACME", "a b", "../x", "-a", "x" * 64])
def test_a_tenant_that_is_no_realm_is_refused(tenant: str) -> None:
    with pytest.raises(SystemExit, match="TENANT: "):
        issuer.main(tenant, "")


def test_an_unknown_scope_is_refused() -> None:
    with pytest.raises(SystemExit, match="SCOPE: "):
        issuer.main("acme", f"{issuer.SCOPES[0]} foo")
