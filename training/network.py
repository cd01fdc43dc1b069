"""The tagger's network: a six-layer BERT encoder with a tag head, a CRF and two link pointers."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

ENCODER_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
TAGS = 7  # O, then begin and inside of source, cue, content
WIDTH, HEADS, INNER, EPS, LINK = 384, 12, 1536, 1e-12, 64


class Dropout(nn.Module):
    """Dropout whose masks are windows of one drawn pool: drawing anew cost a sixth of a step."""

    def __init__(self, rate: float) -> None:
        super().__init__()
        self.rate = rate
        self.pool = torch.empty(0)

    def forward(self, x: Tensor) -> Tensor:
        """Scale kept values by 1 / (1 - rate); nothing outside training."""
        if not self.training or not self.rate:
            return x
        if len(self.pool) < 4 * x.numel():
            self.pool = (torch.rand(16 * x.numel()) >= self.rate).to(torch.bfloat16) / (
                1 - self.rate
            )
        start = int(torch.randint(len(self.pool) - x.numel(), (1,)))
        return x * self.pool[start : start + x.numel()].view_as(x)


class Layer(nn.Module):
    """One transformer layer, post-norm, as BERT has it."""

    def __init__(self, dropout: Dropout) -> None:
        super().__init__()
        self.query, self.key, self.value, self.out = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.up, self.down = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.norm1, self.norm2 = nn.LayerNorm(WIDTH, eps=EPS), nn.LayerNorm(WIDTH, eps=EPS)
        self.dropout = dropout

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """`x` is (batch, length, width), `bias` (batch, 1, 1, length) added to the scores."""
        batch, length, _ = x.shape
        split = lambda y: y.view(batch, length, HEADS, WIDTH // HEADS).transpose(1, 2)  # noqa: E731
        q, k, v = split(self.query(x)), split(self.key(x)), split(self.value(x))
        scores = torch.softmax(q @ k.transpose(2, 3) * (WIDTH // HEADS) ** -0.5 + bias, dim=3)
        y = scores.to(v.dtype) @ v
        y = self.out(y.transpose(1, 2).reshape(batch, length, WIDTH))
        x = self.norm1(x + self.dropout(y))
        y = self.down(functional.gelu(self.up(x)))
        return self.norm2(x + self.dropout(y))


class Tagger(nn.Module):
    """Emissions for the tags and four link projections per piece."""

    def __init__(
        self, vocabulary: int = 30522, layers: int = 6, shapes: int = 18, dropout: float = 0.1
    ) -> None:
        super().__init__()
        self.dropout = Dropout(dropout)
        self.words = nn.Embedding(vocabulary, WIDTH)
        self.places = nn.Embedding(512, WIDTH)
        self.shapes = nn.Embedding(shapes, WIDTH)
        self.kind = nn.Parameter(torch.zeros(WIDTH))
        self.norm = nn.LayerNorm(WIDTH, eps=EPS)
        self.layers = nn.ModuleList(Layer(self.dropout) for _ in range(layers))
        self.tags = nn.Linear(WIDTH, TAGS)
        self.links = nn.Linear(WIDTH, 4 * LINK)
        self.transitions = nn.Parameter(torch.zeros(TAGS, TAGS))
        self.first = nn.Parameter(torch.zeros(TAGS))
        nn.init.zeros_(self.shapes.weight)
        nn.init.normal_(self.tags.weight, std=0.02)
        nn.init.normal_(self.links.weight, std=0.02)

    def forward(self, ids: Tensor, shapes: Tensor) -> tuple[Tensor, Tensor]:
        """(batch, length) ids and shapes to (batch, length, 7) and (batch, length, 256)."""
        bias = torch.where(ids == 0, -1e4, 0.0)[:, None, None, :]
        x = self.words(ids) + self.places.weight[: ids.shape[1]] + self.kind + self.shapes(shapes)
        x = self.dropout(self.norm(x))
        for layer in self.layers:
            x = layer(x, bias)
        x = x.float()
        return self.tags(x), self.links(x)


def load_encoder(net: Tagger, path: Path) -> None:
    """Fill the encoder from MiniLM's `model.safetensors`, after checking its hash."""
    from safetensors.torch import load_file

    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if digest != ENCODER_SHA256:
        raise SystemExit(f"{path}: SHA-256 is {digest}, expected {ENCODER_SHA256}")
    weights = load_file(path)
    state = {
        "words.weight": weights["embeddings.word_embeddings.weight"],
        "places.weight": weights["embeddings.position_embeddings.weight"],
        "kind": weights["embeddings.token_type_embeddings.weight"][0],
        "norm.weight": weights["embeddings.LayerNorm.weight"],
        "norm.bias": weights["embeddings.LayerNorm.bias"],
    }
    names = {
        "query": "attention.self.query",
        "key": "attention.self.key",
        "value": "attention.self.value",
        "out": "attention.output.dense",
        "norm1": "attention.output.LayerNorm",
        "up": "intermediate.dense",
        "down": "output.dense",
        "norm2": "output.LayerNorm",
    }
    for i in range(len(net.layers)):
        for ours, theirs in names.items():
            for part in ("weight", "bias"):
                state[f"layers.{i}.{ours}.{part}"] = weights[f"encoder.layer.{i}.{theirs}.{part}"]
    missing, unexpected = net.load_state_dict(state, strict=False)
    assert not unexpected, unexpected
    assert all(not name.startswith("layers") for name in missing), missing


class _LogPartition(torch.autograd.Function):
    """Log partition function of linear chains; its gradient is the marginals.

    Forward-backward in numpy: the recursion's many tiny steps cost more in torch's thread
    barriers than the whole encoder.
    """

    @staticmethod
    def forward(
        ctx: Any, emissions: Tensor, transitions: Tensor, first: Tensor, mask: Tensor
    ) -> Tensor:
        e = emissions.detach().numpy().astype(np.float64)
        t, m = transitions.detach().numpy().astype(np.float64), mask.numpy() > 0
        length = e.shape[1]
        alpha, beta = np.empty_like(e), np.zeros_like(e)
        alpha[:, 0] = first.detach().numpy() + e[:, 0]
        power = np.exp(t)
        for i in range(1, length):
            top = alpha[:, i - 1].max(1, keepdims=True)
            step = np.log(np.exp(alpha[:, i - 1] - top) @ power) + top + e[:, i]
            alpha[:, i] = np.where(m[:, i, None], step, alpha[:, i - 1])
        for i in range(length - 2, -1, -1):
            after = beta[:, i + 1] + e[:, i + 1]
            top = after.max(1, keepdims=True)
            step = np.log(np.exp(after - top) @ power.T) + top
            beta[:, i] = np.where(m[:, i + 1, None], step, beta[:, i + 1])
        top = alpha[:, -1].max(1, keepdims=True)
        total = np.log(np.exp(alpha[:, -1] - top).sum(1)) + top[:, 0]
        marginals = np.exp(alpha + beta - total[:, None, None]) * m[..., None]
        level = alpha[:, :-1].max(2, keepdims=True)
        left = np.exp(alpha[:, :-1] - level)
        right = np.exp(e[:, 1:] + beta[:, 1:] + level - total[:, None, None]) * m[:, 1:, None]
        pairs = np.einsum("bli,blj->ij", left, right) * power
        ctx.save_for_backward(torch.from_numpy(marginals).float(), torch.from_numpy(pairs).float())
        return torch.tensor(total.sum(), dtype=torch.float32)

    @staticmethod
    def backward(ctx: Any, grad: Tensor) -> tuple[Tensor | None, ...]:  # type: ignore[override]
        marginals, pairs = ctx.saved_tensors
        return grad * marginals, grad * pairs, grad * marginals[:, 0].sum(0), None


def crf_loss(net: Tagger, emissions: Tensor, tags: Tensor, mask: Tensor) -> Tensor:
    """Negative log likelihood of the tag sequences, summed over the batch."""
    here = emissions.gather(2, tags[..., None])[..., 0] * mask
    steps = net.transitions[tags[:, :-1], tags[:, 1:]] * mask[:, 1:]
    gold = here.sum() + steps.sum() + net.first[tags[:, 0]].sum()
    return _LogPartition.apply(emissions, net.transitions, net.first, mask) - gold


def link_loss(links: Tensor, cue_of: Tensor, source_of: Tensor, mask: Tensor) -> Tensor:
    """Cross entropy of content piece to its cue's first piece, cue piece to its source's."""
    content_q, cue_k, cue_q, source_k = links.split(LINK, dim=2)
    dead = (mask == 0)[:, None, :]
    total = links.new_zeros(())
    for q, k, target in ((content_q, cue_k, cue_of), (cue_q, source_k, source_of)):
        scores = (q @ k.transpose(1, 2) / LINK**0.5).masked_fill(dead, -1e4)
        total = total + functional.cross_entropy(
            scores.flatten(0, 1), target.flatten(), ignore_index=-100, reduction="sum"
        )
    return total
