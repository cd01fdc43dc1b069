"""The trained tagger: windows in, tags with probabilities and link projections out.

The model (`model/`, described in docs/model_card.md) is an int8 ONNX graph run on one thread; its
files are checked against the hashes of their manifest before anything is read from them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np
from msgspec import Struct

from whipcount.errors import ModelError
from whipcount.records import Span
from whipcount.voices.decoding import TAGS, constrain, viterbi
from whipcount.voices.windows import Window, cut_pieces, pack

if TYPE_CHECKING:
    from numpy.typing import NDArray

MODEL_FOLDER = Path(__file__).parent / "model"
DECODED = 64  # windows that are decoded together
# The fused operator is four times slower on a CPU than the sum and the normalisation it replaces.
LEFT_APART = ["SkipLayerNormFusion"]


class Manifest(Struct, frozen=True):
    """`model.json`: transition scores of the chain, width of the links, hashes of the files."""

    version: str
    tags: list[str]
    link_width: int
    transitions: list[list[float]]
    first: list[float]
    sha256: dict[str, str]


class Tagged(Struct, frozen=True):
    """A window with the tag of each piece, the tags' probabilities and the link projections.

    `probabilities` is (pieces, 7); `links` (pieces, 4 * width): content to cue query, cue key,
    cue to source query, source key.
    """

    window: Window
    tags: list[int]
    probabilities: Any
    links: Any


class Tagger:
    """Marks source, cue and content; build it with `load_tagger`."""

    def __init__(self, session: Any, tokenizer: Any, manifest: Manifest) -> None:
        self._session = session
        self.tokenizer = tokenizer
        self.version = manifest.version
        self.link_width = manifest.link_width
        self._transitions, self._first = constrain(
            np.array(manifest.transitions), np.array(manifest.first)
        )

    def windows(self, text: str, spans: Sequence[Span]) -> list[Window]:
        """The windows over the given spans (paragraphs, in order) of a text."""
        return pack(text, cut_pieces(self.tokenizer, text, spans))

    def tag(self, windows: Sequence[Window]) -> list[Tagged]:
        """Tag windows, of any number of documents, in their order.

        The network sees one window at a time: batches gain no speed on one thread, cost padding,
        and would let the int8 scales of a window depend on its neighbours.
        """
        out: list[Tagged | None] = [None] * len(windows)
        order = sorted(range(len(windows)), key=lambda i: len(windows[i].ids))
        for start in range(0, len(order), DECODED):
            batch = order[start : start + DECODED]
            for number, tagged in zip(batch, self._run([windows[i] for i in batch]), strict=True):
                out[number] = tagged
        return [tagged for tagged in out if tagged is not None]

    def _run(self, windows: Sequence[Window]) -> Iterator[Tagged]:
        lengths = np.array([len(window.ids) for window in windows], dtype=np.int64)
        emissions = np.zeros((len(windows), int(lengths.max()), TAGS), dtype=np.float32)
        links = []
        for row, window in enumerate(windows):
            feed = {name: np.array([getattr(window, name)], np.int64) for name in ("ids", "shapes")}
            scores, projected = self._session.run(["emissions", "links"], feed)
            emissions[row, : lengths[row]] = scores[0]
            links.append(projected[0])
        paths = viterbi(emissions, lengths, self._transitions, self._first)
        chances = _softmax(emissions)
        for row, (window, path) in enumerate(zip(windows, paths, strict=True)):
            yield Tagged(window, path, chances[row, : int(lengths[row])], links[row])


def _softmax(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    power = np.exp(scores - scores.max(-1, keepdims=True))
    return np.asarray(power / power.sum(-1, keepdims=True))


def load_tagger(folder: Path | None = None, *, threads: int = 1) -> Tagger:
    """Load the shipped tagger, or one from `folder`; ModelError where its files are not its own."""
    import onnxruntime as ort
    from tokenizers import Tokenizer

    folder = folder or MODEL_FOLDER
    files = {name: _read(folder / name) for name in ("model.json", "tagger.onnx", "tokenizer.json")}
    try:
        manifest = msgspec.json.decode(files["model.json"], type=Manifest)
    except msgspec.DecodeError as error:
        raise ModelError(f"{folder / 'model.json'}: {error}; reinstall whipcount") from error
    for name in ("tagger.onnx", "tokenizer.json"):
        digest = hashlib.sha256(files[name]).hexdigest()
        if digest != manifest.sha256.get(name):
            raise ModelError(
                f"{folder / name}: not the file of its manifest (SHA-256 {digest[:12]}...); "
                "reinstall whipcount or export the model again"
            )
    assert len(manifest.tags) == TAGS
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    session = ort.InferenceSession(
        files["tagger.onnx"],
        options,
        providers=["CPUExecutionProvider"],
        disabled_optimizers=LEFT_APART,
    )
    return Tagger(session, Tokenizer.from_str(files["tokenizer.json"].decode()), manifest)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ModelError(
            f"{path}: cannot be read ({error.strerror}); reinstall whipcount"
        ) from error
