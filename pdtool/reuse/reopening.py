"""Documents that were compared, opened again for their raw texts: the same texts, or an error."""

from __future__ import annotations

from dataclasses import dataclass

from pdtool.corpus.source import Source
from pdtool.documents.cache import DocumentCache
from pdtool.documents.document import Document
from pdtool.errors import InputError
from pdtool.language import _
from pdtool.reuse.findings import Findings
from pdtool.reuse.folds import digest_of

__all__ = ["Compared", "compared"]


@dataclass(frozen=True, slots=True)
class Compared:
    """A document as it was compared.

    Args:
        source: Where it is.
        digest: The digest of its fold then.
    """

    source: Source
    digest: bytes

    def open(self, cache: DocumentCache) -> Document:
        """Return the document.

        The places of passages are places in the text that was compared: in any other they mean nothing.

        Raises:
            InputError: If it can no longer be read, or has another text now; it names the file.
        """
        name = self.source.name
        try:
            document = cache.open(self.source)
        except InputError as error:
            raise InputError(f"{name}: {error.message}", error.hint) from error
        if digest_of(document.folded.codes) != self.digest:
            raise InputError(
                _("{name}: is no longer what it was (the file changed while it was read)", name=name),
                _("run it again once nobody writes to the file"),
            )
        return document


def compared(findings: Findings, document: int) -> Compared:
    """Return a document of a corpus, by its number."""
    return Compared(findings.sources[document], findings.facts["digest"][document].tobytes())
