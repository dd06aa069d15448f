"""What the repository holds, read from disk: the six config names, and the names made of them."""

from pathlib import Path

from tools.schemas import FOLDER

ROOT = Path(__file__).parents[2]
CONFIG_NAMES = sorted(path.stem for path in FOLDER.glob("*.py") if path.stem != "__init__")
WEBHOOK = "external_order_webhook"
SEQUENCE = "order_id_sequence"


def path_of(config_name: str) -> str:
    """Where the document is below the stage."""
    return f"/config/sales_order/{config_name}"


def logical_id(config_name: str, verb: str) -> str:
    """Of its function in the template: ExternalOmsGet."""
    return "".join(word.title() for word in [*config_name.split("_"), verb])


def folders(path: Path) -> set[str]:
    return {p.name for p in path.iterdir() if p.is_dir() and p.name != "__pycache__"}
