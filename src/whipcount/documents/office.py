"""PDF and DOCX: text and what the file says about itself."""

from __future__ import annotations

import io
import logging
import zipfile

from msgspec import Struct

from whipcount.documents.raw import MAX_CHARACTERS
from whipcount.errors import DocumentError

MAX_PAGES = 2_000
MAX_UNZIPPED = 200_000_000  # bytes; a DOCX that unfolds to more is a bomb, not a report
MAX_PARTS = 5_000


class Office(Struct, frozen=True):
    """Text of a PDF or DOCX file with its title, where it has one.

    It carries no date: a file's creation date is when it was saved, not when it was published.
    """

    text: str
    title: str


def read_pdf(data: bytes, path: str) -> Office:
    """Text of a PDF, page by page, lines of a paragraph joined. Raises DocumentError."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its warnings are not for the user
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise DocumentError(path, "encrypted PDF", "save it without its password")
        if len(reader.pages) > MAX_PAGES:
            raise DocumentError(path, f"PDF of more than {MAX_PAGES} pages", "split it")
        text = _pages(reader, path)
        title = str((reader.metadata and reader.metadata.title) or "")
    except DocumentError:
        raise
    except (PyPdfError, ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
        raise _broken(path, "PDF", error) from error
    except (RecursionError, OverflowError, MemoryError, NotImplementedError, OSError) as error:
        raise _broken(path, "PDF", error) from error
    if not text.strip():
        raise DocumentError(path, "no text in the PDF", "run text recognition on it first")
    return Office(text, title)


def _pages(reader: object, path: str) -> str:
    pages: list[str] = []
    size = 0
    for page in reader.pages:  # type: ignore[attr-defined]
        pages.append(_joined_lines(page.extract_text() or ""))
        size += len(pages[-1])
        if size > MAX_CHARACTERS:
            raise DocumentError(path, "PDF with more text than any article", "split it")
    return "\n\n".join(page for page in pages if page)


def _joined_lines(text: str) -> str:
    """Lines set to a column's width joined into paragraphs.

    A line ends its paragraph where it is much shorter than the page's longest line, or blank.
    """
    lines = [line.strip() for line in text.split("\n")]
    width = max(map(len, lines), default=0)
    paragraphs: list[str] = []
    parts: list[str] = []
    for line in lines:
        if line:
            parts.append(line)
        if parts and (not line or len(line) < 0.6 * width):
            paragraphs.append(_unhyphenated(parts))
            parts = []
    if parts:
        paragraphs.append(_unhyphenated(parts))
    return "\n\n".join(paragraphs)


def _unhyphenated(lines: list[str]) -> str:
    joined = lines[0]
    for line in lines[1:]:
        if joined.endswith("-") and line[:1].islower() and joined[-2:-1].islower():
            joined += line  # keeps the hyphen: "cease-" + "fire" must not become a new word
        else:
            joined += " " + line
    return joined


def read_docx(data: bytes, path: str) -> Office:
    """Text of a DOCX file: its paragraphs and table cells in order. Raises DocumentError."""
    _check_zip(data, path)
    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from docx.table import Table
    from lxml.etree import LxmlError

    try:
        document = docx.Document(io.BytesIO(data))
        paragraphs: list[str] = []
        for block in document.iter_inner_content():
            if isinstance(block, Table):
                cells = (cell.text for row in block.rows for cell in row.cells)
                paragraphs.extend(dict.fromkeys(cells))  # merged cells repeat
            else:
                paragraphs.append(block.text)
        title = str(document.core_properties.title or "")
    except (PackageNotFoundError, LxmlError, KeyError, ValueError, TypeError) as error:
        raise _broken(path, "DOCX", error) from error
    except (AttributeError, IndexError, OSError, RecursionError, NotImplementedError) as error:
        raise _broken(path, "DOCX", error) from error
    text = "\n\n".join(text.strip() for text in paragraphs if text.strip())
    if not text:
        raise DocumentError(path, "empty file", "remove it, or fill it")
    return Office(text, title)


def _check_zip(data: bytes, path: str) -> None:
    """Refuse archives that unfold to more than a report, before unfolding them."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise _broken(path, "DOCX", error) from error
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNZIPPED:
        raise DocumentError(path, "DOCX that unfolds to more than 200 MB", "save it as text")
    if "word/document.xml" not in {part.filename for part in parts}:
        raise DocumentError(path, "a zip archive that is no DOCX", "unpack it first")


def _broken(path: str, kind: str, error: BaseException) -> DocumentError:
    detail = str(error).strip().split("\n")[0][:160] or type(error).__name__
    return DocumentError(path, f"broken {kind}: {detail}", "save it again, or as text")
