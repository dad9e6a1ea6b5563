"""The commands, one a file; `search_cli.app` loads a file's `command` when it is called."""
