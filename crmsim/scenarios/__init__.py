"""Scenario files: their schema, loading, checking and casting."""
