"""One plain shape a thing, the same whoever asks: values that use cases give, and their JSON."""
