"""The environment is checked at the first call: a wrong one is named, not worked around."""

from urllib.parse import urlsplit

import pytest

from authorizer.settings import Settings

DEFAULT_KEYS_URL = "{issuer}/protocol/openid-connect/certs"
ISSUER = "https://id.example.com/auth/realms/{tenant}"


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ISSUER_TEMPLATE", ISSUER)
    monkeypatch.setenv("KEYS_URL_TEMPLATE", DEFAULT_KEYS_URL)
    monkeypatch.setenv("AUDIENCE", "newstore-configuration")


@pytest.mark.parametrize("name", ["ISSUER_TEMPLATE", "KEYS_URL_TEMPLATE", "AUDIENCE"])
def test_a_missing_variable_is_named(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.delenv(name)
    with pytest.raises(KeyError, match=name):
        Settings.of_environment()


def test_a_real_issuer_speaks_https_at_the_standard_keys_url() -> None:
    settings = Settings.of_environment()
    found = settings.issuer.fullmatch("https://id.example.com/auth/realms/acme")
    assert found is not None
    assert found["tenant"] == "acme"
    assert settings.keys_url(found[0]) == f"{found[0]}/protocol/openid-connect/certs"


@pytest.mark.parametrize(
    "issuer",
    [
        "https://idXexample.com/auth/realms/acme",
        "https://id.example.com/auth/realms/acme/",
        "https://id.example.com/auth/realms/acme/x",
        "https://id.example.com/auth/realms/acme\n",
        "https://id.example.com/auth/realms/",
        "https://id.example.com/auth/realms/{tenant}",
        "https://id.example.com:443/auth/realms/acme",
        "http://id.example.com/auth/realms/acme",
        "x https://id.example.com/auth/realms/acme",
    ],
)
def test_an_issuer_is_matched_whole_and_literally(issuer: str) -> None:
    assert Settings.of_environment().issuer.fullmatch(issuer) is None


def test_the_realm_may_stand_inside_the_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ISSUER_TEMPLATE", "https://id.example.com/{tenant}/v2.0")
    found = Settings.of_environment().issuer.fullmatch("https://id.example.com/acme/v2.0")
    assert found is not None
    assert found["tenant"] == "acme"


@pytest.mark.parametrize(
    "template",
    [
        "https://id.example.com/auth/realms/acme",
        "https://id.example.com/{tenant}/{tenant}",
        "https://{tenant}.example.com/auth",
        "https://id.example.com:{tenant}/auth",
        "",
    ],
)
def test_the_issuer_must_name_the_realm_once_in_its_path(
    monkeypatch: pytest.MonkeyPatch, template: str
) -> None:
    monkeypatch.setenv("ISSUER_TEMPLATE", template)
    with pytest.raises(ValueError, match="ISSUER_TEMPLATE"):
        Settings.of_environment()


@pytest.mark.parametrize(
    "template",
    [
        "http://id.example.com/auth/realms/{tenant}",
        "http://127.0.0.1.example.com/{tenant}",
        "http://localhost.example.com/{tenant}",
        "http://127.0.0.1@example.com/{tenant}",
        "http://10.0.0.1/{tenant}",
        "http://0.0.0.0/{tenant}",
        "http://host.docker.internal:3000/{tenant}",
        "HTTP://id.example.com/{tenant}",
        "ftp://id.example.com/{tenant}",
        "file:///etc/{tenant}",
        "id.example.com/{tenant}",
    ],
)
def test_plain_http_is_for_a_loopback_issuer_only(
    monkeypatch: pytest.MonkeyPatch, template: str
) -> None:
    monkeypatch.setenv("ISSUER_TEMPLATE", template)
    with pytest.raises(ValueError, match="ISSUER_TEMPLATE"):
        Settings.of_environment()


@pytest.mark.parametrize(
    "keys_url",
    [
        "https://keys.example.com/certs",
        "http://127.0.0.1:3000/certs",
        "{issuer}/protocol/openid-connect/certs/",
        "{issuer}/certs",
        "",
    ],
)
def test_a_real_issuer_publishes_its_keys_itself(
    monkeypatch: pytest.MonkeyPatch, keys_url: str
) -> None:
    monkeypatch.setenv("KEYS_URL_TEMPLATE", keys_url)
    with pytest.raises(ValueError, match="KEYS_URL_TEMPLATE"):
        Settings.of_environment()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]"])
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_loopback_issuer_may_have_another_name_in_a_container(
    monkeypatch: pytest.MonkeyPatch, scheme: str, host: str
) -> None:
    monkeypatch.setenv("ISSUER_TEMPLATE", f"{scheme}://{host}:3000/auth/realms/{{tenant}}")
    monkeypatch.setenv("KEYS_URL_TEMPLATE", "http://host.docker.internal:3000/certs?{issuer}")
    settings = Settings.of_environment()
    issuer = f"{scheme}://{host}:3000/auth/realms/acme"
    assert settings.issuer.fullmatch(issuer)
    assert urlsplit(settings.keys_url(issuer)).hostname == "host.docker.internal"
