"""What must be asked of an action before it can be one: who is accountable, and when it is due."""

from __future__ import annotations

import re
from dataclasses import replace

from models.drafted import Drafted
from models.near import folded

_EVERYBODY = re.compile(
    r"(?:all|everyone|everybody|various|multi ?agency|whole group|both)"
    r"|all (?:partners?|agencies|members|leads?|present|group members|partner agencies)|everyone present"
)
_NO_DATE = re.compile(
    r"(?:asap|a s a p|tbc|tba|tbd|to be (?:confirmed|agreed|advised|decided)|soon|urgent(?:ly)?|immediate(?:ly)?|n a|none|not known)?"
)


def owned(drafted: Drafted, said: str) -> Drafted:
    """With owner and supporters from what stands under Owner, and the question it leaves: "Housing / SNT" names two."""
    named = [each.strip(" .“”\"'") for each in re.split(r"\s*[/;,+\n|]\s*", said)]
    first, *others = list(dict.fromkeys(filter(None, named))) or [""]
    if not re.search(r"\w", first):
        return replace(drafted, owner="").asking("owner", "Who is accountable?")
    if everybody(said):
        return replace(drafted, owner=said).asking("owner", f"{said}: name one accountable owner")
    owner = replace(drafted, owner=first, supporters=(*others, *drafted.supporters))
    return owner.asking("owner", f"{' / '.join([first, *others])}: which of them is accountable?") if others else owner


def everybody(said: str) -> bool:
    """Whether it names nobody by naming all: "ALL", "All partners"."""
    return bool(_EVERYBODY.fullmatch(bare(said)))


def until(drafted: Drafted, said: str) -> Drafted:
    """With what was said of when it is due, and the question it leaves: ASAP is no date."""
    due = replace(drafted, due=said)
    return due.asking("due", f"When is it due? {said} is no date" if bare(said) else "When is it due?") if no_date(said) else due


def no_date(said: str) -> bool:
    """Whether nobody can tell from it when: nothing, "ASAP", "TBC", "?"."""
    return bool(_NO_DATE.fullmatch(bare(said)))


def bare(said: str) -> str:
    return " ".join(re.findall(r"\w+", folded(said)))
