"""Every trouble Chairside expects, as one tree; `words` turns a code into a sentence and the next action.

ChairsideError
|- FormError        a form file or the visit's step list is not usable (file, line)
|- LedgerError      the store cannot be read or written
|  |- ChainBroken   the chain of facts does not hold (number, stream)
|  |- DiskRefused   the disk said no; nothing was acknowledged
|  `- InDoubt       a commit failed and the fact could not be found again
|- KeyRefused       a PIN, passphrase or recovery key is wrong, locked or missing
|- NotAllowed       this person may not do this now (code says why)
|- RecordError      the PDF cannot be built
|  |- SealError     the PDF cannot be signed or written
|  `- CheckFailed   a file could not be examined
`- SettingsError    this machine's settings are wrong
"""

from __future__ import annotations


class ChairsideError(Exception):
    """An expected trouble: a stable code and the facts around it, no sentence."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts: dict[str, object] = facts

    def __str__(self) -> str:
        told = ", ".join(f"{name}={value}" for name, value in self.facts.items())
        return f"{self.code} ({told})" if told else self.code


class FormError(ChairsideError):
    """A form folder is refused; `facts["complaints"]` lists every (file, line, text)."""


class LedgerError(ChairsideError):
    """The store cannot be opened, read or written."""


class ChainBroken(LedgerError):
    """A fact is missing, altered or out of order; `facts["number"]` is the first bad one."""


class DiskRefused(LedgerError):
    """The disk refused a write; what was on it before is whole, nothing new was acknowledged."""


class InDoubt(LedgerError):
    """A commit failed and looking again did not settle whether it is on disk."""


class KeyRefused(ChairsideError):
    """A secret did not open what it should; `facts["wait_seconds"]` when tries are held back."""


class NotAllowed(ChairsideError):
    """The act is not this person's, or not now; the code names the rule."""


class RecordError(ChairsideError):
    """The record cannot be built from these facts."""


class SealError(RecordError):
    """The record could not be signed or written."""


class CheckFailed(RecordError):
    """A file could not be examined at all."""


class SettingsError(ChairsideError):
    """A folder, file or setting of this machine is unusable."""
