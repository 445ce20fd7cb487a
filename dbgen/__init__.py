"""dbgen: migrations, rollbacks and types for Supabase prototypes, from a model."""

__version__ = "0.1.0"
