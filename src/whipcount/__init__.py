"""Whipcount: who is in, who is out, says who, and will it hold."""

__version__ = "0.1.0"
