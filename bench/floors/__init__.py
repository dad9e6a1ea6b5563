"""The least that a task can cost."""
