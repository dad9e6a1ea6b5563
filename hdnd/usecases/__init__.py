"""What people do with an archive, a module a task; each takes what it needs and returns values."""
