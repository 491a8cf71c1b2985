"""A PDF as pictures, one page at a time."""

from __future__ import annotations

from PySide6.QtGui import QImage

DOTS_PER_POINT = 2.0


class Document:
    """An open PDF; `name` tells whether it is still the right one."""

    def __init__(self, name: str, data: bytes) -> None:
        import pypdfium2  # here: a tenth of a second of start-up that only the record page needs

        self.name = name
        self._pdf = pypdfium2.PdfDocument(data)

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self._pdf)

    def close(self) -> None:
        """Let go of the PDF."""
        self._pdf.close()

    def page(self, number: int, dots_per_point: float = DOTS_PER_POINT) -> QImage | None:
        """Return a page, counted from 0; None beyond the last."""
        if not 0 <= number < self.count:
            return None
        bitmap = self._pdf[number].render(scale=dots_per_point)
        kind = {2: QImage.Format.Format_BGR888, 3: QImage.Format.Format_RGB32, 4: QImage.Format.Format_ARGB32}
        image = QImage(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, kind[bitmap.format])
        return image.copy()
