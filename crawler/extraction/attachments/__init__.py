"""From the bytes of an attachment to its text, page by page; in a process of its own."""
