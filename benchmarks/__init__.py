"""How long dbgen takes, whole processes, beside other tools and beside what cannot be undercut."""
