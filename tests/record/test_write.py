"""A record reaches the disk whole or not at all, under a name that says nothing about a person."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from chairside.errors import SealError
from chairside.record.write import write_record


def test_the_file_is_named_after_the_visit_and_its_digest_returned(tmp_path: Path) -> None:
    """Nothing else is left in the folder."""
    path, digest = write_record(tmp_path / "records", "v1-6f2c", b"x" * 1000)
    assert path == tmp_path / "records" / "v1-6f2c.pdf"
    assert digest == hashlib.sha256(path.read_bytes()).hexdigest()
    assert os.listdir(path.parent) == [path.name]


@pytest.mark.parametrize(
    "name", ["", "..", "a/b", "../x", "Ada Example", "a\0b", "a.pdf", "-", "x" * 65, "é"]
)
def test_a_name_that_is_no_visit_id_is_refused(tmp_path: Path, name: str) -> None:
    """A person's name never becomes a file name, nor does a path."""
    with pytest.raises(SealError) as refused:
        write_record(tmp_path, name, b"x")
    assert refused.value.code == "bad_visit_id"
    assert os.listdir(tmp_path) == []


def test_sealing_again_replaces_the_file(tmp_path: Path) -> None:
    """A sealing cut short by a crash can be taken up again."""
    write_record(tmp_path, "v1", b"first")
    path, _ = write_record(tmp_path, "v1", b"second")
    assert path.read_bytes() == b"second"


def test_a_full_disk_is_said_and_leaves_nothing_half_written(tmp_path: Path) -> None:
    """A process that may write 64 KiB meets a record of 1 MiB; the old file stays whole. Proves: T26."""
    write_record(tmp_path, "v1", b"first")
    script = (
        "import resource, sys\n"
        "from pathlib import Path\n"
        "from chairside.errors import SealError\n"
        "from chairside.record.write import write_record\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (65536, 65536))\n"
        "try:\n    write_record(Path(sys.argv[1]), 'v1', b'x' * 2**20)\n"
        "except SealError as trouble:\n    print(trouble.code)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "disk_full"
    assert os.listdir(tmp_path) == ["v1.pdf"]
    assert (tmp_path / "v1.pdf").read_bytes() == b"first"


def test_a_folder_that_is_a_file_is_said(tmp_path: Path) -> None:
    """Any other refusal of the disk has its own code."""
    (tmp_path / "records").write_text("in the way")
    with pytest.raises(SealError) as refused:
        write_record(tmp_path / "records", "v1", b"x")
    assert refused.value.code == "disk_refused"
