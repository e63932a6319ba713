"""Weights on disk: the archives that training writes, and the folder of safetensors that is shipped.

Training archives are numpy files `NAME.0.npz`, `NAME.1.npz`, .. in float16 with short names (`blocks.3.gu.weight`);
`export_safetensors.py` makes the folder from them.
"""

import glob
import json
import re
from pathlib import Path

import numpy as np
import torch

from decoder import SIZES, Decoder

ARCHIVE_BYTES = 15_000_000  # of arrays in one file
ARCHIVE_NAMES = {  # name in an archive: name in Decoder
    "emb.weight": "embedding.weight",
    "nf": "final_norm",
    "n1": "attention_norm",
    "n2": "feed_forward_norm",
    "qkv.weight": "query_key_value.weight",
    "o.weight": "attention_out.weight",
    "gu.weight": "gate_and_up.weight",
    "down.weight": "down.weight",
}
FUSED_NAMES = {  # name in Decoder: the shipped tensors that make it up
    "attention_norm": ("input_layernorm.weight",),
    "feed_forward_norm": ("post_attention_layernorm.weight",),
    "query_key_value.weight": ("self_attn.q_proj.weight", "self_attn.k_proj.weight", "self_attn.v_proj.weight"),
    "attention_out.weight": ("self_attn.o_proj.weight",),
    "gate_and_up.weight": ("mlp.gate_proj.weight", "mlp.up_proj.weight"),
    "down.weight": ("mlp.down_proj.weight",),
}


def save_archives(decoder: Decoder, folder: Path, name: str) -> None:
    """Writes the weights as float16 archives."""
    to_archive = {ours: theirs for theirs, ours in ARCHIVE_NAMES.items()}
    groups, filled = [{}], 0
    for full_name, tensor in decoder.state_dict().items():
        block, local = re.fullmatch(r"(blocks\.\d+\.)?(.+)", full_name).groups(default="")
        array = tensor.detach().half().cpu().numpy()
        if filled + array.nbytes > ARCHIVE_BYTES:
            groups.append({})
            filled = 0
        groups[-1][block + to_archive[local]] = array
        filled += array.nbytes
    for place, arrays in enumerate(groups):
        np.savez(folder / f"{name}.{place}.npz", **arrays)


def load_decoder(source: str, size: str = "shipped", device: str = "cpu") -> Decoder:
    """A decoder in float32 with the weights of a folder of safetensors, or of all archives that match a pattern."""
    arrays = _from_safetensors(Path(source)) if Path(source).is_dir() else _from_archives(source)
    width = arrays["embedding.weight"].shape[1]
    if width != SIZES[size].width:
        raise SystemExit(f"{source}: weights of width {width}, but size {size} has width {SIZES[size].width}")
    decoder = Decoder(SIZES[size])
    decoder.load_state_dict({name: torch.from_numpy(array.astype(np.float32)) for name, array in arrays.items()})
    return decoder.to(device).eval()


def _from_archives(pattern: str) -> dict[str, np.ndarray]:
    arrays = {}
    for path in sorted(glob.glob(pattern)):
        with np.load(path) as archive:
            for full_name in archive.files:
                block, local = re.fullmatch(r"(blocks\.\d+\.)?(.+)", full_name).groups(default="")
                arrays[block + ARCHIVE_NAMES[local]] = archive[full_name]
    if not arrays:
        raise SystemExit(f"{pattern}: no archive of weights matches")
    return arrays


def _from_safetensors(folder: Path) -> dict[str, np.ndarray]:
    shipped = {}
    for path in sorted(folder.glob("*.safetensors")):
        shipped.update(_read_safetensors(path))
    if not shipped:
        raise SystemExit(f"{folder}: no *.safetensors in this folder")
    arrays = {"embedding.weight": shipped["model.embed_tokens.weight"], "final_norm": shipped["model.norm.weight"]}
    for layer in range(1 + max(int(name.split(".")[2]) for name in shipped if name.startswith("model.layers."))):
        for ours, theirs in FUSED_NAMES.items():
            tensors = [shipped[f"model.layers.{layer}.{name}"] for name in theirs]
            arrays[f"blocks.{layer}.{ours}"] = np.concatenate(tensors)
    return arrays


def _read_safetensors(path: Path) -> dict[str, np.ndarray]:
    """Float16 tensors of one file: eight bytes with the length of the header, the header as JSON, the data."""
    content = path.read_bytes()
    data_start = 8 + int.from_bytes(content[:8], "little")
    tensors = {}
    for name, entry in json.loads(content[8:data_start]).items():
        if name == "__metadata__":
            continue
        if entry["dtype"] != "F16":
            raise SystemExit(f"{path}: {name} is {entry['dtype']}, expected F16")
        begin, end = entry["data_offsets"]
        data = content[data_start + begin : data_start + end]
        tensors[name] = np.frombuffer(data, "<f2").reshape(entry["shape"])
    return tensors
