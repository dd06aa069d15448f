"""The layers' bytecode is used as it is: SAM's zips date all files to 1980, so no date can tell."""

from importlib.util import MAGIC_NUMBER, cache_from_source, source_hash
from pathlib import Path

import pytest

from tests.package.built import LAYERS

UNCHECKED_HASH = (1).to_bytes(4, "little")  # PEP 552: by hash, and not looked at again


@pytest.mark.parametrize("layer", LAYERS)
def test_every_module_has_bytecode_of_just_its_source(built: Path, layer: str) -> None:
    sources = list((built / layer).rglob("*.py"))
    assert sources
    for source in sources:
        header = Path(cache_from_source(str(source))).read_bytes()[:16]
        assert header == MAGIC_NUMBER + UNCHECKED_HASH + source_hash(source.read_bytes()), source
