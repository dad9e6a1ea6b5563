"""The application: use cases, and views of what they give. Prints nothing, reads no terminal.

A face (`search_cli`, a page in the browser) imports this package and plain values, and nothing
else below it. Modules are imported where they are needed: a search must not wait for a crawler.
"""
