"""What the config's rules add to a schema: a file per rule, the bodies of functions beside it as `.sql`."""
