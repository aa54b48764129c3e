"""Every error that this project raises on purpose, in one tree.

    WenbaoError
    ├── ReadError                a file cannot become reports
    │   ├── UnsupportedFile      its content is of no kind that a reader takes
    │   ├── UnreadableFile       the kind is known, this file is broken, empty or too large
    │   └── FormError            a data file of a form or of the words is wrong
    ├── StoreError               the data folder cannot serve
    │   ├── StoreVersionError    it was written by a newer version
    │   ├── EmbedderMismatch     its vectors come from another embedder
    │   └── UnknownReport        no report has this id
    ├── QuestionError            a question or a batch line cannot be taken
    └── EvaluationError          a question set cannot be run

An answer that the reports do not hold is not an error: it is an `Answer` with `abstained` true.
"""

from __future__ import annotations


class WenbaoError(Exception):
    """Something the user can act on; the message names the thing, its value and what was wanted."""


class ReadError(WenbaoError):
    """A file cannot become reports."""


class UnsupportedFile(ReadError):
    """The content is of no kind that a reader takes; convert it or leave it out."""


class UnreadableFile(ReadError):
    """The kind is known, but this file is broken, empty or too large; mend the file."""


class FormError(ReadError):
    """A data file of a form or of the words is wrong; mend the data file."""


class StoreError(WenbaoError):
    """The data folder cannot serve."""


class StoreVersionError(StoreError):
    """The store was written by a newer version; update the program or choose another folder."""


class EmbedderMismatch(StoreError):
    """The vectors come from another embedder; run `wenbao rebuild`."""


class UnknownReport(StoreError):
    """No report in the store has this id; `wenbao reports` lists them."""


class QuestionError(WenbaoError):
    """A question or a batch line cannot be taken; the message says what is wrong with it."""


class EvaluationError(WenbaoError):
    """A question set cannot be run; the message names the line."""
