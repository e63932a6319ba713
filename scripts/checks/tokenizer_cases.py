"""Writes texts with the ids and decodes that the reference implementation gives, for TokenizerComparisonTest.

    python -m venv venv && venv/bin/pip install tokenizers
    venv/bin/python scripts/checks/tokenizer_cases.py /tmp/tokenizer-cases [more/tokenizer.json ...]
    PARATHINK_TOKENIZER_CASES=/tmp/tokenizer-cases mvn -pl models -am test -DexcludedGroups= -Dgroups=model \
        -Dtest=TokenizerComparisonTest -Dsurefire.failIfNoSpecifiedTests=false

Vocabularies are made here: random pairs of a small corpus are merged, and the ranks of the merges are shuffled, so that
the order of merging matters more than in a trained one. The settings around them are those of public model families.

Left out on purpose: characters newer than the reference's normalization tables, and runs of byte tokens (<0x0A>) that are
not valid UTF-8 as a whole. Of those the reference gives one U+FFFD a byte, valid parts included, which is known only when
the run has ended; ours gives each character as soon as it is complete.
"""
import argparse
import json
import pathlib
import random
import re
import shutil
import unicodedata

import tokenizers
from tokenizers import Tokenizer

CONTRACTIONS = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)"
REST = r" ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
QWEN2 = CONTRACTIONS + r"|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}|" + REST
LLAMA3 = CONTRACTIONS + r"|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}|" + REST
CL100K = (r"(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}+|\p{N}{1,3}+| ?[^\s\p{L}\p{N}]++[\r\n]*"
          r"|\s*[\r\n]|\s+(?!\S)|\s+").replace("(?i:", "'(?i:", 1)
UPPER, LOWER = r"\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}", r"\p{Ll}\p{Lm}\p{Lo}\p{M}"
O200K = (rf"[^\r\n\p{{L}}\p{{N}}]?[{UPPER}]*[{LOWER}]+{CONTRACTIONS}?|[^\r\n\p{{L}}\p{{N}}]?[{UPPER}]+[{LOWER}]*"
         rf"{CONTRACTIONS}?|\p{{N}}{{1,3}}| ?[^\s\p{{L}}\p{{N}}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+")
TEKKEN = (rf"[^\r\n\p{{L}}\p{{N}}]?[{UPPER}]*[{LOWER}]+|[^\r\n\p{{L}}\p{{N}}]?[{UPPER}]+[{LOWER}]*|\p{{N}}"
          rf"| ?[^\s\p{{L}}\p{{N}}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+")
DEEPSEEK = [r"\p{N}{1,3}", "[一-龥぀-ゟ゠-ヿ]+",
            r"""[!"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+| ?[\p{P}\p{S}]+[\r\n]*"""
            r"|\s*[\r\n]+|\s+(?!\S)|\s+"]

NAMES = ["<|endoftext|>", "<|im_start|>", "<|im_end|>", "<think>", "</think>", "<pad>"]


def kind(name, **settings):
    return {"type": name} | settings


def sequence(field, *parts):
    return {"type": "Sequence", field: list(parts)}


def byte_level(prefix=False, regex=True):
    return kind("ByteLevel", add_prefix_space=prefix, trim_offsets=True, use_regex=regex)


def split(regex, behavior="Isolated", invert=False):
    return kind("Split", pattern={"Regex": regex}, behavior=behavior, invert=invert)


def cut(*parts):
    return sequence("pretokenizers", *parts)


def added(id, content, special=True, **more):
    token = {"id": id, "content": content, "single_word": False, "lstrip": False, "rstrip": False,
             "normalized": not special, "special": special}
    return token | more


def replace(old, new):
    return kind("Replace", pattern={"String": old}, content=new)


LLAMA2_NORMALIZER = sequence("normalizers", kind("Prepend", prepend="▁"), replace(" ", "▁"))
LLAMA2_DECODER = sequence("decoders", replace("▁", " "), kind("ByteFallback"), kind("Fuse"),
                          kind("Strip", content=" ", start=1, stop=0))
GEMMA_DECODER = sequence("decoders", replace("▁", " "), kind("ByteFallback"), kind("Fuse"))


def metaspace(scheme, splits):
    return kind("Metaspace", replacement="▁", prepend_scheme=scheme, split=splits)


# name -> settings of the file; "model" holds what differs from a byte-level BPE
FAMILIES = {
    "gpt2": dict(pre=byte_level()),
    "gpt2-prefix": dict(pre=byte_level(prefix=True)),
    "qwen2": dict(normalizer=kind("NFC"), pre=cut(split(QWEN2), byte_level(regex=False))),
    "llama3": dict(pre=cut(split(LLAMA3), byte_level(regex=False)), model=dict(ignore_merges=True)),
    "smollm2": dict(pre=cut(kind("Digits", individual_digits=True), byte_level())),
    "smollm2-lacking-bytes": dict(pre=cut(kind("Digits", individual_digits=True), byte_level()), lacking=20),
    "cl100k": dict(pre=cut(split(CL100K), byte_level(regex=False)), model=dict(ignore_merges=True)),
    "o200k": dict(pre=cut(split(O200K), byte_level(regex=False)), model=dict(ignore_merges=True)),
    "tekken": dict(pre=cut(split(TEKKEN), byte_level(regex=False)), model=dict(ignore_merges=True)),
    "deepseek-v3": dict(normalizer=sequence("normalizers"), pre=cut(*map(split, DEEPSEEK), byte_level(regex=False))),
    "falcon": dict(pre=cut(kind("Punctuation", behavior="Contiguous"), byte_level(),
                           kind("Digits", individual_digits=False), split("[0-9][0-9][0-9]"))),
    "llama2": dict(normalizer=LLAMA2_NORMALIZER, decoder=LLAMA2_DECODER, sentence=True),
    "llama2-no-fallback": dict(normalizer=LLAMA2_NORMALIZER, decoder=LLAMA2_DECODER, sentence=True,
                               model=dict(byte_fallback=False)),
    "llama2-unknown-apart": dict(normalizer=LLAMA2_NORMALIZER, decoder=LLAMA2_DECODER, sentence=True,
                                 model=dict(byte_fallback=False, fuse_unk=False)),
    "mistral-v0.3": dict(pre=metaspace("first", False), decoder=LLAMA2_DECODER, sentence=True),
    "gemma": dict(normalizer=replace(" ", "▁"), decoder=GEMMA_DECODER, sentence=True,
                  pre=kind("Split", pattern={"String": " "}, behavior="MergedWithPrevious", invert=False)),
    "metaspace": dict(pre=metaspace("always", True), decoder=metaspace("always", True), sentence=True),
    "metaspace-never": dict(pre=metaspace("never", True), decoder=metaspace("never", True), sentence=True),
    "lowercase": dict(normalizer=sequence("normalizers", kind("NFKC"), kind("Lowercase"),
                                          kind("Strip", strip_left=True, strip_right=True)), pre=byte_level()),
    "nfd": dict(normalizer=kind("NFD"), pre=byte_level()),
    "nfkd": dict(normalizer=kind("NFKD"), pre=byte_level()),
    "words": dict(pre=kind("Whitespace"), decoder=None, words=True),
    "words-spaces": dict(pre=kind("WhitespaceSplit"), decoder=None, words=True),
    "punctuation": dict(pre=cut(kind("Punctuation", behavior="Isolated"), byte_level(regex=False))),
} | {
    f"split-{behavior}{'-inverted' * invert}": dict(pre=cut(split(r"[\s\p{P}]", behavior, invert), byte_level(regex=False)))
    for behavior in ("Isolated", "Removed", "MergedWithPrevious", "MergedWithNext", "Contiguous") for invert in (False, True)
}

SENTENCES = [
    "The quick brown fox can't jump over 13 lazy dogs; they're asleep, I'd say.",
    "IT'S NOT WHAT YOU'RE THINKING, WE'LL SEE. ’s ‘t 'ſ 'S 'Re",
    "Die Straße führt über Köln nach Zürich – 42 km, ungefähr.",
    "Где находится библиотека? Она закрыта до 15 января 2031 года.",
    "今天天气很好，我们去公园散步吧。価格は1234円です。テスト、ひらがな。",
    "한국어 문장도 있습니다. 숫자 ㉠ ① ½ Ⅷ ² ٣٤٥ १२३",
    "العربية تُكتب من اليمين إلى اليسار، ١٢٣.",
    "हिन्दी में लिखा हुआ एक वाक्य। বাংলা ভাষা ไทยไม่มีช่องว่าง",
    "👩‍👩‍👧‍👦 family, 🏳️‍🌈 flag, 👍🏽 thumb, 🇩🇪🇫🇷, ☃ and ☃️ snow",
    "def f(x):\n\treturn x**2 + 3*x - 0x1F  # comment\n\n\n    if x != 0:\r\n        pass\r\n",
    "\\frac{1}{2} + \\sqrt{x^2+y^2} = \\boxed{17}, ∑_{i=0}^{∞} 2^{-i} ≈ 2.000",
    "e\u0301 vs é, Å vs Å vs A\u030a, ﬁ vs fi, q\u0307\u0323 vs q\u0323\u0307, İstanbul ΣΑΣ",
    "<|im_start|>user\nHow many 'r' in strawberry?<|im_end|>\n<|im_start|>assistant\n<think>\nCount.\n</think>\n3<|im_end|>",
    "<|endoftext|><|endoftext|> <think>a</think > <thin k> <<think>> <|im_start|",
    "  leading and trailing   spaces   ", "\n\n \n\t \r\n \r \u00a0\u2003x\u0085y\u2028z\u3000",
    "a single_word word's end: wordy sword word, word", "  keepleft  KEEPRIGHT   both  BOTH sides ",
    "1 12 123 1234 12345 123456 1234567 3.14159 1,000,000 -5e-10", "", " ", "  ", "\n", "a", "é", "😀", "\u0000\u0001\u007f\u009f",
    "http://example.org/a/b?c=d&e=%20#frag user@example.org", "{\"key\": [1, 2.5, null, true], \"s\": \"\\u00e9\"}",
    "ｆｕｌｌｗｉｄｔｈ ＡＢＣ１２３　ｶﾀｶﾅ", "zero\u200bwidth\u200djoiner\ufeffbom\u00adsoft", "▁marks▁ and ▁▁ own", "<0x41><0x0A>",
]


def texts(random, count):
    newer = range(0x10780, 0x107C0)  # Latin Extended-F, of Unicode 14
    assigned = [chr(c) for c in range(0x110000)
                if unicodedata.category(chr(c)) not in ("Cn", "Cs", "Co") and c not in newer]
    pieces = [w for s in SENTENCES for w in re.findall(r"\s+|\S+", s)] + NAMES + [" ", "  ", "\n", "'s", "'LL", "1", "23"]
    made = list(SENTENCES) + ["a" * 3000, " " * 500, "=" * 700 + "x", "ab" * 400, "\n" * 90, "日" * 300, "9" * 50, " a" * 200]
    while len(made) < count:
        style = random.randrange(4)
        if style == 0:
            made.append("".join(random.choices(pieces, k=random.randint(1, 30))))
        elif style == 1:
            made.append("".join(random.choices(assigned, k=random.randint(1, 40))))
        elif style == 2:
            made.append("".join(random.choices("aAeEsStT 'ldmréß12٣。,.!?\n\t\r  _-", k=random.randint(1, 80))))
        else:
            words = [random.choice(pieces + random.choices(assigned, k=5)) for _ in range(random.randint(1, 20))]
            made.append(" ".join(words))
    return made


def symbols_of(text, sentence):
    if sentence:
        return list(text.replace(" ", "▁"))
    table = byte_alphabet()
    return [table[b] for b in text.encode()]


def byte_alphabet():
    printing = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = iter(range(256, 512))
    return [chr(b if b in printing else next(others)) for b in range(256)]


def bpe(random, sentence, lacking, merges=1500):
    words = {tuple(symbols_of(w, sentence)) for s in SENTENCES for w in re.findall(r" ?\w+| ?[^\w\s]+|\s+", s)}
    if sentence:
        words |= {tuple(symbols_of(s, True)) for s in SENTENCES}
        singles = sorted({c for w in words for c in w} - set("éß日😀'"))
        vocabulary = ["<unk>", "<s>", "</s>", *(f"<0x{b:02X}>" for b in range(256)), *singles]
    else:
        alphabet = byte_alphabet()
        vocabulary = [c for i, c in enumerate(alphabet) if i not in random.sample(range(256), lacking)]
    known, pairs = set(vocabulary), []
    words = [list(w) for w in sorted(words) if len(w) > 1 and all(c in known for c in w)]
    while len(pairs) < merges and words:
        word = random.choice(words)
        at = random.randrange(len(word) - 1)
        left, right = word[at], word[at + 1]
        pairs.append((left, right))
        if left + right not in known:
            known.add(left + right)
            vocabulary.append(left + right)
        for w in words:
            i = 0
            while i < len(w) - 1:
                if w[i] == left and w[i + 1] == right:
                    w[i:i + 2] = [left + right]
                i += 1
        words = [w for w in words if len(w) > 1]
    if random.random() < 0.7:
        random.shuffle(pairs)
    return vocabulary, pairs


def tokenizer_json(name, family, random):
    sentence, words = family.get("sentence", False), family.get("words", False)
    if words:
        vocabulary = ["<unk>"] + sorted({w for s in SENTENCES for w in re.findall(r"\w+|[^\w\s]+", s)})
        model = {"type": "WordLevel", "unk_token": "<unk>", "vocab": {t: i for i, t in enumerate(vocabulary)}}
    else:
        vocabulary, pairs = bpe(random, sentence, family.get("lacking", 0))
        merges = [list(p) for p in pairs] if random.random() < 0.5 or sentence else [" ".join(p) for p in pairs]
        model = {"type": "BPE", "dropout": None, "unk_token": "<unk>" if sentence else None,
                 "continuing_subword_prefix": None, "end_of_word_suffix": None, "fuse_unk": sentence,
                 "byte_fallback": sentence, "ignore_merges": False,
                 "vocab": {t: i for i, t in enumerate(vocabulary)}, "merges": merges} | family.get("model", {})
    extra = [added(0, t) for t in (*NAMES, "<think")] + [
        added(0, "single_word", False, single_word=True), added(0, "keepleft", False, lstrip=True),
        added(0, "KEEPRIGHT", True, rstrip=True), added(0, "BOTH", True, lstrip=True, rstrip=True),
        added(0, "word", False, single_word=True, normalized=True), added(0, "Köln", False, normalized=True),
        added(0, "\n\n\n", False, normalized=False)]
    if sentence:
        extra = [added(0, t) for t in ("<unk>", "<s>", "</s>")] + extra
    ids = {t: i for i, t in enumerate(vocabulary)}
    for token in extra:
        token["id"] = ids.setdefault(token["content"], len(ids))
    decoder = family.get("decoder", byte_level())
    return {"version": "1.0", "truncation": None, "padding": None, "added_tokens": extra,
            "normalizer": family.get("normalizer"), "pre_tokenizer": family.get("pre"),
            "post_processor": None, "decoder": decoder, "model": model}


def rows(name, tokenizer, random, written):
    size = tokenizer.get_vocab_size()
    for text in written:
        ids = tokenizer.encode(text, add_special_tokens=False).ids
        yield {"tokenizer": name, "text": text, "ids": ids, "decoded": tokenizer.decode(ids, skip_special_tokens=False)}
    fallback = tokenizer.token_to_id("<0xFF>")
    for _ in range(60):
        if fallback is None:
            ids = random.choices(range(size), k=random.randint(1, 12))
        else:
            parts = [whole_character(random, tokenizer) if random.random() < 0.4 else [random.randrange(fallback + 1, size)]
                     for _ in range(random.randint(1, 8))]
            ids = [id for part in parts for id in part]
        yield {"tokenizer": name, "ids": ids, "decoded": tokenizer.decode(ids, skip_special_tokens=False)}


def whole_character(random, tokenizer):
    return [tokenizer.token_to_id(f"<0x{b:02X}>") for b in random.choice("\n a~éßж日€😀").encode()]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("tokenizers", nargs="*", type=pathlib.Path, help="tokenizer.json files to compare on as well")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--texts", type=int, default=300)
    arguments = parser.parse_args()
    written = texts(random.Random(arguments.seed), arguments.texts)
    arguments.out.mkdir(parents=True, exist_ok=True)
    count = 0
    with open(arguments.out / "cases.jsonl", "w", encoding="utf-8") as out:
        def write(name, path):
            nonlocal count
            for row in rows(name, Tokenizer.from_file(str(path)), random.Random(name), written):
                out.write(json.dumps(row) + "\n")
                count += 1
        for name, family in FAMILIES.items():
            path = arguments.out / f"{name}.json"
            made = tokenizer_json(name, family, random.Random(f"{arguments.seed} {name}"))
            path.write_text(json.dumps(made, ensure_ascii=False), encoding="utf-8")
            write(name, path)
        for i, path in enumerate(arguments.tokenizers):
            name = f"given-{i}-{path.resolve().parent.name}"
            shutil.copy(path, arguments.out / f"{name}.json")
            write(name, path)
    print(f"{count} cases of {len(FAMILIES) + len(arguments.tokenizers)} tokenizers,"
          f" by tokenizers {tokenizers.__version__}: {arguments.out}")


if __name__ == "__main__":
    main()
