"""What web archives hold of a site, asked for and taken in."""
