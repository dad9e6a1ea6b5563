"""`python -m search_cli`, the same as `hdnd`."""

from search_cli.main import run

if __name__ == "__main__":
    run()
