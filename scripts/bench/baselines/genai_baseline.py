"""onnxruntime-genai: its generator over a batch, greedy, since it cannot leave the draw out. The folder is exported once by its
own model builder, which needs torch, transformers and onnx-ir."""
import json
import os
import subprocess
import sys
import time

import turns

try:
    import numpy as np
    import onnxruntime_genai as genai
except ImportError as error:
    turns.missing(error.name, "pip install onnxruntime-genai torch transformers onnx onnx-ir")


def exported(folder, cache, kind):
    stamp = "-".join(str(file.stat().st_mtime_ns) for file in sorted(folder.glob("*.safetensors")))
    target = cache / f"genai-{folder.name}-{stamp}-{kind}"
    if not (target / "genai_config.json").exists():
        part = target.with_name(f"{target.name}.{os.getpid()}")
        part.mkdir(parents=True)
        builder = [sys.executable, "-m", "onnxruntime_genai.models.builder", "-i", str(folder), "-o", str(part),
                   "-p", kind, "-e", "cpu", "-c", str(cache / "hub")]
        if kind == "int4":
            builder += ["--extra_options", "int4_accuracy_level=4"]
        subprocess.run(builder, check=True, stdout=sys.stderr, env=os.environ | {"HF_HUB_OFFLINE": "1"})
        part.rename(target)
    return target


def main():
    asked = turns.arguments("int4", ["int4", "fp32"])
    begun = time.perf_counter()
    folder = exported(asked.model, asked.cache, asked.format)
    preparing = time.perf_counter() - begun
    config = genai.Config(str(folder))
    # an end token that is never drawn, so that every row decodes as many
    config.overlay(json.dumps({"model": {"eos_token_id": turns.vocabulary(asked.model) - 1, "decoder": {
        "session_options": {"intra_op_num_threads": asked.threads}}}}))
    model = genai.Model(config)
    size = turns.vocabulary(asked.model)

    def measure(rows, context, tokens, round_number):
        length = context + tokens + 1
        settings = genai.GeneratorParams(model)
        settings.set_search_options(do_sample=False, batch_size=rows, max_length=length, min_length=length,
                                    past_present_share_buffer=True)
        generator = genai.Generator(model, settings)
        ids = np.random.default_rng(round_number).integers(20, size, (rows, context)).astype(np.int32)
        start = time.perf_counter()
        generator.append_tokens(ids)
        generator.generate_next_token()
        read = time.perf_counter()
        for _ in range(tokens):
            generator.generate_next_token()
        ended = time.perf_counter()
        return read - start, ended - read

    turns.serve(f"onnxruntime-genai {genai.__version__} {asked.format}", measure, preparing)


if __name__ == "__main__":
    main()
