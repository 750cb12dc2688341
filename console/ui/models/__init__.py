"""Item models: one table model for all tables, and the columns of each."""
