"""From a stored response to an article. Pure, so that it can be repeated years later."""
