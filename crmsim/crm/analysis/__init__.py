"""The company's reports and figures: each computed from a view, each with its definition beside it."""
