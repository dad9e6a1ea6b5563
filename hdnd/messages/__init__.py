"""What is said to people, by code; a face chooses and prints it."""
