"""The stack parameters of a deployment: those of samconfig.toml, and a revision."""

from pathlib import Path

import pytest

from tools import samconfig


@pytest.fixture
def build(tmp_path: Path) -> Path:
    (tmp_path / "template.yaml").write_text("Resources: {}")
    return tmp_path


def given(build: Path, **replaced: str) -> dict[str, str]:
    pairs = samconfig.parameters("local", replaced, build)
    return dict(pair.split("=", 1) for pair in pairs)


def test_what_is_not_replaced_is_the_files(build: Path) -> None:
    plain = given(build)
    replaced = given(build, IssuerTemplate="http://127.0.0.1:1/{tenant}")
    assert plain["Environment"] == replaced["Environment"] == "local"
    assert plain["ThrottlingRate"] == replaced["ThrottlingRate"] == "10000"
    assert replaced["IssuerTemplate"] == "http://127.0.0.1:1/{tenant}"


def test_the_same_build_and_parameters_have_the_same_revision(build: Path) -> None:
    assert given(build) == given(build)


def test_another_parameter_another_file_or_another_name_has_another_revision(build: Path) -> None:
    revisions = [given(build)["Revision"], given(build, Audience="another")["Revision"]]
    (build / "app.py").write_text("1")
    revisions.append(given(build)["Revision"])
    (build / "app.py").rename(build / "other.py")
    revisions.append(given(build)["Revision"])
    assert len(set(revisions)) == len(revisions)
