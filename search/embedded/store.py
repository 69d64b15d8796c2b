"""One index on disk, shared by several processes.

    DATA_DIR/search/<index>/current             names the generation in use
    DATA_DIR/search/<index>/<generation>/       a tantivy index, and `columns`: for which columns it was made

Readers look at two small files before each search and load what is new. tantivy commits by renaming one file, and a new
generation is put in use by renaming `current`: a process may be killed at any moment and leaves an index that opens.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tantivy

from search.columns import KEY, Form, Spec
from search.documents import Document, forms_of
from search.engine import EngineDown, IndexMissing

from .queries import Renderer, native

CURRENT, COLUMNS = "current", "columns"
WRITER_BYTES = 50_000_000
BUILDER_BYTES = 200_000_000
# Another process may hold the writer for the time of a batch.
LONGEST_WAIT_SECONDS = 20.0
# Folders of other generations younger than this may be in the making.
ABANDONED_SECONDS = 6 * 3600


def schema_of(spec: Spec) -> tantivy.Schema:
    """tantivy's schema for the columns."""
    builder = tantivy.SchemaBuilder()
    for name, form in spec.columns.items():
        if form is Form.KEY:
            builder.add_text_field(name, stored=name == KEY, fast=name != KEY, tokenizer_name="raw", index_option="basic")
        elif form is Form.WORDS:
            builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
        elif form is Form.STORED:
            builder.add_bytes_field(name, stored=True, indexed=False)
        elif form is Form.BAG:
            builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
        elif form is Form.WHOLE:
            builder.add_integer_field(name, indexed=True, fast=True)
        elif form is Form.REAL:
            builder.add_float_field(name, indexed=True, fast=True)
        elif form is Form.MOMENT:
            builder.add_date_field(name, indexed=True, fast=True)
        elif form is Form.TRUTH:
            builder.add_boolean_field(name, indexed=True, fast=True)
    return builder.build()


@dataclass(slots=True)
class Opened:
    """A generation as this process has it open."""

    generation: str
    index: tantivy.Index
    renderer: Renderer
    seen: tuple[int, int] | None


class Store:
    """Reads and writes the generations of one index."""

    def __init__(self, folder: Path, spec: Spec) -> None:
        self.folder = folder
        self.spec = spec
        self._opened: Opened | None = None
        self._lock = threading.Lock()

    # Reading

    def searcher(self) -> tuple[tantivy.Searcher, Renderer]:
        """The newest state of the index. Raises IndexMissing."""
        opened = self._open()
        return opened.index.searcher(), opened.renderer

    def current(self) -> str:
        """The name of the generation in use. Raises IndexMissing."""
        try:
            return (self.folder / CURRENT).read_text(encoding="ascii")
        except FileNotFoundError as error:
            raise IndexMissing(self.spec.name) from error
        except OSError as error:
            raise EngineDown(self.spec.name) from error

    def _open(self) -> Opened:
        with self._lock:
            for attempt in (1, 2, 3):
                generation = self.current()
                try:
                    opened = self._opened
                    if opened is None or opened.generation != generation:
                        opened = self._opened = self._load(generation)
                    seen = _state(self.folder / generation / "meta.json")
                    if seen != opened.seen:
                        opened.index.reload()
                        opened.seen = seen
                    return opened
                except IndexMissing:
                    raise
                except (OSError, ValueError) as error:
                    # Swapped or merged away while it was opened: what is current now is there.
                    self._opened = None
                    if attempt == 3:
                        raise EngineDown(f"{self.spec.name}: {error}") from error
            raise EngineDown(self.spec.name)

    def _load(self, generation: str) -> Opened:
        folder = self.folder / generation
        if not folder.is_dir() or (folder / COLUMNS).read_text(encoding="utf-8") != self.spec.fingerprint:
            raise IndexMissing(self.spec.name)
        index = tantivy.Index.open(str(folder))
        return Opened(generation, index, Renderer(index.schema, self.spec.columns), None)

    # Writing

    def write(self, documents: Iterable[Document], removed: Iterable[str]) -> None:
        """Replace and remove by key in the generation in use, one commit. Raises IndexMissing where there is none."""
        opened = self._open()
        _write(opened.index, self.spec, documents, removed, WRITER_BYTES)

    def reset(self) -> None:
        """A new, empty generation in use."""
        self.put_in_use(self.new_generation()[0])

    def new_generation(self) -> tuple[str, tantivy.Index]:
        """An empty generation beside the one in use."""
        generation = f"{time.strftime('%Y%m%d%H%M%S')}-{secrets.token_hex(3)}"
        folder = self.folder / generation
        folder.mkdir(parents=True)
        index = tantivy.Index(schema_of(self.spec), path=str(folder), reuse=False)
        (folder / COLUMNS).write_text(self.spec.fingerprint, encoding="utf-8")
        return generation, index

    def put_in_use(self, generation: str) -> None:
        """Name the generation current, and remove those before it."""
        draft = self.folder / f"{CURRENT}.{os.getpid()}.{threading.get_ident()}"
        with draft.open("w", encoding="ascii") as file:
            file.write(generation)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self.folder / CURRENT)
        self.clean(generation)

    def clean(self, generation: str) -> None:
        """Remove generations older than the one in use, and what a killed process left."""
        for folder in self.folder.iterdir():
            if not folder.is_dir() or folder.name == generation:
                continue
            with contextlib.suppress(OSError):
                if folder.name < generation or folder.stat().st_mtime < time.time() - ABANDONED_SECONDS:
                    shutil.rmtree(folder, ignore_errors=True)


def _state(path: Path) -> tuple[int, int]:
    about = path.stat()
    return about.st_mtime_ns, about.st_ino


def writer_of(index: tantivy.Index, heap: int) -> tantivy.IndexWriter:
    """The one writer; waits while another process has it. Raises EngineDown when that takes too long."""
    deadline = time.monotonic() + LONGEST_WAIT_SECONDS
    while True:
        try:
            return index.writer(heap, 1)
        except ValueError as error:
            if "LockBusy" not in str(error) or time.monotonic() > deadline:
                raise EngineDown(str(error)) from error
            time.sleep(0.02)


def _write(index: tantivy.Index, spec: Spec, documents: Iterable[Document], removed: Iterable[str], heap: int) -> None:
    writer = writer_of(index, heap)
    try:
        for key in removed:
            writer.delete_documents_by_term(KEY, key)
        add_documents(writer, spec, documents)
        writer.commit()
        writer.wait_merging_threads()
    except (ValueError, OSError) as error:
        raise EngineDown(f"{spec.name}: {error}") from error


_ADDERS: dict[Form, Callable[[tantivy.Document, str, Any], None]] = {
    Form.KEY: tantivy.Document.add_text,
    Form.WORDS: tantivy.Document.add_text,
    Form.BAG: tantivy.Document.add_text,
    Form.WHOLE: tantivy.Document.add_integer,
    Form.REAL: tantivy.Document.add_float,
    Form.TRUTH: tantivy.Document.add_boolean,
    Form.STORED: lambda document, name, value: document.add_bytes(name, value.encode()),
    Form.MOMENT: lambda document, name, value: document.add_date(name, native(value)),
}


def add_documents(writer: tantivy.IndexWriter, spec: Spec, documents: Iterable[Document], *, replace: bool = True) -> None:
    """Give documents to a writer, those of the same key taken out."""
    for document in documents:
        if replace:
            writer.delete_documents_by_term(KEY, document[KEY])
        made = tantivy.Document()
        for column, form, value in forms_of(document, spec.columns):
            _ADDERS[form](made, column, value)
        writer.add_document(made)
