"""Writes small random models of every family with Hugging Face transformers, and what they give for twenty prompts.

    python family_cases.py FOLDER

For each case a model folder and, in its cases.json, for every prompt: the logits after it, the 64 tokens that follow greedily and the
logits before the last of them, in single precision with plain attention. Prompts are longer than the windows and than the first training
that the scalings speak of. A prompt whose two best tokens come closer than 0.002 anywhere is drawn again, so that another token means a
wrong number and not a tie. Some configurations are written as they were before 2025 (rope_scaling, rope_theta), with type or rope_type.
"""
import json
import pathlib
import sys

import torch
from transformers import (LlamaConfig, LlamaForCausalLM, MistralConfig, MistralForCausalLM, Qwen2Config, Qwen2ForCausalLM, Qwen3Config,
                          Qwen3ForCausalLM)

PROMPTS = 20
TOKENS = 64
MARGIN = 2e-3
SHAPE = dict(vocab_size=300, hidden_size=96, intermediate_size=160, num_hidden_layers=4, num_attention_heads=6, num_key_value_heads=2,
             max_position_embeddings=512, initializer_range=0.12, bos_token_id=None, eos_token_id=0, pad_token_id=None,
             attn_implementation="eager")
LLAMA3 = dict(rope_type="llama3", rope_theta=500000.0, factor=8.0, low_freq_factor=1.0, high_freq_factor=4.0,
              original_max_position_embeddings=64)
YARN = dict(rope_type="yarn", rope_theta=10000.0, factor=4.0, original_max_position_embeddings=128)
PLAIN = dict(rope_type="default", rope_theta=10000.0)

# name: class, its configuration, how the weights are stored, and the older key for the scaling where the file is written that way
CASES = {
    "llama-3-tied": (LlamaForCausalLM, LlamaConfig, dict(rope_parameters=LLAMA3, tie_word_embeddings=True), torch.bfloat16, None),
    "llama-3-untied-older": (LlamaForCausalLM, LlamaConfig, dict(rope_parameters=LLAMA3, head_dim=32), torch.bfloat16, "rope_type"),
    "llama-linear-biased": (LlamaForCausalLM, LlamaConfig,
                            dict(rope_parameters=dict(rope_type="linear", rope_theta=10000.0, factor=2.5), attention_bias=True),
                            torch.float16, "type"),
    "llama-plain": (LlamaForCausalLM, LlamaConfig, dict(rope_parameters=dict(PLAIN, rope_theta=100000.0), tie_word_embeddings=True),
                    torch.float32, None),
    "mistral-window": (MistralForCausalLM, MistralConfig, dict(rope_parameters=PLAIN, sliding_window=12), torch.bfloat16, "type"),
    "mistral-no-window": (MistralForCausalLM, MistralConfig,
                          dict(rope_parameters=dict(PLAIN, rope_theta=1e6), sliding_window=None, head_dim=32), torch.bfloat16, None),
    "qwen2-untied": (Qwen2ForCausalLM, Qwen2Config, dict(rope_parameters=dict(PLAIN, rope_theta=1e6)), torch.bfloat16, None),
    "qwen2-tied-window": (Qwen2ForCausalLM, Qwen2Config,
                          dict(rope_parameters=PLAIN, tie_word_embeddings=True, use_sliding_window=True, sliding_window=9,
                               max_window_layers=2), torch.float32, "rope_type"),
    "qwen2-yarn": (Qwen2ForCausalLM, Qwen2Config, dict(rope_parameters=YARN), torch.bfloat16, None),
    "qwen2-yarn-older": (Qwen2ForCausalLM, Qwen2Config, dict(rope_parameters=dict(YARN, attention_factor=1.3)), torch.float16, "type"),
    "qwen3-tied": (Qwen3ForCausalLM, Qwen3Config, dict(rope_parameters=dict(PLAIN, rope_theta=1e6), head_dim=32,
                                                       tie_word_embeddings=True), torch.bfloat16, None),
    "qwen3-untied-yarn-biased": (Qwen3ForCausalLM, Qwen3Config, dict(rope_parameters=YARN, head_dim=32, attention_bias=True),
                                 torch.bfloat16, None),
}


def made(name):
    """The model, with values that its stored type has."""
    model_class, config_class, settings, stored, _ = CASES[name]
    torch.manual_seed(sum(name.encode()))
    model = model_class(config_class(**SHAPE | settings)).eval()
    with torch.no_grad():
        for key, tensor in model.named_parameters():
            if tensor.dim() == 1:
                tensor.normal_(1.0 if "norm" in key else 0.0, 0.2)
    return model.to(stored), stored


def older(folder, key):
    """Rewrites the angles of a configuration as they were put before 2025."""
    file = folder / "config.json"
    config = json.loads(file.read_text())
    rope = config.pop("rope_parameters")
    config["rope_theta"] = rope.pop("rope_theta")
    kind = rope.pop("rope_type")
    config["rope_scaling"] = None if kind == "default" else {key: kind} | rope
    file.write_text(json.dumps(config, indent=1))


def tokenizer(folder):
    words = {f"w{word}": word for word in range(SHAPE["vocab_size"])}
    (folder / "tokenizer.json").write_text(json.dumps(
        {"added_tokens": [], "pre_tokenizer": {"type": "WhitespaceSplit"},
         "model": {"type": "WordLevel", "vocab": words, "unk_token": "w1"}}))


@torch.no_grad()
def followed(model, prompt):
    """Logits after the prompt, greedy tokens, logits before the last of them; nothing where two tokens come close."""
    output = model(torch.tensor([prompt]), use_cache=True)
    first = last = output.logits[0, -1]
    greedy = []
    for _ in range(TOKENS):
        best = last.topk(2)
        if best.values[0] - best.values[1] < MARGIN:
            return None
        greedy.append(best.indices[0].item())
        if len(greedy) < TOKENS:
            output = model(best.indices[:1].unsqueeze(0), past_key_values=output.past_key_values, use_cache=True)
            last = output.logits[0, -1]
    return dict(prompt=prompt, first=first.tolist(), greedy=greedy, last=last.tolist())


def main():
    target = pathlib.Path(sys.argv[1])
    torch.set_num_threads(1)
    for name, case in CASES.items():
        folder = target / name
        model, stored = made(name)
        model.save_pretrained(folder)
        if case[4]:
            older(folder, case[4])
        tokenizer(folder)
        # read anew, because the angles of a model that was rounded are rounded too
        model = case[0].from_pretrained(folder, dtype=torch.float32, attn_implementation="eager").eval()
        random = torch.Generator().manual_seed(1)
        cases = []
        while len(cases) < PROMPTS:
            size = 4 + 5 * len(cases)
            case = followed(model, torch.randint(1, SHAPE["vocab_size"], (size,), generator=random).tolist())
            cases += [case] if case else []
        (folder / "cases.json").write_text(json.dumps(cases))
        largest = max(abs(value) for case in cases for value in case["first"])
        print(f"{name}: {stored}, {len({token for case in cases for token in case['greedy']})} different tokens, logits to {largest:.1f}")


if __name__ == "__main__":
    main()
