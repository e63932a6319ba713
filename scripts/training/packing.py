"""Rows of one length, filled with documents: best fit from a small waiting list. No document is cut or lost between
calls."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from documents import Document

ROW_LENGTH = 3840  # tokens; eight paths and their summary fit
WAITING = 48  # documents to choose from
MOST_DOCUMENTS = 249  # in a row, so that their numbers fit a byte


class Rows(NamedTuple):
    """Packed rows, each array of shape (rows, row length).

    `tokens` uint8; `positions` uint16; `documents` uint8, the number of the document in its row from 1 up, 0 for
    padding; `flags` uint8.
    """

    tokens: np.ndarray
    positions: np.ndarray
    documents: np.ndarray
    flags: np.ndarray


class Packer:
    """Packs an endless stream of documents; those that no row has taken yet wait for the next call."""

    def __init__(self, documents: Iterator[Document], row_length: int = ROW_LENGTH):
        self.waiting: list[Document] = []
        self.too_long = 0  # documents that no row can hold, left out
        self._documents = documents
        self._row_length = row_length

    def rows(self, count: int) -> Rows:
        """The next rows."""
        shape = (count, self._row_length)
        rows = Rows(*(np.zeros(shape, kind) for kind in (np.uint8, np.uint16, np.uint8, np.uint8)))
        for row in range(count):
            self._fill(rows, row)
        return rows

    def _fill(self, rows: Rows, row: int) -> None:
        filled = 0
        for number in range(1, MOST_DOCUMENTS + 1):
            document = self._take(self._row_length - filled)
            if document is None:
                return
            span = slice(filled, filled + len(document.tokens))
            rows.tokens[row, span] = np.frombuffer(document.tokens, np.uint8)
            rows.positions[row, span] = document.positions
            rows.flags[row, span] = document.flags
            rows.documents[row, span] = number
            filled = span.stop

    def _take(self, room: int) -> Document | None:
        """The longest waiting document that fits, the oldest one for an empty row."""
        while len(self.waiting) < WAITING:
            document = next(self._documents)
            if len(document.tokens) <= self._row_length:
                self.waiting.append(document)
            else:
                self.too_long += 1
        if room == self._row_length:
            return self.waiting.pop(0)
        fitting = [place for place, document in enumerate(self.waiting) if len(document.tokens) <= room]
        if not fitting:
            return None
        return self.waiting.pop(max(fitting, key=lambda place: len(self.waiting[place].tokens)))
