"""The token alphabet: one byte, one token.

Ids 32 to 126 are printable ASCII and 10 is the newline; the other ids below 128 are control tokens. A text may hold
control tokens as characters of the same code, so that texts, prompts and completions are plain strings until they reach
the decoder.
"""

SIZE = 128

PAD = 0
BEGIN = 1
END = 2
THINK = 3
CLOSE_THINK = 4
SUMMARY = 5
CLOSE_SUMMARY = 6
WORKSPACE = 7
CLOSE_WORKSPACE = 8
DRAFT = 9
NEWLINE = 10
BOX = 11
SAME = 28
YES = 29
NO = 30
CLOSE_DRAFT = 31
FORK = 127

PATHS = 8  # thinking paths that have opening and closing tokens of their own


def open_path(place: int) -> int:
    """Id of `<think place>`; place counts from 1 to PATHS."""
    return 11 + place


def close_path(place: int) -> int:
    """Id of `</think place>`; place counts from 1 to PATHS."""
    return 19 + place


CLOSING_PATHS = tuple(close_path(place) for place in range(1, PATHS + 1))

NAMES = {
    PAD: "<pad>",
    BEGIN: "<bos>",
    END: "<eos>",
    THINK: "<think>",
    CLOSE_THINK: "</think>",
    SUMMARY: "<summary>",
    CLOSE_SUMMARY: "</summary>",
    WORKSPACE: "<workspace>",
    CLOSE_WORKSPACE: "</workspace>",
    DRAFT: "<draft>",
    CLOSE_DRAFT: "</draft>",
    BOX: "\\boxed{",
    SAME: "<same?>",
    YES: "<yes>",
    NO: "<no>",
    FORK: "<fork>",
    **{open_path(place): f"<think{place}>" for place in range(1, PATHS + 1)},
    **{close_path(place): f"</think{place}>" for place in range(1, PATHS + 1)},
}


def spell(tokens: bytes | str) -> str:
    """The text with every control token written by its name."""
    text = tokens.decode("latin-1") if isinstance(tokens, bytes) else tokens
    return "".join(character if character == "\n" else NAMES.get(ord(character), character) for character in text)


def boxed(answer: str) -> str:
    """The answer in its box, as every trace ends."""
    return chr(BOX) + answer + "}"
