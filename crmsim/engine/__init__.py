"""The language that rules are written in. It knows no business, no screen and no database."""
