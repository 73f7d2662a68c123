"""The same screens in a browser: one program a visitor, behind a secret in the address, nothing from elsewhere."""
