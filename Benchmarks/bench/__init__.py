"""What the benchmark commands share: data, servers, processes, measuring, tables."""
