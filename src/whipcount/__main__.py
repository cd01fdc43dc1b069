"""`python -m whipcount` is the command line."""

from whipcount.cli import main

main()
