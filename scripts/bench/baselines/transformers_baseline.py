"""transformers on the processor: the model's own forward pass with its cache, tokens given, nothing drawn."""
import os
import time

import turns

try:
    import torch
    import transformers
except ImportError as error:
    turns.missing(error.name, "pip install torch transformers")


def main():
    asked = turns.arguments("float32", ["float32", "bfloat16", "float16"])
    os.environ["HF_HUB_OFFLINE"] = "1"
    torch.set_num_threads(asked.threads)
    model = transformers.AutoModelForCausalLM.from_pretrained(asked.model, dtype=getattr(torch, asked.format)).eval()
    size = turns.vocabulary(asked.model)

    @torch.inference_mode()
    def measure(rows, context, tokens, round_number):
        ids = torch.randint(20, size, (rows, context + tokens), generator=torch.Generator().manual_seed(round_number))
        start = time.perf_counter()
        out = model(ids[:, :context], use_cache=True, logits_to_keep=1)
        read = time.perf_counter()
        for at in range(context, context + tokens):
            out = model(ids[:, at:at + 1], past_key_values=out.past_key_values, use_cache=True)
        ended = time.perf_counter()
        return read - start, ended - read

    turns.serve(f"transformers {transformers.__version__} {asked.format}", measure)


if __name__ == "__main__":
    main()
