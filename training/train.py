"""Train the tagger: `python training/train.py DATA ENCODER OUT [--epochs N]`; see README.md."""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from itertools import repeat
from pathlib import Path
from typing import Any

import torch
from examples import Example, examples, load, random_limits
from network import Tagger, crf_loss, link_loss, load_encoder
from tokenizers import Tokenizer
from torch.nn import functional

HERE = Path(__file__).parent
MASK = 103


def batches(rows: list[Any], tokens: int, rng: random.Random) -> list[list[Any]]:
    """Windows of like length together, at most `tokens` padded pieces a batch, shuffled."""
    rows = sorted(rows, key=lambda row: len(row[0].ids) + rng.random() * 8)
    out: list[list[Any]] = [[]]
    for row in rows:
        if out[-1] and (len(out[-1]) + 1) * max(len(row[0].ids), len(out[-1][-1][0].ids)) > tokens:
            out.append([])
        out[-1].append(row)
    rng.shuffle(out)
    return out


def tensors(batch: list[Any]) -> tuple[torch.Tensor, ...]:
    """Padded ids, shapes, tags, cue targets, source targets, mask."""
    width = max(len(row[0].ids) for row in batch)
    pad = lambda xs, fill: xs + [fill] * (width - len(xs))  # noqa: E731
    columns = (
        [pad(w.ids, 0) for w, *_ in batch],
        [pad(w.shapes, 0) for w, *_ in batch],
        [pad(t, 0) for _, t, _, _ in batch],
        [pad(c, -100) for _, _, c, _ in batch],
        [pad(s, -100) for _, _, _, s in batch],
        [pad([1] * len(w.ids), 0) for w, *_ in batch],
    )
    return tuple(torch.tensor(column) for column in columns)


def loss_of(net: Tagger, batch: tuple[torch.Tensor, ...], bf16: bool) -> torch.Tensor:
    """CRF likelihood and cross entropy per piece, in equal parts, and the links at half."""
    ids, shapes, tags, cue_of, source_of, mask = batch
    with torch.autocast("cpu", torch.bfloat16, enabled=bf16):
        emissions, links = net(ids, shapes)
    emissions, links = emissions.float(), links.float()
    pieces = mask.sum()
    flat = functional.cross_entropy(
        emissions.flatten(0, 1), tags.masked_fill(mask == 0, -100).flatten(), reduction="sum"
    )
    crf = crf_loss(net, emissions, tags, mask.float())
    return (0.5 * (flat + crf) + 0.5 * link_loss(links, cue_of, source_of, mask)) / pieces


def epoch_rows(sets: list[tuple[list[Example], int]], rng: random.Random) -> list[Any]:
    """One epoch's windows, cut anew; a set may come several times."""
    rows = []
    for parts, times in sets:
        for _ in range(times):
            for part in parts:
                rows.extend(part.windows(random_limits(rng)))
    return rows


def train(args: argparse.Namespace) -> None:
    """Train, keep an exponential average of the weights, report dev loss at each epoch."""
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    rng = random.Random(args.seed)
    tokenizer = Tokenizer.from_file(str(args.encoder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    data = args.data
    sets = [
        (examples(tokenizer, load(data / "polnear/train.jsonl.gz")), 1),
        (examples(tokenizer, load(data / "gum/train_other_genres.jsonl.gz")), args.gum_times),
    ]
    dev = examples(tokenizer, load(data / "polnear/dev.jsonl.gz"))
    dev_rows = [row for part in dev for row in part.windows(repeat(128))]
    net = Tagger(layers=args.layers, dropout=args.dropout)
    load_encoder(net, args.encoder / "model.safetensors")
    net.words.weight.requires_grad_(False)
    average = {name: value.detach().clone() for name, value in net.state_dict().items()}
    decay = [p for n, p in net.named_parameters() if p.requires_grad and p.ndim > 1]
    plain = [p for n, p in net.named_parameters() if p.requires_grad and p.ndim == 1]
    optimiser = torch.optim.AdamW(
        [{"params": decay, "weight_decay": 0.01}, {"params": plain, "weight_decay": 0.0}],
        lr=args.lr,
    )
    total = None
    step = 0
    started = time.time()
    log = []
    for epoch in range(args.epochs):
        if epoch == args.own_from:
            sets.append((examples(tokenizer, load(HERE / "own_paragraphs.jsonl")), args.own_times))
        todo = batches(epoch_rows(sets, rng), args.tokens, rng)
        total = total or len(todo) * args.epochs
        net.train()
        running = 0.0
        for number, batch in enumerate(todo):
            ids, *rest = tensors(batch)
            hide = (torch.rand(ids.shape) < args.mask) & (ids > 999)
            rate = (
                args.lr
                * min(1.0, step / args.warmup)
                * max(0.02, 0.5 * (1 + math.cos(math.pi * min(1.0, step / total))))
            )
            for group in optimiser.param_groups:
                group["lr"] = rate
            loss = loss_of(net, (ids.masked_fill(hide, MASK), *rest), args.bf16)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            step += 1
            keep = min(args.average, (1 + step) / (10 + step))
            with torch.no_grad():
                for name, value in net.state_dict().items():
                    if name != "words.weight":
                        average[name].lerp_(value, 1 - keep)
            running += loss.item()
            if number % 50 == 0:
                print(
                    f"epoch {epoch} step {number}/{len(todo)} loss {running / (number + 1):.4f} "
                    f"{time.time() - started:.0f}s",
                    flush=True,
                )
        current = {name: value.clone() for name, value in net.state_dict().items()}
        net.load_state_dict(average)
        net.eval()
        with torch.no_grad():
            losses = [
                loss_of(net, tensors(b), args.bf16).item() for b in batches(dev_rows, 8192, rng)
            ]
        log.append(
            {
                "epoch": epoch,
                "train_loss": running / len(todo),
                "dev_loss": sum(losses) / len(losses),
                "seconds": time.time() - started,
            }
        )
        print(json.dumps(log[-1]), flush=True)
        torch.save(average, args.out.with_suffix(f".{epoch}.pt"))
        torch.save(average, args.out.with_suffix(".partial"))
        args.out.with_suffix(".partial").rename(args.out)
        net.load_state_dict(current)
    args.out.with_suffix(".log.json").write_text(json.dumps(log, indent=1) + "\n")


def main() -> None:
    """Read the options and train."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("data", type=Path)
    ap.add_argument("encoder", type=Path)
    ap.add_argument("out", type=Path)
    ap.add_argument("--epochs", type=int, default=10)
    ap.add_argument("--layers", type=int, default=6)
    ap.add_argument("--lr", type=float, default=3e-4)
    ap.add_argument("--warmup", type=int, default=100)
    ap.add_argument("--tokens", type=int, default=3072)
    ap.add_argument("--dropout", type=float, default=0.1)
    ap.add_argument("--mask", type=float, default=0.05)
    ap.add_argument("--average", type=float, default=0.998)
    ap.add_argument("--gum-times", type=int, default=2)
    ap.add_argument("--own-times", type=int, default=4)
    ap.add_argument("--own-from", type=int, default=3, help="epoch from which our own join")
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--threads", type=int, default=2)
    ap.add_argument("--bf16", action=argparse.BooleanOptionalAction, default=True)
    train(ap.parse_args())


if __name__ == "__main__":
    main()
