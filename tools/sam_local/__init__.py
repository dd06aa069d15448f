"""make sam-local: SAM's own workflow, sam local, compared with the deployed stack."""
