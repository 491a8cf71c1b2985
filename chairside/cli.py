"""The words after `chairside`: run, demo and verify.

Imports stand inside the commands because Qt costs half a second that `verify` and `--help` must not pay.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chairside import __version__, cli_forms
from chairside.demo.stories import STORIES
from chairside.errors import ChairsideError
from chairside.settings import shipped
from chairside.words import Words

if TYPE_CHECKING:
    from chairside.record.check import Verdict

_TROUBLE = 2


class _Plain(click.Group):
    """Says an expected trouble as a sentence and the next action, never as a traceback."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except ChairsideError as trouble:
            words = Words.load(shipped("resources") / "words", "en")
            sentence, action = words.trouble(trouble)
            click.echo(f"{sentence} {action}", err=True)
            # only a FormError carries complaints, and then as rows of three
            for file, line, said in trouble.facts.get("complaints", ()):  # type: ignore[attr-defined]
                click.echo(f"  {file}:{line}: {said}", err=True)
            ctx.exit(_TROUBLE)


@click.group(cls=_Plain, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__)
def main() -> None:
    """Chairside: one clinic visit, read, asked, signed, decided and sealed, without a network.

    \b
    chairside run                          open the clinic on this tablet; the first start sets it up
    chairside demo                         open the demo clinic on this screen
    chairside demo --headless --out DIR    play one visit and leave its record in DIR
    chairside verify record.pdf            say whether a record is genuine
    chairside forms lint                   say every fault of the forms; `forms try` asks them
    chairside code TEXT                    say what a bar code holds
    """


main.add_command(cli_forms.forms)
main.add_command(cli_forms.code)


@main.command()
@click.option(
    "--home", type=click.Path(path_type=Path, file_okay=False), help="Data folder instead of the usual."
)
@click.option(
    "--forms",
    type=click.Path(path_type=Path, file_okay=False),
    help="Forms instead of the data folder's own.",
)
def run(home: Path | None, forms: Path | None) -> None:
    """Open the clinic on this tablet; the first start sets it up.

    Everything the clinic owns lies in the data folder, encrypted. The administrator's passphrase opens it
    after a start, PINs after that. Nothing leaves the tablet and nothing is fetched.
    """
    from chairside.app.run import run as start

    sys.exit(start(home, forms))


@main.command()
@click.option("--headless", is_flag=True, help="Play the visit without a screen and leave the results.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Where the results go.")
@click.option("--story", type=click.Choice(list(STORIES)), default="ordinary", show_default=True)
@click.option("--seed", type=int, default=1, show_default=True, help="Varies the signatures' ink.")
@click.option("--language", type=click.Choice(["en", "es"]), help="The patient's.")
@click.option(
    "--home", type=click.Path(path_type=Path, file_okay=False), help="Data folder instead of the usual."
)
def demo(
    headless: bool, out: Path | None, story: str, seed: int, language: str | None, home: Path | None
) -> None:
    """Show the product with invented people; nothing here is a clinic's record.

    With a screen it opens ready to use: the start page lists the staff and their PINs. With
    --headless it plays a visit by itself, through the real screens, and writes record.pdf,
    unsigned.pdf, screens/ and summary.json to --out.
    """
    if headless and out is None:
        raise click.UsageError("--headless needs --out DIR")
    from chairside.demo.play import play, show

    if headless and out is not None:
        click.echo(play(out, story, seed, language))
    else:
        sys.exit(show(home))


def _told(words: Words, each: Verdict) -> list[str]:
    """Return the verdict in plain words, line by line."""
    lines = [f"{each.file}: {words.say(f'verify.{each.verdict}')}"]
    if each.demo:
        lines.append(f"  {words.say('verify.demo')}")
    if "record_id" in each.facts:
        named = "addendum" if "addendum" in each.facts else "record"
        lines.append(f"  {words.say(f'verify.{named}', **each.facts)}")
    if root := each.facts.get("root"):
        lines.append(f"  {words.say('verify.fingerprint', sha256=root)}")
    for heading, codes, kind in (("proven", each.proven, "yes"), ("not_proven", each.not_proven, "no")):
        if codes:
            failed = heading == "not_proven" and each.verdict != "genuine"
            lines.append(f"  {words.say('verify.why' if failed else f'verify.{heading}')}:")
        for code in codes:
            named = "parser" if code.startswith("parser_") else code  # the rest is the parser's own word
            known = words.has(f"verify.{kind}_{named}")
            key = f"verify.{kind}_{named}" if known else f"verify.other_{heading}"
            lines.append(f"  - {words.say(key, code=code)}")
    return lines


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE|FOLDER...")
@click.option(
    "--trust", multiple=True, metavar="CERT|SHA256", help="The clinic root to trust: file or SHA-256."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON line a file.")
def verify(files: tuple[Path, ...], trust: tuple[str, ...], as_json: bool) -> None:
    """Say whether records are genuine: exit code 0 genuine, 1 altered, 2 not ours, 3 unreadable.

    Trust never comes from the file: name the clinic's root with --trust, as it stands on the
    clinic's paper; without it only the published demo root is known. A folder stands for every PDF
    in it: for each addendum it is then said whether the record it names is there and genuine.
    """
    from chairside.record.check import exit_code
    from chairside.record.check_folder import verify_all
    from chairside.record.check_trust import trust_from

    resources = shipped("resources")  # checking a file makes no data folder
    root = (resources / "demo" / "demo-root.pem").read_text("utf-8")
    known = trust_from(trust, demo=root)
    words = Words.load(resources / "words", "en")
    verdicts = verify_all(files, known)
    for each in verdicts:
        if as_json:
            click.echo(each.line())
        else:
            click.echo("\n".join(_told(words, each)))
    sys.exit(exit_code(verdicts))
