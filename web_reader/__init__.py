"""The archive in a browser: a second face beside the terminal. Needs the extra `[web]`."""
