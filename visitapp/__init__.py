"""Visit notebook for a ward office; see docs/architecture.md."""
