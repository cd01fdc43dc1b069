"""Mean of several epochs' weights: `python training/average.py OUT.pt IN.pt IN.pt ...`."""

from __future__ import annotations

import sys

import torch


def main() -> None:
    """Average and save."""
    out, *paths = sys.argv[1:]
    states = [torch.load(path) for path in paths]
    mean = {name: sum(state[name] for state in states) / len(states) for name in states[0]}
    torch.save(mean, out)


if __name__ == "__main__":
    main()
