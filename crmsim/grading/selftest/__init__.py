"""How the grading itself is tested: hands of known skill play, and what their grades show is measured."""
