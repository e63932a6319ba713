"""Writes a small random model in ParaThinker's layout, and what a PyTorch forward pass of our own gives for it.

    python -m venv venv && venv/bin/pip install -r scripts/training/requirements.txt
    venv/bin/python scripts/checks/parathinker_cases.py /tmp/parathinker-cases
    PARATHINK_PARATHINKER_CASES=/tmp/parathinker-cases mvn -pl models -am test -DexcludedGroups= -Dgroups=model \
        -Dtest=ParaThinkerComparisonTest -Dsurefire.failIfNoSpecifiedTests=false

The layout is that of the released checkpoint: Qwen2 (biases on queries, keys and values) with a table of 32 thought
embeddings in each attention layer. The pass here is one over the whole text in double precision: prompt, paths and summary
side by side under a 4-D mask, with position ids that begin anew for each path and segment ids, as the authors' training
collator lays them out. Ours forks a cache, decodes each path alone and joins the caches, so that what is compared are two
ways to the same numbers. Paths and summary are greedy; a case whose best two tokens come closer than 0.001 anywhere is
drawn again, so that a different token means a wrong number and not a tie.

The folders differ in how the weights are stored: bf16 in one file, fp16 in two with an index, fp32 with a tied output layer.
"""
import argparse
import json
import pathlib
import struct

import numpy as np
import torch

THINKS = 8
WORDS = 40
SPECIALS = (["<eos>", "<bos>", "<｜User｜>", "<｜Assistant｜>", "<think>", "</think>"]
            + [name.format(i) for i in range(1, THINKS + 1) for name in ("<think{}>", "</think{}>")]
            + ["<summary>", "</summary>", "<vllm_pad>"])
IDS = {name: WORDS + at for at, name in enumerate(SPECIALS)}
SHAPE = dict(vocab_size=WORDS + len(SPECIALS) + 3, hidden_size=64, intermediate_size=96, num_hidden_layers=3,
             num_attention_heads=4, num_key_value_heads=2, max_position_embeddings=512)
MARGIN = 1e-3


def weights(seed, tied):
    """Tensors by their names, in single precision."""
    random = np.random.default_rng(seed)
    wide, fed, size = SHAPE["hidden_size"], SHAPE["intermediate_size"], SHAPE["hidden_size"] // SHAPE["num_attention_heads"]
    keys = SHAPE["num_key_value_heads"] * size

    def matrix(rows, columns):
        return random.normal(0, 1.5 / columns ** 0.5, (rows, columns)).astype(np.float32)

    def vector(count, mean):
        return random.normal(mean, 0.2, count).astype(np.float32)

    tensors = {"model.embed_tokens.weight": random.normal(0, 1, (SHAPE["vocab_size"], wide)).astype(np.float32),
               "model.norm.weight": vector(wide, 1)}
    if not tied:
        tensors["lm_head.weight"] = matrix(SHAPE["vocab_size"], wide)
    for layer in range(SHAPE["num_hidden_layers"]):
        at = f"model.layers.{layer}."
        tensors |= {at + "input_layernorm.weight": vector(wide, 1), at + "post_attention_layernorm.weight": vector(wide, 1),
                    at + "self_attn.q_proj.weight": matrix(wide, wide), at + "self_attn.q_proj.bias": vector(wide, 0),
                    at + "self_attn.k_proj.weight": matrix(keys, wide), at + "self_attn.k_proj.bias": vector(keys, 0),
                    at + "self_attn.v_proj.weight": matrix(keys, wide), at + "self_attn.v_proj.bias": vector(keys, 0),
                    at + "self_attn.o_proj.weight": matrix(wide, wide),
                    at + "self_attn.seg_embeddings.weight": random.normal(0, 0.5, (32, size)).astype(np.float32),
                    at + "mlp.gate_proj.weight": matrix(fed, wide), at + "mlp.up_proj.weight": matrix(fed, wide),
                    at + "mlp.down_proj.weight": matrix(wide, fed)}
    return tensors


def stored(tensor, kind):
    """The bytes of a tensor in a file, and the values that a reader gets back."""
    of = {"BF16": torch.bfloat16, "F16": torch.float16, "F32": torch.float32}[kind]
    rounded = torch.from_numpy(tensor).to(of)
    return rounded.view(torch.uint8).numpy().tobytes(), rounded.to(torch.float64)


def write_file(file, tensors, kind):
    header, data, read = {}, b"", {}
    for name, tensor in tensors.items():
        raw, read[name] = stored(tensor, kind)
        header[name] = {"dtype": kind, "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header).encode()
    file.write_bytes(struct.pack("<Q", len(text)) + text + data)
    return read


def write_folder(folder, tensors, kind, tied, shards):
    folder.mkdir(parents=True, exist_ok=True)
    config = SHAPE | {"model_type": "qwen2", "hidden_act": "silu", "rms_norm_eps": 1e-6, "rope_theta": 10000.0,
                      "use_sliding_window": False, "tie_word_embeddings": tied, "eos_token_id": IDS["<eos>"]}
    (folder / "config.json").write_text(json.dumps(config))
    added = [{"id": at, "content": name, "special": True, "normalized": False} for name, at in IDS.items()]
    vocabulary = {f"w{i}": i for i in range(WORDS)}
    (folder / "tokenizer.json").write_text(json.dumps(
        {"added_tokens": added, "pre_tokenizer": {"type": "WhitespaceSplit"},
         "model": {"type": "WordLevel", "vocab": vocabulary, "unk_token": "w0"}}, ensure_ascii=False))
    names = list(tensors)
    read, index = {}, {}
    for shard in range(shards):
        file = "model.safetensors" if shards == 1 else f"model-{shard + 1:05d}-of-{shards:05d}.safetensors"
        part = names[shard::shards]
        read |= write_file(folder / file, {name: tensors[name] for name in part}, kind)
        index |= {name: file for name in part}
    if shards > 1:
        (folder / "model.safetensors.index.json").write_text(json.dumps({"weight_map": index}))
    return read


def rotated(heads, positions):
    """Rotates (tokens, heads, size) by the tokens' positions, halves against each other."""
    size = heads.shape[-1]
    frequencies = 10000.0 ** (-torch.arange(0, size, 2, dtype=torch.float64) / size)
    angles = positions[:, None].to(torch.float64) * frequencies
    cos, sin = torch.cos(angles)[:, None], torch.sin(angles)[:, None]
    one, other = heads[..., :size // 2], heads[..., size // 2:]
    return torch.cat((one * cos - other * sin, other * cos + one * sin), -1)


def normed(x, scale):
    return x * torch.rsqrt((x * x).mean(-1, keepdim=True) + 1e-6) * scale


def forward(tensors, tokens, positions, segments, seen):
    """Logits after every token of one text; seen[i, j] says whether token i sees token j."""
    heads, shared = SHAPE["num_attention_heads"], SHAPE["num_key_value_heads"]
    size = SHAPE["hidden_size"] // heads
    x = tensors["model.embed_tokens.weight"][tokens]
    mask = torch.where(seen, 0.0, -torch.inf).to(torch.float64)[None, None]  # (1, 1, tokens, tokens)
    for layer in range(SHAPE["num_hidden_layers"]):
        at = f"model.layers.{layer}."

        def part(name, y):
            return y @ tensors[f"{at}self_attn.{name}_proj.weight"].T + tensors[f"{at}self_attn.{name}_proj.bias"]

        y = normed(x, tensors[at + "input_layernorm.weight"])
        thought = tensors[at + "self_attn.seg_embeddings.weight"][segments][:, None]
        q = rotated(part("q", y).view(-1, heads, size), positions)
        k = rotated(part("k", y).view(-1, shared, size) + thought, positions)
        v = part("v", y).view(-1, shared, size) + thought
        k, v = (t.repeat_interleave(heads // shared, 1) for t in (k, v))
        scores = torch.einsum("qhd,khd->hqk", q, k)[None] / size ** 0.5 + mask
        out = torch.einsum("bhqk,khd->bqhd", torch.softmax(scores, -1), v)[0].reshape(len(tokens), -1)
        x = x + out @ tensors[at + "self_attn.o_proj.weight"].T
        y = normed(x, tensors[at + "post_attention_layernorm.weight"])
        gate = y @ tensors[at + "mlp.gate_proj.weight"].T
        up = y @ tensors[at + "mlp.up_proj.weight"].T
        x = x + (gate * torch.sigmoid(gate) * up) @ tensors[at + "mlp.down_proj.weight"].T
    head = tensors.get("lm_head.weight", tensors["model.embed_tokens.weight"])
    return normed(x, tensors["model.norm.weight"]) @ head.T


class Layout:
    """The text so far: prompt, then a part for each path, then the summary."""

    def __init__(self, prompt):
        self.prompt = len(prompt)
        self.tokens, self.owners = list(prompt), [0] * len(prompt)
        self.positions = list(range(len(prompt)))

    def add(self, token, path):
        """Appends a token of a path (1 and on) or of the summary (None)."""
        mine = [p for p, owner in zip(self.positions, self.owners) if owner == path]
        if mine:
            position = mine[-1] + 1
        else:
            position = self.prompt if path else max(self.positions) + 1
        self.tokens.append(token)
        self.owners.append(path)
        self.positions.append(position)

    def logits(self, tensors, at):
        owners = self.owners
        count = len(owners)
        seen = torch.tensor([[j <= i and (owners[i] == owners[j] or owners[j] == 0 or owners[i] is None)
                              for j in range(count)] for i in range(count)])
        segments = torch.tensor([owner or 0 for owner in owners])
        return forward(tensors, torch.tensor(self.tokens), torch.tensor(self.positions), segments, seen)[at]


def greedy(layout, tensors, path, count, log):
    """Appends the best words, none of the special tokens, which would open another path; false when two were as good."""
    for _ in range(count):
        logits = layout.logits(tensors, [i for i, owner in enumerate(layout.owners) if owner == path][-1])
        best = torch.topk(logits[:WORDS], 2)
        if best.values[0] - best.values[1] < MARGIN:
            return False
        log.append((int(best.indices[0]), logits.tolist()))
        layout.add(int(best.indices[0]), path)
    return True


def case(tensors, random):
    """One prompt, its greedy paths of different lengths and the greedy summary after them; none where it was close."""
    prompt = [IDS["<bos>"], IDS["<｜User｜>"], *random.integers(1, WORDS, random.integers(3, 12)).tolist(),
              IDS["<summary>"], IDS["</summary>"], IDS["<｜Assistant｜>"], IDS["<think>"]]
    layout = Layout(prompt)
    paths, summary = [], []
    for path in range(1, int(random.integers(2, THINKS + 1)) + 1):
        layout.add(IDS[f"<think{path}>"], path)
        log = []
        if not greedy(layout, tensors, path, int(random.integers(2, 10)), log):
            return None
        closed = bool(random.integers(0, 2))
        if closed:
            layout.add(IDS[f"</think{path}>"], path)
        paths.append({"greedy": [token for token, _ in log], "logits": log[-1][1], "closed": closed})
    template = [IDS["<summary>"], *random.integers(1, WORDS, 3).tolist()]
    for token in template:
        layout.add(token, None)
    log = []
    if not greedy(layout, tensors, None, 8, log):
        return None
    return {"prompt": prompt, "paths": paths, "template": template,
            "summary": {"greedy": [token for token, _ in log], "first": log[0][1], "logits": log[-1][1]}}


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("folder", type=pathlib.Path)
    arguments.add_argument("--cases", type=int, default=12, help="of each folder (default: 12)")
    given = arguments.parse_args()
    for seed, (name, kind, tied, shards) in enumerate(
            [("brain", "BF16", False, 1), ("half", "F16", False, 2), ("single", "F32", True, 1)]):
        read = write_folder(given.folder / name, weights(seed, tied), kind, tied, shards)
        random = np.random.default_rng(100 + seed)
        cases = []
        while len(cases) < given.cases:
            drawn = case(read, random)
            if drawn:
                cases.append(drawn)
        openings = [IDS[f"<think{i}>"] for i in range(1, THINKS + 1)]
        (given.folder / f"{name}.json").write_text(json.dumps(
            {"words": WORDS, "openings": openings, "closings": [id + 1 for id in openings], "cases": cases}))
        print(f"{name}: {kind}, {shards} file(s), {len(cases)} cases, "
              f"{sum(len(c['paths']) for c in cases)} paths")


main()
