"""Whether a text names a person of a case: a name beside a date of birth, an address, a number that is somebody's."""

from models.personal.seeing import Seen, names_a_person

__all__ = ["Seen", "names_a_person"]
