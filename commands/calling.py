"""Teaching a word for places, and unteaching it."""

from __future__ import annotations

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from commands import Enquiry
from commands.noise import NOISE
from commands.number import one_number
from commands.offering import answered
from commands.permissions import must
from commands.reply import Reply, press
from commands.words import listed, plain
from models.areas import PlaceWord
from models.base import Refusal
from models.near import key, nearest
from models.partnership import Partnership
from models.vocabulary import Vocabulary

EXAMPLE = "/figures call berko Berkhamsted Castle, East, West"


def call(enquiry: Enquiry, session: Session) -> Reply:
    """Teach a word for one place or several."""
    must(enquiry.person, "teach words", session)
    words = plain(enquiry.words)
    if len(words.split()) < 2:
        raise Refusal(f"Expected a word and the places it stands for, such as: {EXAMPLE}")
    vocabulary = Vocabulary.of(session)
    word, names = _cut(words, vocabulary)
    _refuse_known(word, vocabulary)
    asks = _to_try(word, names, vocabulary, enquiry, session)
    held = session.scalar(select(PlaceWord).where(PlaceWord.word == key(word)))
    before = list(held.names) if held else []
    if set(before) == set(names):
        return Reply(f"“{word}” is understood", f"“{word}” stands for {listed(before)} already: nothing is changed.", press(*asks))
    if held:
        held.names = names
    else:
        session.add(PlaceWord(word=key(word), names=names))
    Partnership.raise_revision(session)
    was = f" It stood for {listed(before)} before." if before else ""
    back = f"/figures call {word} {', '.join(before)}" if before else f"/figures forget {word}"
    return Reply(f"“{word}” is understood", f"“{word}” now stands for {listed(names)}.{was}", press(*asks, ("Undo", back)))


def _to_try(word: str, names: list[str], vocabulary: Vocabulary, enquiry: Enquiry, session: Session) -> list[tuple[str, str]]:
    """A line with the word in it that is answered with what is held: of the first priority that is held of its places."""
    for priority in vocabulary.priorities.values():
        if answered(one_number, f"{priority.key} in {' and '.join(names)}", enquiry, session):
            return [("Try it", f"/figures {priority.key} {word}")]
    return []


def forget(enquiry: Enquiry, session: Session) -> Reply:
    """Unteach a word."""
    must(enquiry.person, "teach words", session)
    word = plain(enquiry.words)
    held = session.scalar(select(PlaceWord).where(PlaceWord.word.in_([key(word), f"the {key(word)}"])))
    if held is None:
        known = list(session.scalars(select(PlaceWord.word)))
        near = nearest(key(word), known)
        raise Refusal(f"“{word}” is no word I was taught.{_meant(near)}", *((each, f"forget {each}") for each in near))
    session.delete(held)
    Partnership.raise_revision(session)
    return Reply(
        f"“{word}” is forgotten",
        f"“{word}” stood for {listed(list(held.names))} and now stands for nothing.",
        press(("Undo", f"/figures call {word} {', '.join(held.names)}")),
    )


def _cut(words: str, vocabulary: Vocabulary) -> tuple[str, list[str]]:
    """The word, and the names of its places. The word is as short as leaves only places after it."""
    tokens = words.replace("=", " = ").split()
    failure: Refusal | None = None
    for length in range(1, min(4, len(tokens))):
        word = " ".join(tokens[:length]).strip("\"':,")
        rest = re.sub(r"^(?:means|is|as|=|for)\s+", "", " ".join(tokens[length:]))
        try:
            return word, _names(rest, vocabulary)
        except Refusal as refusal:
            failure = failure or refusal
    raise failure or Refusal(f"Expected a word and the places it stands for, such as: {EXAMPLE}")


def _names(text: str, vocabulary: Vocabulary) -> list[str]:
    parts = [part.strip() for part in re.split(r",|;|\band\b|&|\+", text) if part.strip()]
    whole = _name(text, "", vocabulary)  # a name may have "and" in it
    if whole:
        return whole
    names: list[str] = []
    for part in parts:
        found = _name(part, names[0] if names else "", vocabulary)
        if found is None:
            places = {p.name for p in vocabulary.places.values()}
            near = nearest(part, places)
            raise Refusal(f"I know no place called “{part}”.{_meant(near)} Expected such as: {EXAMPLE}")
        names += [name for name in found if name not in names]
    return names


def _meant(near: list[str]) -> str:
    return f" Did you mean {listed(near, 'or')}?" if near else ""


def _name(part: str, first: str, vocabulary: Vocabulary) -> list[str] | None:
    """The places of this name; "East" after "Berkhamsted Castle" is Berkhamsted East."""
    tries = [part] + [f"{' '.join(first.split()[:n])} {part}" for n in range(len(first.split()) - 1, 0, -1)]
    for each in tries:
        found = [vocabulary.places[m.id].name for m in vocabulary.phrases.get(key(each), []) if m.kind == "place"]
        if found:
            return list(dict.fromkeys(found))
    return None


def _refuse_known(word: str, vocabulary: Vocabulary) -> None:
    """A word that already means something else must go on meaning it."""
    plain_word = key(word)
    meanings = vocabulary.phrases.get(plain_word, [])
    if any(m.kind != "place" for m in meanings):
        raise Refusal(f"“{word}” is a word for what is counted, and cannot be one for a place. Choose another word.")
    if any(key(vocabulary.places[m.id].name) == plain_word for m in meanings):
        raise Refusal(f"“{word}” is the name of a place already. Choose another word.")
    if plain_word in {key(each) for each in NOISE} or not plain_word or len(plain_word) < 2:
        raise Refusal(f"“{word}” is a word people use for other things. Choose another.")
