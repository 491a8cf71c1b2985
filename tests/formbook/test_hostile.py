"""Form folders made to harm: nothing outside is opened, nothing hangs, everything is refused."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from chairside import formbook
from tests.formbook.shipped import DRUGS, FORMS, complaints, complaints_of, copied
from tests.formbook.watched import watched

pytestmark = pytest.mark.badforms

PAGE = "consent/1.0.0/en.md"
LOGIC = "consent/1.0.0/form.toml"
HEAD = "---\nlanguage: en\nstatus: sample\nreviewed_by:\nreviewed_on:\ntitle: T\n---\n"


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    """Proves: T18."""
    folder = copied(tmp_path)
    secret = tmp_path / "secret.md"
    secret.write_text((folder / PAGE).read_text("utf-8"), "utf-8")
    (folder / PAGE).unlink()
    (folder / PAGE).symlink_to(secret)
    assert (PAGE, "lies outside the forms folder") in [(told.file, told.text) for told in complaints(folder)]


def test_a_whole_form_linked_from_elsewhere_is_not_followed(tmp_path: Path) -> None:
    """Proves: T18."""
    folder = copied(tmp_path)
    (folder / "sign").rename(tmp_path / "sign")
    (folder / "sign").symlink_to(tmp_path / "sign")
    assert "lies outside the forms folder" in [told.text for told in complaints(folder)]


def test_a_file_too_large_is_not_read(tmp_path: Path) -> None:
    """Proves: T18."""
    folder = copied(tmp_path)
    (folder / PAGE).write_bytes(b"x" * (256 * 1024 + 1))
    assert (PAGE, 1, "is larger than 256 KiB") in complaints(folder)


def test_a_file_that_is_no_file_is_refused(tmp_path: Path) -> None:
    """A pipe would wait for ever."""
    folder = copied(tmp_path)
    (folder / PAGE).unlink()
    os.mkfifo(folder / PAGE)
    assert (PAGE, 1, "is not a file") in complaints(folder)


def test_bytes_that_are_no_text_are_refused_with_their_line(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    whole = (folder / PAGE).read_bytes()
    (folder / PAGE).write_bytes(whole.replace(b"Take the time", b"\xff\xfe", 1))
    line = whole[: whole.index(b"Take the time")].count(b"\n") + 1
    assert (PAGE, line, "is not UTF-8 text") in complaints(folder)


HOSTILE = {
    "deep": (LOGIC, "x = " + "[" * 9 + "]" * 9),
    "deep in a line": (LOGIC, "x = " + "[" * 1900),
    "deep in many lines": (LOGIC, "x = " + "[\n" * 50_000),
    "very deep": (LOGIC, "x = " + "[" * 100_000),
    "deep tables": (LOGIC, "[" + "a." * 50 + "a]\n"),
    "long dotted": (LOGIC, "[" + "a." * 100_000 + "a]\n"),
    "many bad items": (LOGIC, '[[item]]\nid = ""\n' * 12_000),
    "many items": (LOGIC, "".join(f'[[item]]\nid = "a{n}"\nkind = "text"\n' for n in range(7000))),
    "many options": (LOGIC, '[[item]]\nid = "a"\nkind = "choice"\noptions = [' + '"a",' * 60_000 + "]\n"),
    "a huge number": (LOGIC, '[[item]]\nid = "a"\nkind = "text"\nmost = ' + "9" * 4000 + "\n"),
    "not a number": (LOGIC, '[[item]]\nid = "a"\nkind = "text"\nmost = nan\n'),
    "many claims": (PAGE, HEAD + "## T {#key_information}\n\n" + "safe " * 50_000),
    "many headings": (PAGE, HEAD + "## T {#a}\n" * 25_000),
    "many lines": (PAGE, HEAD + "## T {#risks}\n" + "- x\n" * 60_000),
    "many answers": (PAGE, HEAD + "## T {#risks}\n" + "- [a] b\n" * 30_000),
    "many overrides": (PAGE, HEAD + "\u202e\n" * 60_000),
    "an image": (PAGE, HEAD + "## T {#risks}\n\n<img src=file:///etc/passwd>\n"),
    "a script": (PAGE, HEAD + "## T {#risks}\n\n<script>alert(1)</script>\n"),
    "an entity": (PAGE, HEAD + "## T {#risks}\n\n<!ENTITY a SYSTEM 'x'>\n"),
    "nothing": (PAGE, ""),
    "a front without end": (PAGE, "---\n" * 1),
    "a null": (PAGE, "\x00"),
}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_a_hostile_file_is_refused(name: str, tmp_path: Path) -> None:
    """The refusal names file and line; none of these may hang or end in a traceback. Proves: T18, F26."""
    file, text = HOSTILE[name]
    folder = copied(tmp_path)
    assert len(text.encode()) <= 256 * 1024  # the size limit alone must not be what saves us
    (folder / file).write_text(text, "utf-8")
    lines = [told.line for told in complaints_of(folder, file) if told.file == file]
    assert lines and all(1 <= line <= len(text.split("\n")) for line in lines)


def test_only_files_inside_the_folder_are_opened(tmp_path: Path) -> None:
    """The watch itself works: it sees the files and the socket opened on purpose. Proves: T18, F26."""
    folder = copied(tmp_path)
    (folder / "sign/1.0.0/en.md").unlink()
    (folder / "sign/1.0.0/en.md").symlink_to("/etc/passwd")
    assert complaints(folder)
    with watched(FORMS, DRUGS) as watch:
        formbook.load(FORMS, "california", DRUGS)
        Path("/dev/null").read_bytes()
        os.close(os.open(Path("/dev/zero"), os.O_RDONLY))
        socket.socket().close()
    assert watch.strange == ["/dev/null", "/dev/zero", "socket.__new__"]
