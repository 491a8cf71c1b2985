"""Qt's speech library itself, where the extra `speech` is installed, on its engine without sound."""

from __future__ import annotations

import subprocess
import sys

import pytest
from pytestqt.qtbot import QtBot

from chairside.ui.aloud import tablet_voice
from chairside.ui.speech import Heard

SENTENCE = "You can say no, or stop at any time."
STARTS = [0, 4, 8, 12, 16, 19, 24, 27, 31]


def test_the_start_imports_no_speech() -> None:
    """A run's own program and its pages, imported whole, ask nothing of Qt's speech library."""
    told = "import sys, chairside.app.run; print([m for m in sys.modules if 'peech' in m and 'PySide6' in m])"
    done = subprocess.run([sys.executable, "-c", told], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"


def test_without_the_extra_there_is_no_voice(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library is not there: nothing is offered, nothing fails."""
    monkeypatch.setitem(sys.modules, "PySide6.QtTextToSpeech", None)
    monkeypatch.delitem(sys.modules, "chairside.ui.voice", raising=False)
    assert tablet_voice.__wrapped__() is None


@pytest.mark.qt_log_ignore("pipewire")  # a sound server this machine need not have
def test_every_word_is_told_where_it_stands(qtbot: QtBot) -> None:
    """Nine words, then the end; after a stop neither."""
    pytest.importorskip("PySide6.QtTextToSpeech")
    from chairside.ui.voice import MOCK, QtVoice

    voice, starts, ends = QtVoice(MOCK), list[int](), list[str]()
    heard = Heard(lambda start, _length: starts.append(start), lambda: ends.append("ended"))
    assert voice.tells_words and voice.speaks("en") and not voice.speaks("es")
    voice.say(SENTENCE, "en", heard)
    qtbot.waitUntil(lambda: ends == ["ended"], timeout=20_000)
    assert starts == STARTS
    voice.say(SENTENCE, "en", heard)
    qtbot.waitUntil(lambda: len(starts) > len(STARTS), timeout=20_000)
    voice.stop()
    count = len(starts)
    qtbot.wait(300)
    assert len(starts) == count and ends == ["ended"]


@pytest.mark.qt_log_ignore("pipewire")
def test_an_engine_without_sound_is_no_voice(qtbot: QtBot) -> None:
    """Qt's engine for tests must never be offered to a patient."""
    pytest.importorskip("PySide6.QtTextToSpeech")
    from chairside.ui.voice import MOCK, voice

    made = voice()
    assert made is None or made._engine.engine() != MOCK  # type: ignore[attr-defined]
