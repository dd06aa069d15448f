"""The contract: docs/openapi.json, built from the models and one table of operations."""
