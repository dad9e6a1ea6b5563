"""How a guest behaves: who it says it is, what it may fetch, how fast, when it gives up."""
