"""Predictions for coded passages, in the form the scorers read."""
