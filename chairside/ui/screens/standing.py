"""How a visit stands, in words: its state, what it waits for and since when, how long a vial is thawed."""

from __future__ import annotations

from datetime import datetime

from chairside.domain.standing import Status, Wait
from chairside.ui.widgets.banner import Tone
from chairside.ui.widgets.time_bar import Lasted
from chairside.ui.widgets.words import Words

OVER = frozenset(
    {"given", "partly_given", "not_given", "deferred", "do_not_treat"}
    | {"refused", "withdrawn", "no_show", "opened_in_error"}
)
AWAITED = ("courier", "physician", "supplier", "laboratory", "patient", "other")
_NAMED = frozenset({*AWAITED, "nurse", "seal", "release", "vial"})
_TONES: dict[str, Tone] = {"given": "ok", "released": "ok", "decided": "ok", "waiting": "warn"}
_MINUTES_IN_AN_HOUR, _MINUTES_IN_A_DAY = 60, 24 * 60
WHOLE_WAIT = 120  # minutes of a full track: most waits of a visit's day end within it


def state(words: Words, status: Status) -> str:
    """Return a state in a word or two."""
    return words.say(f"board.state_{status.state}")


def tone(status: Status) -> Tone:
    """Return the ground the state's word stands on."""
    return _TONES.get(status.state, "notice")


def lasted(words: Words, since: datetime, now: datetime) -> str:
    """Return how long ago something began: 45 min, 2 h 5 min, 3 days."""
    minutes = _minutes(since, now)
    if minutes < _MINUTES_IN_AN_HOUR:
        return words.say("board.minutes", count=minutes)
    if minutes < _MINUTES_IN_A_DAY:
        return words.say("board.hours", hours=minutes // 60, minutes=minutes % 60)
    return words.say("board.days", count=minutes // _MINUTES_IN_A_DAY)


def _minutes(since: datetime, now: datetime) -> int:
    return max(0, int((now - since).total_seconds() // 60))


def wait_picture(words: Words, wait: Wait, now: datetime) -> Lasted | None:
    """Return a wait as a picture; none where nobody said since when. One that is past the track says so."""
    if wait.since is None:
        return None
    minutes, since = _minutes(wait.since, now), lasted(words, wait.since, now)
    hours = WHOLE_WAIT // _MINUTES_IN_AN_HOUR
    if minutes > WHOLE_WAIT:
        end = words.say("board.over_whole", hours=hours)
        return Lasted(minutes, WHOLE_WAIT, end, since, "warn")
    end = words.say("board.whole", hours=hours)
    return Lasted(minutes, WHOLE_WAIT, end, words.say("board.of_whole", since=since, whole=end))


def thawed_picture(words: Words, at: datetime, limit_minutes: int | None, now: datetime) -> Lasted | None:
    """Return how long a vial has been thawed as a picture; none where its supplier states no limit."""
    if limit_minutes is None:
        return None
    end = words.say("board.minutes", count=limit_minutes)
    spoken = words.say("board.of_whole", since=lasted(words, at, now), whole=end)
    return Lasted(_minutes(at, now), limit_minutes, end, spoken, thawed(words, at, limit_minutes, now)[0])


def awaited(words: Words, wait: Wait) -> str:
    """Return what is waited for: the courier, the physician's PIN, the laboratory."""
    if wait.what == "seal":
        name = wait.note or words.say("board.awaited_certifier")
        return words.say("board.awaited_seal", name=name)
    return words.say(f"board.awaited_{wait.what if wait.what in _NAMED else 'other'}")


def waiting(words: Words, wait: Wait, now: datetime) -> str:
    """Return one wait as a sentence: Waits for the courier, 45 min. The box is in Reno."""
    what = awaited(words, wait)
    said = words.say("board.waits", what=what)
    if wait.since is not None:
        said = words.say("board.waits_since", what=what, since=lasted(words, wait.since, now))
    note = wait.note if wait.what != "seal" else ""
    return words.say("board.noted", said=said, note=note) if note else said


def thawed(words: Words, at: datetime, limit_minutes: int | None, now: datetime) -> tuple[Tone, str]:
    """Return how long a vial has been thawed against its supplier's limit, and how much that matters."""
    since = lasted(words, at, now)
    if limit_minutes is None:
        return "warn", words.say("board.thawed_no_limit", since=since)
    left = limit_minutes - int((now - at).total_seconds() // 60)
    if left <= 0:
        return "danger", words.say("board.thawed_past", since=since, limit=limit_minutes)
    return "warn", words.say("board.thawed", since=since, limit=limit_minutes, count=left)
