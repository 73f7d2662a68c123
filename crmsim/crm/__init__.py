"""The nouns of the business and their pure calculations."""
