"""The six documents: a module each, named by the URL's last segment.

Beside each `<name>.py` stands `<name>.json`, what a read needs of it without Pydantic: its
default and the JSON Schema of its answer. `make schemas` writes these files.
"""
