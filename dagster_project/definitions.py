"""The code location: everything Dagster loads."""

from dagster_project.orchestration.build import build_definitions

defs = build_definitions()
