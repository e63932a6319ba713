"""Trained checkpoint -> Hugging Face folder, the form that is shipped in the models jar.

    python3 export_safetensors.py 'CHECKPOINT*.npz' OUT_FOLDER [--heads 6 --kv-heads 2 --theta 10000 --context 4096]

Reads numpy archives with the names of the training code (fused `qkv` and `gu`), writes float16 safetensors shards of at most
14 MiB with Hugging Face names, `model.safetensors.index.json` and `config.json`. Needs numpy only; same input, same bytes.
"""
import argparse
import glob
import json
import pathlib

import numpy as np

SHARD_BYTES = 14 * 2**20
EPSILON = 1e-6


def load(pattern):
    """All arrays of all archives that match."""
    arrays = {}
    for name in sorted(glob.glob(pattern)):
        with np.load(name) as archive:
            arrays.update({key: archive[key] for key in archive.files})
    if not arrays:
        raise SystemExit(f"{pattern}: no such archive")
    return arrays


def hugging_face(arrays, heads, kv_heads):
    """(config, tensors in the order of the layers); the fused projections are taken apart."""
    vocabulary, hidden = arrays["emb.weight"].shape
    head = hidden // heads
    layers = 1 + max(int(name.split(".")[1]) for name in arrays if name.startswith("blocks."))
    tensors = {"model.embed_tokens.weight": arrays["emb.weight"]}
    for i in range(layers):
        ours, theirs = f"blocks.{i}.", f"model.layers.{i}."
        q, k, v = np.split(arrays[ours + "qkv.weight"], [heads * head, (heads + kv_heads) * head])
        gate, up = np.split(arrays[ours + "gu.weight"], 2)
        tensors.update({
            theirs + "input_layernorm.weight": arrays[ours + "n1"],
            theirs + "self_attn.q_proj.weight": q,
            theirs + "self_attn.k_proj.weight": k,
            theirs + "self_attn.v_proj.weight": v,
            theirs + "self_attn.o_proj.weight": arrays[ours + "o.weight"],
            theirs + "post_attention_layernorm.weight": arrays[ours + "n2"],
            theirs + "mlp.gate_proj.weight": gate,
            theirs + "mlp.up_proj.weight": up,
            theirs + "mlp.down_proj.weight": arrays[ours + "down.weight"],
        })
    tensors["model.norm.weight"] = arrays["nf"]
    config = dict(
        architectures=["LlamaForCausalLM"], model_type="llama", vocab_size=vocabulary, hidden_size=hidden,
        intermediate_size=arrays["blocks.0.down.weight"].shape[1], num_hidden_layers=layers, num_attention_heads=heads,
        num_key_value_heads=kv_heads, head_dim=head, rms_norm_eps=EPSILON, hidden_act="silu", tie_word_embeddings=True,
        attention_bias=False, mlp_bias=False, torch_dtype="float16")
    return config, tensors


def shards(tensors):
    """Cuts the tensors, in order, into groups that fit one shard."""
    groups, size = [{}], 0
    for name, tensor in tensors.items():
        if size + tensor.nbytes > SHARD_BYTES - 2**16:
            groups.append({})
            size = 0
        groups[-1][name] = np.ascontiguousarray(tensor, dtype="<f2")
        size += tensor.nbytes
    return groups


def write(path, tensors):
    """One safetensors file: length of the header, header, data."""
    header, offset = {"__metadata__": {"format": "pt"}}, 0
    for name, tensor in tensors.items():
        header[name] = dict(dtype="F16", shape=list(tensor.shape), data_offsets=[offset, offset + tensor.nbytes])
        offset += tensor.nbytes
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as out:
        out.write(len(text).to_bytes(8, "little") + text)
        for tensor in tensors.values():
            out.write(tensor.tobytes())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint")
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--heads", type=int, default=6)
    parser.add_argument("--kv-heads", type=int, default=2)
    parser.add_argument("--theta", type=float, default=10000.0)
    parser.add_argument("--context", type=int, default=4096)
    settings = parser.parse_args()

    config, tensors = hugging_face(load(settings.checkpoint), settings.heads, settings.kv_heads)
    config.update(rope_theta=settings.theta, max_position_embeddings=settings.context, bos_token_id=1, eos_token_id=2)
    settings.out.mkdir(parents=True, exist_ok=True)
    groups, names = shards(tensors), {}
    for i, group in enumerate(groups, 1):
        file = f"model-{i:05d}-of-{len(groups):05d}.safetensors"
        write(settings.out / file, group)
        names.update(dict.fromkeys(group, file))
    index = dict(metadata=dict(total_size=sum(t.nbytes for t in tensors.values())), weight_map=names)
    (settings.out / "model.safetensors.index.json").write_text(json.dumps(index, indent=1) + "\n")
    (settings.out / "config.json").write_text(json.dumps(config, indent=2) + "\n")


if __name__ == "__main__":
    main()
