"""`python -m crmsim` is the program `crmsim`."""

from crmsim.cli import main

main()
