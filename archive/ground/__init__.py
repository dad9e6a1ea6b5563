"""What every room of the archive uses: errors, instants, the home, the lock, durable writes."""
