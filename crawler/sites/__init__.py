"""Sites: their descriptions, which of them a command means, and their canonical URLs."""
