"""make openapi: write docs/openapi.json."""

from tools.openapi import build

if __name__ == "__main__":
    build.FILE.write_text(build.text())
