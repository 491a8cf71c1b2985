"""The facts of a visit in groups, by where they are told: on a page, around the steps, after the record."""

from __future__ import annotations

from typing import TypeAlias

from chairside.domain.facts import (
    AddendumConcluded,
    AddendumSealed,
    AddendumSigned,
    Explained,
    FormsRenewed,
    LanguageChosen,
    LimitPassed,
    MarkTakenBack,
    OpenedInError,
    PageRead,
    PaperAttested,
    PaperChosen,
    ProcedureMarked,
    QuestionRaised,
    QuestionSettled,
    ReleaseRenewed,
    Replanned,
    SignedOnPaper,
    TextGiven,
    WaitBegan,
    WaitEnded,
)

OnPage: TypeAlias = PageRead | Explained | QuestionRaised | QuestionSettled
Around: TypeAlias = (
    Replanned
    | LanguageChosen
    | FormsRenewed
    | TextGiven
    | WaitBegan
    | WaitEnded
    | PaperChosen
    | SignedOnPaper
    | PaperAttested
    | OpenedInError
)
Afterwards: TypeAlias = (
    ProcedureMarked
    | MarkTakenBack
    | ReleaseRenewed
    | LimitPassed
    | AddendumSigned
    | AddendumConcluded
    | AddendumSealed
)
