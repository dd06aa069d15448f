"""samconfig.toml: one section per environment, each with what the template asks for."""

import shlex
import tomllib
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.contract.project import ROOT

SAMCONFIG = tomllib.loads((ROOT / "samconfig.toml").read_text())
ENVIRONMENTS = ["local", "dev", "prod"]


def deployment(environment: str) -> dict[str, Any]:
    found: dict[str, Any] = SAMCONFIG[environment]["deploy"]["parameters"]
    return found


def parameters(environment: str) -> dict[str, str]:
    pairs = shlex.split(deployment(environment)["parameter_overrides"])
    return dict(pair.split("=", 1) for pair in pairs)


def test_there_is_a_section_for_each_environment() -> None:
    assert SAMCONFIG.keys() - {"version", "default"} == set(ENVIRONMENTS)


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_an_environment_gives_what_the_template_asks_for(
    template: dict[str, Any], environment: str
) -> None:
    given = parameters(environment)
    declared = template["Parameters"]
    assert given["Environment"] == environment
    assert given.keys() <= declared.keys()
    assert {name for name, p in declared.items() if "Default" not in p} <= given.keys()


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_an_environments_issuer_has_a_realm_per_tenant(environment: str) -> None:
    url = urlsplit(parameters(environment)["IssuerTemplate"])
    assert url.path == "/auth/realms/{tenant}"
    if environment == "local":
        assert (url.scheme, url.netloc) == ("http", "127.0.0.1:3000")
    else:
        assert url.scheme == "https"


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_a_deployment_may_make_roles_and_use_transforms(environment: str) -> None:
    capabilities = deployment(environment)["capabilities"].split()
    assert capabilities == ["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"]


def test_the_environments_are_different_stacks() -> None:
    assert len({deployment(environment)["stack_name"] for environment in ENVIRONMENTS}) == 3


def test_prod_is_deployed_after_a_look_at_the_changes_only() -> None:
    assert deployment("prod")["confirm_changeset"] is True
