"""llama.cpp, by the functions of its library that its own batched benchmark calls: every row is a sequence, tokens are given,
nothing is drawn. A folder of the Llama family is written as GGUF once and rounded by llama.cpp itself.

Where the processor lists AMX and the machine traps it, the library must be built without:
    CMAKE_ARGS="-DGGML_AMX_TILE=OFF -DGGML_AMX_INT8=OFF -DGGML_AMX_BF16=OFF" pip install llama-cpp-python
"""
import json
import os
import time

import turns

try:
    import gguf
    import llama_cpp
    import numpy as np
except ImportError as error:
    turns.missing(error.name, "pip install llama-cpp-python gguf")

FORMATS = {"F16": llama_cpp.LLAMA_FTYPE_MOSTLY_F16, "Q4_0": llama_cpp.LLAMA_FTYPE_MOSTLY_Q4_0,
           "Q4_1": llama_cpp.LLAMA_FTYPE_MOSTLY_Q4_1, "Q8_0": llama_cpp.LLAMA_FTYPE_MOSTLY_Q8_0,
           "Q4_K_M": llama_cpp.LLAMA_FTYPE_MOSTLY_Q4_K_M}
LAYER_NAMES = {
    "input_layernorm": "attn_norm", "post_attention_layernorm": "ffn_norm", "self_attn.q_proj": "attn_q",
    "self_attn.k_proj": "attn_k", "self_attn.v_proj": "attn_v", "self_attn.o_proj": "attn_output",
    "mlp.gate_proj": "ffn_gate", "mlp.up_proj": "ffn_up", "mlp.down_proj": "ffn_down"}
NAMES = {"model.embed_tokens": "token_embd", "model.norm": "output_norm", "lm_head": "output"}
BATCH = 2048  # tokens handed over at once when prompts are read
QUIET = llama_cpp.llama_log_callback(lambda level, text, data: None)  # must outlive the library's use of it


def pairs_together(matrix, heads):
    return matrix.reshape(heads, 2, -1, matrix.shape[1]).swapaxes(1, 2).reshape(matrix.shape)


def tensor_name(name):
    stem, kind = name.rsplit(".", 1)
    if stem.startswith("model.layers."):
        layer, rest = stem.removeprefix("model.layers.").split(".", 1)
        return f"blk.{layer}.{LAYER_NAMES[rest]}.{kind}"
    return f"{NAMES[stem]}.{kind}"


def tensors(file):
    """Names and values of a safetensors file in 32 bits; by hand, since NumPy has no bf16."""
    with open(file, "rb") as opened:
        size = int.from_bytes(opened.read(8), "little")
        header = json.loads(opened.read(size))
    content = np.memmap(file, np.uint8, "r", 8 + size)
    header.pop("__metadata__", None)
    for name, entry in header.items():
        first, end = entry["data_offsets"]
        raw = content[first:end]
        if entry["dtype"] == "BF16":  # the upper half of a float
            values = (raw.view("<u2").astype(np.uint32) << 16).view(np.float32)
        elif entry["dtype"] in ("F16", "F32"):
            values = raw.view({"F16": "<f2", "F32": "<f4"}[entry["dtype"]]).astype(np.float32)
        else:
            raise SystemExit(f"{file}: {name} is {entry['dtype']}; only F32, F16 and BF16 are written as GGUF here")
        yield name, values.reshape(entry["shape"])


def write_gguf(folder, path):
    """The weights of a folder in 16 bits, without a vocabulary: ids go in, logits come out."""
    config = json.loads((folder / "config.json").read_text())
    if config["model_type"] != "llama":
        raise SystemExit(f"model_type {config['model_type']}: only folders of the family llama are written as GGUF here")
    heads = config["num_attention_heads"]
    key_heads = config.get("num_key_value_heads", heads)
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_vocab_size(config["vocab_size"])
    writer.add_context_length(config["max_position_embeddings"])
    writer.add_embedding_length(config["hidden_size"])
    writer.add_block_count(config["num_hidden_layers"])
    writer.add_feed_forward_length(config["intermediate_size"])
    writer.add_head_count(heads)
    writer.add_head_count_kv(key_heads)
    writer.add_rope_dimension_count(config.get("head_dim") or config["hidden_size"] // heads)
    writer.add_rope_freq_base(config.get("rope_theta", 10000.0))
    writer.add_layer_norm_rms_eps(config["rms_norm_eps"])
    writer.add_tokenizer_model("none")
    for shard in sorted(folder.glob("*.safetensors")):
        for name, values in tensors(shard):
            if "q_proj" in name:
                values = pairs_together(values, heads)
            if "k_proj" in name:
                values = pairs_together(values, key_heads)
            writer.add_tensor(tensor_name(name), np.ascontiguousarray(
                values.astype(np.float32 if values.ndim == 1 else np.float16)))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def weights(folder, cache, kind):
    stamp = "-".join(str(file.stat().st_mtime_ns) for file in sorted(folder.glob("*.safetensors")))
    cache.mkdir(parents=True, exist_ok=True)
    plain, rounded = (cache / f"{folder.name}-{stamp}-{name}.gguf" for name in ("F16", kind))
    if not plain.exists():
        part = plain.with_suffix(f".{os.getpid()}")
        write_gguf(folder, part)
        part.rename(plain)
    if not rounded.exists():
        how = llama_cpp.llama_model_quantize_default_params()
        how.ftype = FORMATS[kind]
        part = rounded.with_suffix(f".{os.getpid()}")
        if llama_cpp.llama_model_quantize(str(plain).encode(), str(part).encode(), how) != 0:
            raise SystemExit(f"llama.cpp cannot round {plain} to {kind}")
        part.rename(rounded)
    return rounded


class Rows:
    """A context with room for so many rows of so many tokens."""

    def __init__(self, model, rows, length, threads):
        how = llama_cpp.llama_context_default_params()
        how.n_ctx, how.n_seq_max = rows * (length + -length % 256), rows
        how.n_batch, how.n_ubatch = BATCH, 512
        how.n_threads = how.n_threads_batch = threads
        self.rows = rows
        self.context = llama_cpp.llama_init_from_model(model, how)
        self.batch = llama_cpp.llama_batch_init(BATCH, 0, 1)
        if not self.context:
            raise SystemExit(f"llama.cpp has no context for {rows} rows of {length} tokens")

    def decode(self, tokens):
        """Tokens as (id, position, row, whether logits are wanted)."""
        batch = self.batch
        batch.n_tokens = len(tokens)
        for i, (token, position, row, wanted) in enumerate(tokens):
            batch.token[i], batch.pos[i] = token, position
            batch.n_seq_id[i], batch.seq_id[i][0] = 1, row
            batch.logits[i] = wanted
        if llama_cpp.llama_decode(self.context, batch) != 0:
            raise SystemExit("llama.cpp could not decode a batch")

    def close(self):
        llama_cpp.llama_batch_free(self.batch)
        llama_cpp.llama_free(self.context)


def main():
    asked = turns.arguments("Q4_0", sorted(FORMATS))
    llama_cpp.llama_log_set(QUIET, None)
    llama_cpp.llama_backend_init()
    begun = time.perf_counter()
    path = weights(asked.model, asked.cache, asked.format)
    preparing = time.perf_counter() - begun
    how = llama_cpp.llama_model_default_params()
    model = llama_cpp.llama_model_load_from_file(str(path).encode(), how)
    if not model:
        raise SystemExit(f"llama.cpp cannot load {path}")
    size = turns.vocabulary(asked.model)

    def measure(rows, context, tokens, round_number):
        ids = np.random.default_rng(round_number).integers(20, size, (context + tokens, rows)).tolist()
        space = Rows(model, rows, context + tokens, asked.threads)
        prompt = [(ids[at][row], at, row, at == context - 1) for row in range(rows) for at in range(context)]
        start = time.perf_counter()
        for first in range(0, len(prompt), BATCH):
            space.decode(prompt[first:first + BATCH])
        read = time.perf_counter()
        for at in range(context, context + tokens):
            space.decode([(ids[at][row], at, row, True) for row in range(rows)])
            llama_cpp.llama_get_logits(space.context)  # waits for them, as a draw would
        ended = time.perf_counter()
        space.close()
        return read - start, ended - read

    turns.serve(f"llama.cpp {llama_cpp.__version__} {asked.format}", measure, preparing)


if __name__ == "__main__":
    main()
