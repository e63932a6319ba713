"""One family of held-out problems put to one model: what all tests share."""

import math
from collections.abc import Sequence
from functools import cached_property

from countdown import GAVE_UP
from decoder import Decoder
from drafts import Draft, last_box, parse_draft
from intervals import vote
from problems import Problem, evaluation_set
from prompts import plain_prompt
from sampling import Prompt, Settings, sample

TEMPERATURE = 0.7  # of drafts and paths, if no other is asked for; aggregation is greedy
LONGEST_TRACE = 480  # tokens, as in training
LONGEST_REFINEMENT = 900


class Trial:
    """The first `count` held-out problems of a family, `samples` plain completions of each, and one greedy one."""

    def __init__(self, decoder: Decoder, family: str, count: int, samples: int, temperature: float = TEMPERATURE):
        self.decoder = decoder
        self.family = family
        self.samples = samples
        self.temperature = temperature
        self.problems: list[Problem] = evaluation_set(family, count)

    @property
    def is_countdown(self) -> bool:
        return self.problems[0].countdown is not None

    def sample(self, prompts: list[str] | list[Prompt], settings: Settings) -> list[str]:
        """One completion a prompt."""
        return sample(self.decoder, prompts, settings)

    def sample_each(self, prompts: list[str], times: int, settings: Settings) -> list[list[str]]:
        """So many completions of each prompt."""
        flat = self.sample([prompt for prompt in prompts for _ in range(times)], settings)
        return [flat[place : place + times] for place in range(0, len(flat), times)]

    @cached_property
    def greedy(self) -> list[str]:
        """The greedy completion of each problem."""
        return self.sample([plain_prompt(problem.text) for problem in self.problems], Settings(LONGEST_TRACE))

    @cached_property
    def plain(self) -> list[list[str]]:
        """The sampled completions of each problem."""
        prompts = [plain_prompt(problem.text) for problem in self.problems]
        return self.sample_each(prompts, self.samples, Settings(LONGEST_TRACE, self.temperature, seed=1))

    @cached_property
    def plain_answers(self) -> list[list[str | None]]:
        return [[last_box(completion) for completion in completions] for completions in self.plain]

    @cached_property
    def plain_drafts(self) -> list[list[Draft]]:
        return [[parse_draft(completion) for completion in completions] for completions in self.plain]

    @cached_property
    def mean_tokens(self) -> float:
        """Mean length of a plain completion."""
        return sum(len(text) for own in self.plain for text in own) / (len(self.plain) * self.samples)

    def votes_for(self, spent: Sequence[int]) -> int:
        """How many plain completions cost at least as many tokens as were spent on a problem on average."""
        return min(self.samples, math.ceil(sum(spent) / len(spent) / self.mean_tokens))

    def voted(self, votes: int) -> list[bool]:
        """Whether each problem's vote over its first plain completions is right."""
        return self.right([vote(own[:votes]) for own in self.plain_answers])

    def right(self, answers: list[str | None]) -> list[bool]:
        """Whether each problem's answer is right."""
        return [problem.is_solved_by(answer) for problem, answer in zip(self.problems, answers, strict=True)]

    def right_completions(self, completions: list[str]) -> list[bool]:
        """Whether each problem's completion ends in the right answer."""
        return self.right([last_box(completion) for completion in completions])

    def refined_draft(self, completion: str) -> Draft:
        """A refinement as the draft of a further round: of a Countdown search only the solution is handed on."""
        draft = parse_draft(completion)
        return Draft("", draft.answer or GAVE_UP) if self.is_countdown else draft
