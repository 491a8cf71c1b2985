"""What a played story left in its folder, read as anyone could read it: no code of the product's."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf


@dataclass(frozen=True)
class Left:
    """A story's folder; `said` is what its process said on standard output and error."""

    out: Path
    said: tuple[str, str] = ("", "")

    @property
    def summary(self) -> dict[str, Any]:
        trouble = self.out / "trouble.txt"
        assert not trouble.exists(), trouble.read_text("utf-8")[-3000:]
        told: dict[str, Any] = json.loads((self.out / "summary.json").read_text("utf-8"))
        return told

    def content(self, file: str = "record.pdf") -> dict[str, Any]:
        """The record's own content, as it lies in the PDF."""
        with pikepdf.open(self.out / file) as pdf:
            told: dict[str, Any] = json.loads(pdf.attachments["record.json"].get_file().read_bytes())
            return told

    def bodies(self, file: str = "record.pdf") -> list[dict[str, Any]]:
        """Every fact in a file with its stamp."""
        return [json.loads(body) for body in self.content(file)["bodies"]]

    def facts(self, kind: str, file: str = "record.pdf") -> list[dict[str, Any]]:
        """The facts of one kind, in order."""
        return [body["fact"] for body in self.bodies(file) if body["fact"]["kind"] == kind]

    def signatures(self) -> list[dict[str, Any]]:
        return [*self.facts("Signed"), *self.facts("Countersigned")]

    @property
    def pdfs(self) -> list[str]:
        """The sealed files' names."""
        return sorted(file.name for file in self.out.glob("*.pdf") if file.name != "unsigned.pdf")
