"""The pages: what each address shows."""
