"""The command line: one verb a use case. Results on stdout, everything else on stderr."""
