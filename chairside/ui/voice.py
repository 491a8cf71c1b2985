"""The tablet's voice: Qt's speech library with whatever engine the machine has (speech-dispatcher on Linux).

Only this module imports the library, and only `speech` imports this module, when it is first used.
"""

from __future__ import annotations

from PySide6.QtCore import QLocale, QObject, Slot
from PySide6.QtTextToSpeech import QTextToSpeech

from chairside.ui.speech import Heard, Speech

MOCK = "mock"  # Qt's engine for tests: it makes no sound


class QtVoice(QObject):
    """One engine of Qt's speech library."""

    def __init__(self, engine: str) -> None:
        super().__init__()
        self._engine = QTextToSpeech(engine, self)
        words = QTextToSpeech.Capability.WordByWordProgress
        self.tells_words = bool(self._engine.engineCapabilities() & words)
        self._heard: Heard | None = None
        self._speaking = False  # an engine is Ready also before it begins
        self._engine.sayingWord.connect(self._on_word)
        self._engine.stateChanged.connect(self._on_state)

    def _locale(self, language: str) -> QLocale | None:
        """Return the engine's locale of a language, the usual one where it has several."""
        usual = QLocale(language)
        fit = [each for each in self._engine.availableLocales() if each.language() == usual.language()]
        return next((each for each in fit if each == usual), fit[0] if fit else None)

    def speaks(self, language: str) -> bool:
        """Tell whether the engine works and has a voice of this language."""
        return self._engine.state() != QTextToSpeech.State.Error and self._locale(language) is not None

    def say(self, text: str, language: str, heard: Heard) -> None:
        """Say this, in place of what is being said."""
        self.stop()
        locale = self._locale(language)
        if locale is not None and locale != self._engine.locale():
            self._engine.setLocale(locale)
        self._heard = heard
        self._engine.say(text)

    def stop(self) -> None:
        """Be silent at once."""
        self._heard, self._speaking = None, False
        self._engine.stop()

    @Slot(str, "qsizetype", "qsizetype", "qsizetype")
    def _on_word(self, _word: str, _id: int, start: int, length: int) -> None:
        if self._heard is not None:
            self._heard.word(start, length)

    @Slot("QTextToSpeech::State")
    def _on_state(self, state: QTextToSpeech.State) -> None:
        if state == QTextToSpeech.State.Speaking:
            self._speaking = True
        failed = state == QTextToSpeech.State.Error
        ended = failed or (state == QTextToSpeech.State.Ready and self._speaking)
        if ended and self._heard is not None:
            heard, self._heard, self._speaking = self._heard, None, False
            heard.ended()


def voice() -> Speech | None:
    """Return a voice on the first engine that makes a sound, None where there is none."""
    engines = [each for each in QTextToSpeech.availableEngines() if each != MOCK]
    return QtVoice(engines[0]) if engines else None
