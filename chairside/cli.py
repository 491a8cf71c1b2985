"""The words after `chairside`: demo and verify.

Imports stand inside the commands because Qt costs half a second that `verify` and `--help` must not pay.
"""

from __future__ import annotations

import sys
from pathlib import Path

import click
import msgspec

from chairside import __version__
from chairside.errors import ChairsideError
from chairside.settings import settle, shipped
from chairside.words import Words

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
            for file, line, said in trouble.facts.get("complaints", ()):  # type: ignore[attr-defined]
                click.echo(f"  {file}:{line}: {said}", err=True)
            ctx.exit(_TROUBLE)


@click.group(cls=_Plain, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__)
def main() -> None:
    """Chairside: one clinic visit, read, asked, signed, decided and sealed, without a network.

    \b
    chairside demo                         open the demo clinic on this screen
    chairside demo --headless --out DIR    play one visit and leave its record in DIR
    chairside verify record.pdf            say whether a record is genuine
    """


@main.command()
@click.option("--headless", is_flag=True, help="Play the visit without a screen and leave the results.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Where the results go.")
@click.option("--story", type=click.Choice(["ordinary", "stop"]), default="ordinary", show_default=True)
@click.option("--seed", type=int, default=1, show_default=True, help="Varies the signatures' ink.")
@click.option("--home", type=click.Path(path_type=Path, file_okay=False), help="Data folder instead of the usual.")
def demo(headless: bool, out: Path | None, story: str, seed: int, home: Path | None) -> None:
    """Show the product with invented people; nothing here is a clinic's record.

    With a screen it opens ready to use: the start page lists the staff and their PINs. With
    --headless it plays a visit by itself, through the real screens, and writes record.pdf,
    unsigned.pdf, screens/ and summary.json to --out.
    """
    if headless and out is None:
        raise click.UsageError("--headless needs --out DIR")
    from chairside.demo import play, show

    if headless and out is not None:
        click.echo(play(out, story, seed))
    else:
        sys.exit(show(home))


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--trust", multiple=True, metavar="CERT|SHA256", help="The clinic root to trust: file or SHA-256.")
@click.option("--json", "as_json", is_flag=True, help="One JSON line a file.")
def verify(files: tuple[Path, ...], trust: tuple[str, ...], as_json: bool) -> None:
    """Say whether records are genuine: exit code 0 genuine, 1 altered, 2 not ours, 3 unreadable.

    Trust never comes from the file: name the clinic's root with --trust, as it stands on the
    clinic's paper; without it only the published demo root is known.
    """
    from chairside.record.check import exit_code
    from chairside.record.check import verify as judged
    from chairside.record.check_trust import trust_from

    resources = settle().resources
    root = (resources / "demo" / "demo-root.pem").read_text("utf-8")
    known = trust_from(trust, demo=root)
    words = Words.load(resources / "words", "en")
    verdicts = tuple(judged(file, known) for file in files)
    for each in verdicts:
        if as_json:
            line = {name: getattr(each, name) for name in ("file", "verdict", "demo", "proven", "not_proven")}
            click.echo(msgspec.json.encode(line).decode())
        else:
            click.echo(words.judged(each.file, each.verdict, each.demo, each.proven, each.not_proven))
    sys.exit(exit_code(verdicts))
