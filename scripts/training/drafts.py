"""Drafts: attempts at a problem that the aggregation documents build on, synthetic ones and the model's own samples."""

import re
from dataclasses import dataclass, field

import vocabulary
from countdown import GAVE_UP, SEARCH_CAP, draft, expression, solutions
from problems import FINAL, Part, Problem, shuffled_sometimes, write_part
from vocabulary import boxed
from writing import SLIP_MARK, Chance, Scribe

SHARED_ERROR = 0.25  # chance that the drafts of one problem share a wrong part
TAKES_SHARED_ERROR = 0.35  # chance that one draft has it
UNFINISHED = 0.03  # chance that a draft breaks off

_PART_VALUE = re.compile(r"^\0?([A-D])=(\d+)$", re.MULTILINE)


@dataclass(frozen=True)
class Draft:
    """A trace with its answer and the part values that can be read in it.

    The text may hold slip marks. The answer is None where the draft is unfinished, "none" where it gave up.
    """

    text: str
    answer: str | None
    values: dict[str, int] = field(default_factory=dict)

    @staticmethod
    def of_text(text: str, answer: str | None) -> "Draft":
        return Draft(text, answer, part_values(text, answer))

    def without_marks(self) -> "Draft":
        return Draft(self.text.replace(SLIP_MARK, ""), self.answer, self.values)

    @property
    def answer_text(self) -> str:
        """The boxed answer; empty for an unfinished draft."""
        return "" if self.answer is None else boxed(self.answer)

    @property
    def body(self) -> str:
        """Trace and boxed answer, as a thinking path holds them."""
        return self.text + self.answer_text


def part_values(text: str, answer: str | None) -> dict[str, int]:
    """The values that lines such as `A=17` state, and the final one where the answer is a number."""
    values = {match[1]: int(match[2]) for match in _PART_VALUE.finditer(text)}
    if answer is not None and answer.isdigit():
        values[FINAL] = int(answer)
    return values


def lines_of_part(text: str, name: str) -> list[str]:
    """The lines that derive a part in a trace, without slip marks and without the one that states its value; empty if
    it has none."""
    lines: list[str] = []
    for line in text.replace(SLIP_MARK, "").split("\n"):
        stated = _PART_VALUE.match(line)
        if stated and stated[1] == name:
            return lines
        lines = [] if stated else lines + [line]
    return lines if name == FINAL else []


def parse_draft(sampled: str) -> Draft:
    """A sampled completion, of a plain trace or of a thinking path."""
    text = sampled.replace(SLIP_MARK, "")
    for place, character in enumerate(text):
        if ord(character) == vocabulary.END or ord(character) in vocabulary.CLOSING_PATHS:
            text = text[:place]
            break
    answer = None
    box = text.find(chr(vocabulary.BOX))
    if box >= 0:
        end = text.find("}", box)
        answer = text[box + 1 : end] if end > 0 else None
        text = text[:box]
    return Draft.of_text(text.replace(chr(vocabulary.CLOSE_THINK), "").rstrip("\n"), answer)


def last_box(completion: str) -> str | None:
    """The last boxed answer of any completion."""
    box = completion.rfind(chr(vocabulary.BOX))
    end = completion.find("}", box) if box >= 0 else -1
    return completion[box + 1 : end] if end > 0 else None


def shortened_search(sampled: Draft) -> Draft:
    """An unsuccessful Countdown search, cut to the cap of a trace."""
    kept, characters = [], 0
    for line in sampled.text.split("\n"):
        kept.append(line)
        characters += len(line) + 1
        if characters >= SEARCH_CAP:
            break
    return Draft("\n".join(kept), GAVE_UP)


# ---- synthetic drafts


def synthetic_drafts(
    scribe: Scribe, problem: Problem, count: int, quality: float | None = None, bare: float = 0.0
) -> list[Draft]:
    """Drafts as a sampled model would write them, wrong at times.

    `quality` is the slip rate of a part (arithmetic) or the share of searches that succeed (Countdown), drawn where it
    is None. `bare` above 0 asks for drafts in the form of a refinement: for arithmetic the chance that a part stands
    without its derivation, for Countdown the solution alone or next to nothing.
    """
    if problem.countdown:
        return _countdown_drafts(scribe.chance, problem, count, quality, bare > 0)
    return _arithmetic_drafts(scribe, problem, count, quality, bare)


def _countdown_drafts(chance: Chance, problem: Problem, count: int, quality: float | None, bare: bool) -> list[Draft]:
    known = solutions(problem.countdown.numbers, problem.countdown.target)
    if quality is None:
        quality = chance.pick((0, 0.3, 0.7, 1) if bare else (0, 0, 0.15, 0.4, 0.7))
    drafts = []
    for _ in range(count):
        if bare and chance.happens(quality):
            steps = [operation for operation, _ in chance.pick(known)]
            drafts.append(Draft("", expression(problem.countdown.numbers, steps)))
        elif bare and chance.happens(0.7):
            gives_up = chance.happens(0.7)
            drafts.append(Draft("", GAVE_UP if gives_up else draft(chance, problem.countdown, known, "false")[1]))
        else:
            ending = "found" if chance.happens(quality) else "false" if chance.happens(0.3) else "none"
            drafts.append(Draft(*draft(chance, problem.countdown, known, ending)))
    return drafts


@dataclass(frozen=True)
class SharedError:
    """A part that several drafts of one problem get wrong in the same way."""

    name: str
    lines: list[str]
    value: int


def _arithmetic_drafts(scribe: Scribe, problem: Problem, count: int, quality: float | None, bare: float) -> list[Draft]:
    chance = scribe.chance
    slip_rate = quality if quality is not None else chance.pick((0.05, 0.15, 0.25, 0.35, 0.5))
    shared = _draw_shared_error(scribe, problem) if chance.happens(SHARED_ERROR) else None
    drafts = []
    for _ in range(count):
        scribe.begin_trace()
        values, lines = {}, []
        for part in shuffled_sometimes(chance, problem.parts):
            written, values[part.name] = _draft_part(scribe, problem, part, values, slip_rate, shared, bare)
            lines += written
        text, answer = "\n".join(lines), str(values[FINAL])
        if chance.happens(UNFINISHED):
            text, answer = text[: int(len(text) * chance.random())], None
        drafts.append(Draft.of_text(text, answer))
    return drafts


def _draw_shared_error(scribe: Scribe, problem: Problem) -> SharedError | None:
    """A wrong derivation of an independent part; None if the derivation came out right."""
    name, solve, _ = scribe.chance.pick([part for part in problem.parts if not part.needs])
    lines, value = write_part(scribe, name, solve, {}, 1.0)
    if value == problem.truth[name]:
        return None
    return SharedError(name, [SLIP_MARK + line.lstrip(SLIP_MARK) for line in lines], value)


def _draft_part(
    scribe: Scribe,
    problem: Problem,
    part: Part,
    values: dict[str, int],
    slip_rate: float,
    shared: SharedError | None,
    bare: float,
) -> tuple[list[str], int]:
    chance, name = scribe.chance, part.name
    if shared and name == shared.name and chance.happens(TAKES_SHARED_ERROR):
        return shared.lines, shared.value
    if bare and name != FINAL and chance.happens(bare):
        truth = problem.truth[name]
        value = truth if chance.happens(0.85) else truth + chance.integer(1, 9)
        return [f"{SLIP_MARK}{name}={value}"], value
    return write_part(scribe, name, part.solve, values, slip_rate)
