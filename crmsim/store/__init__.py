"""The save file: a journal that is on disk before an action is acknowledged. Reading one needs no database library."""
