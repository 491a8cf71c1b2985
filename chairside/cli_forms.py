"""The words `chairside forms ...` and `chairside code`: what a clinic needs to change its own forms.

Imports stand inside the commands for the same reason as in `cli`: `--help` must not pay for them.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

import click

from chairside.errors import FormError
from chairside.settings import is_shipped, shipped, usual_home

PROFILES = ("california", "other")
_ANY_TEXT = {"ignore_unknown_options": True}  # a code may begin with "-"
_FOLDER = click.Path(path_type=Path, file_okay=False, exists=True)


@click.group()
def forms() -> None:
    """Judge, show, try and publish the clinic's forms; only `publish` changes a file.

    \b
    chairside forms lint                   say every fault, with file and line
    chairside forms lint --grades          say how hard each text is to read
    chairside forms preview consent        show one form as it will be read
    chairside forms try cases.jsonl        ask the forms about made-up patients
    chairside forms publish ...            put a new version into force

    Without a folder the forms that came with this release are meant, and for `publish` those of this
    tablet: name your own. How to write, try and publish an edit stands in README.md in the forms folder.
    """


@forms.command("try")
@click.argument("cases", type=click.File("rb"), metavar="CASES.jsonl")
@click.option("--forms", "folder", type=_FOLDER, help="Your forms, instead of those of this release.")
@click.option("--profile", type=click.Choice(PROFILES), default=PROFILES[0], show_default=True)
@click.option("--draft", is_flag=True, help="Take the highest version of each form, published or not.")
def try_cases(cases: BinaryIO, folder: Path | None, profile: str, draft: bool) -> None:
    """Ask the health check and the medicines about made-up patients.

    CASES.jsonl holds one patient a line, "-" reads them from the keyboard or a pipe:

    \b
    {"id": "a", "born": "1984-03-14", "injection": "2026-12-01T10:00-08:00",
     "zone": "America/Los_Angeles", "answers": {"transplant": "no"},
     "nsaids": [{"name": "Advil", "last_dose": "2026-11-27"}]}

    (on one line). Each line is answered by one line: the verdict before the physician rules, and the
    findings behind it; or why the line is refused. Exit code 0, or 1 if a line was refused, or 2 if
    the forms cannot be used. Use invented people only.
    """
    from chairside import formbook
    from chairside.domain.facts import Profile
    from chairside.formbook.load import DRAFT
    from chairside.formbook.trying import tried

    chosen: Profile = "california" if profile == PROFILES[0] else "other"
    drugs = shipped("resources") / "drugs"
    book = formbook.load(folder or shipped("forms"), chosen, drugs, DRAFT if draft else None)
    refused = False
    for told in tried(book, cases):
        refused = refused or "error" in told
        click.echo(json.dumps(told))  # ASCII: no name in a file can move the cursor of a terminal
    sys.exit(int(refused))


@forms.command()
@click.argument("folder", required=False, type=_FOLDER)
@click.option("--grades", is_flag=True, help="Say the reading grade of every block of text as well.")
def lint(folder: Path | None, grades: bool) -> None:
    """Say every fault of a folder of forms, with file and line; drafts are judged too.

    Exit code 0 where there is none, 1 otherwise. A grade of 8 means eight years of school; a harder
    text is a fault, but for texts that the law words.
    """
    from chairside.formbook.judging import complaints, summed
    from chairside.formbook.judging import grades as graded

    where = folder or shipped("forms")
    found = complaints(where, shipped("resources") / "drugs")
    for file, line, text in found:
        click.echo(f"{file}:{line}: {text}")
    blocks = graded(where) if grades else ()
    for each in blocks:
        mark = "  law" if each.exempt else "  too hard" if each.too_hard else ""
        click.echo(f"{each.file}:{each.line}: grade {each.grade:.1f}  {each.item} ({each.role}){mark}")
    for told_of in summed(blocks):
        click.echo(told_of, err=True)
    told = (
        "No fault found"
        if not found
        else "1 fault found"
        if len(found) == 1
        else f"{len(found)} faults found"
    )
    click.echo(f"{told} in {where}.", err=True)
    sys.exit(int(bool(found)))


@forms.command()
@click.argument("form")
@click.option("--lang", "language", default="en", show_default=True, help="Two letters, such as es.")
@click.option(
    "--pdf", type=click.Path(path_type=Path, dir_okay=False), help="Write pages to this file instead."
)
@click.option("--forms", "folder", type=_FOLDER, help="Your forms, instead of those of this release.")
def preview(form: str, language: str, pdf: Path | None, folder: Path | None) -> None:
    """Show the newest version of one form, published or not, with every word of it.

    As text it says beside each item what is asked and what an answer weighs. As PDF each page is marked
    as a preview, and as a sample or draft where nobody has approved the words.
    """
    from chairside.formbook.preview import in_force_from, newest, told

    where = folder or shipped("forms")
    made = newest(where, form, language)
    if pdf is None:
        click.echo("\n".join(told(made, language, in_force_from(where, made))))
        return
    from chairside.record.preview import preview as pages

    try:
        pdf.write_bytes(pages(made, language, datetime.now(UTC)))
    except OSError as trouble:
        raise FormError("preview_not_written", file=str(pdf), reason=trouble.strerror) from trouble
    click.echo(str(pdf))


@forms.command()
@click.argument("form")
@click.argument("version")
@click.option("--approved-by", required=True, metavar="NAME", help="Who read the text and approves it.")
@click.option("--second", required=True, metavar="NAME", help="Another person who read it as well.")
@click.option(
    "--from",
    "day",
    required=True,
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="First day in force, as 2027-01-15.",
)
@click.option("--forms", "folder", type=_FOLDER, help="Your forms, instead of those of this tablet.")
def publish(form: str, version: str, folder: Path | None, day: datetime, **names: str) -> None:
    """Put a version of a form into force from a day on; from then on nobody can change it unseen.

    The whole folder must be without a fault. One entry with the text's fingerprint is added at the end
    of the form's RELEASES.toml; what stands there stays. Exit code 2 where it is refused.
    """
    from chairside.formbook.publish import Asked
    from chairside.formbook.publish import publish as put
    from chairside.ledger.files import replace_whole

    where = folder or usual_home() / "forms"
    if not where.is_dir():
        raise FormError("publish_no_folder", folder=str(where))
    if is_shipped(where):
        raise FormError("publish_shipped", folder=str(where))
    asked = Asked(form, version, names["approved_by"], names["second"], day.date())
    today = datetime.now(UTC).astimezone().date()
    made = put(where, shipped("resources") / "drugs", asked, today, replace_whole)
    click.echo(f"{made.id} {made.version} is published: in force from {asked.effective_from}.")
    click.echo(f"fingerprint {made.digest}")


@click.command(context_settings=_ANY_TEXT)
@click.argument("text")
@click.option("--json", "as_json", is_flag=True, help="One JSON line.")
def code(text: str, as_json: bool) -> None:
    """Say what a bar code holds: ISBT 128, GS1, HIBC, or a supplier's own label.

    Give the text as the scanner sends it, its "]" prefix and group separators included; behind "--"
    where it begins with two dashes itself. A text of no known standard is a private label: it is taken
    as it stands, and typed twice.
    """
    from chairside.domain.codes import parse

    told = parse(text).told()
    if as_json:
        click.echo(json.dumps(told))
        return
    for name, said in told.items():
        click.echo(f"{name}: {said if isinstance(said, str) and said.isprintable() else json.dumps(said)}")
