package parathink.models.onnx;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes model folders of random weights: a shape, a type of numbers, one file or several. */
record FolderFiles(DecoderConfig config, String type, int shards) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> SPECIALS =
            List.of("<think1>", "</think1>", "<think2>", "</think2>", "<summary>", "</summary>", "<bos>", "<eos>");

    /** The weights as a reader of the files gets them. */
    Weights weights() {
        var random = new RandomWeights();
        return (name, shape) -> {
            var values = random.tensor(name, shape);
            for (int i = 0; i < values.length; i++) {
                values[i] = switch (type) {
                    case "F16" -> Float.float16ToFloat(Float.floatToFloat16(values[i]));
                    case "BF16" -> Float.intBitsToFloat(Float.floatToRawIntBits(values[i]) & 0xffff0000);
                    default -> values[i];
                };
            }
            return values;
        };
    }

    void write(Path folder) {
        var shapes = shapes();
        var index = new LinkedHashMap<String, String>();
        for (int shard = 0; shard < shards; shard++) {
            var file = shards == 1 ? "model.safetensors" : "part-%d.safetensors".formatted(shard);
            var part = new LinkedHashMap<String, int[]>();
            int at = 0;
            for (var tensor : shapes.entrySet()) {
                if (at++ % shards == shard) {
                    part.put(tensor.getKey(), tensor.getValue());
                    index.put(tensor.getKey(), file);
                }
            }
            write(folder.resolve(file), file(part));
        }
        if (shards > 1) {
            write(folder.resolve("model.safetensors.index.json"), json(Map.of("weight_map", index)));
        }
        write(folder.resolve("config.json"), json(configuration()));
        write(folder.resolve("tokenizer.json"), json(tokenizer()));
    }

    private Map<String, Object> configuration() {
        var json = new LinkedHashMap<String, Object>();
        json.put("model_type", family());
        json.put("vocab_size", config.vocabulary());
        json.put("hidden_size", config.hidden());
        json.put("intermediate_size", config.intermediate());
        json.put("num_hidden_layers", config.layers());
        json.put("num_attention_heads", config.heads());
        json.put("num_key_value_heads", config.kvHeads());
        json.put("rms_norm_eps", config.epsilon());
        json.put("rope_theta", config.rotary().theta());
        json.put("head_dim", config.headSize());
        json.put("attention_bias", config.attention().outputBias());
        putWindows(json);
        putScaling(json);
        json.put("max_position_embeddings", config.context());
        json.put("tie_word_embeddings", config.tied());
        json.put("eos_token_id", 47);
        return json;
    }

    /** The family that has these traits. */
    private String family() {
        var attention = config.attention();
        if (attention.headNorms()) {
            return "qwen3";
        }
        if (attention.windows().isEmpty() || attention.inputBiases()) {
            return attention.inputBiases() && !attention.outputBias() ? "qwen2" : "llama";
        }
        return "mistral";
    }

    private void putWindows(Map<String, Object> json) {
        var windows = config.attention().windows();
        json.put("sliding_window", windows.isEmpty() ? null : windows.getLast());
        if (family().startsWith("qwen")) {
            json.put("use_sliding_window", !windows.isEmpty());
            json.put(
                    "max_window_layers",
                    windows.stream().filter(window -> window == 0).count());
        }
    }

    private void putScaling(Map<String, Object> json) {
        switch (config.rotary().scaling()) {
            case RotaryScaling.None none -> json.put("rope_scaling", null);
            case RotaryScaling.Linear linear ->
                json.put("rope_scaling", Map.of("type", "linear", "factor", linear.factor()));
            case RotaryScaling.Llama3 llama ->
                json.put(
                        "rope_scaling",
                        Map.of(
                                "rope_type", "llama3",
                                "factor", llama.factor(),
                                "low_freq_factor", llama.low(),
                                "high_freq_factor", llama.high(),
                                "original_max_position_embeddings", llama.original()));
            case RotaryScaling.Yarn yarn ->
                json.put(
                        "rope_parameters",
                        Map.of(
                                "rope_type", "yarn",
                                "rope_theta", config.rotary().theta(),
                                "factor", yarn.factor(),
                                "attention_factor", yarn.magnitude(),
                                "original_max_position_embeddings", yarn.original()));
        }
    }

    private static Map<String, Object> tokenizer() {
        var words = new LinkedHashMap<String, Integer>();
        for (int word = 0; word < 40; word++) {
            words.put("w" + word, word);
        }
        var added = new ArrayList<Map<String, Object>>();
        for (var name : SPECIALS) {
            added.add(Map.of("id", 40 + added.size(), "content", name, "special", true, "normalized", false));
        }
        return Map.of(
                "added_tokens",
                added,
                "pre_tokenizer",
                Map.of("type", "WhitespaceSplit"),
                "model",
                Map.of("type", "WordLevel", "vocab", words, "unk_token", "w0"));
    }

    private Map<String, int[]> shapes() {
        int queries = config.heads() * config.headSize();
        int keys = config.kvHeads() * config.headSize();
        var shapes = new LinkedHashMap<String, int[]>();
        shapes.put("model.embed_tokens.weight", new int[] {config.vocabulary(), config.hidden()});
        shapes.put("model.norm.weight", new int[] {config.hidden()});
        if (!config.tied()) {
            shapes.put("lm_head.weight", new int[] {config.vocabulary(), config.hidden()});
        }
        for (int layer = 0; layer < config.layers(); layer++) {
            var at = "model.layers." + layer + ".";
            shapes.put(at + "input_layernorm.weight", new int[] {config.hidden()});
            shapes.put(at + "post_attention_layernorm.weight", new int[] {config.hidden()});
            shapes.put(at + "self_attn.o_proj.weight", new int[] {config.hidden(), queries});
            shapes.put(at + "mlp.gate_proj.weight", new int[] {config.intermediate(), config.hidden()});
            shapes.put(at + "mlp.up_proj.weight", new int[] {config.intermediate(), config.hidden()});
            shapes.put(at + "mlp.down_proj.weight", new int[] {config.hidden(), config.intermediate()});
            for (var name : List.of("q", "k", "v")) {
                int outputs = name.equals("q") ? queries : keys;
                shapes.put(at + "self_attn." + name + "_proj.weight", new int[] {outputs, config.hidden()});
                if (config.biased()) {
                    shapes.put(at + "self_attn." + name + "_proj.bias", new int[] {outputs});
                }
            }
            if (config.attention().outputBias()) {
                shapes.put(at + "self_attn.o_proj.bias", new int[] {config.hidden()});
            }
            if (config.attention().headNorms()) {
                shapes.put(at + "self_attn.q_norm.weight", new int[] {config.headSize()});
                shapes.put(at + "self_attn.k_norm.weight", new int[] {config.headSize()});
            }
            if (config.segments() > 0) {
                shapes.put(at + "self_attn.seg_embeddings.weight", new int[] {config.segments(), config.headSize()});
            }
        }
        return shapes;
    }

    private byte[] file(Map<String, int[]> shapes) {
        int bytes = type.equals("F32") ? Float.BYTES : Short.BYTES;
        var header = new LinkedHashMap<String, Object>();
        var parts = new ArrayList<float[]>();
        int end = 0;
        for (var tensor : shapes.entrySet()) {
            var values = weights().tensor(tensor.getKey(), tensor.getValue());
            parts.add(values);
            var place = List.of(end, end + bytes * values.length);
            header.put(tensor.getKey(), Map.of("dtype", type, "shape", tensor.getValue(), "data_offsets", place));
            end += bytes * values.length;
        }
        var text = json(header);
        var file = ByteBuffer.allocate(Long.BYTES + text.length + end).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(text.length).put(text);
        for (var values : parts) {
            for (float value : values) {
                switch (type) {
                    case "F16" -> file.putShort(Float.floatToFloat16(value));
                    case "BF16" -> file.putShort((short) (Float.floatToRawIntBits(value) >>> 16));
                    default -> file.putFloat(value);
                }
            }
        }
        return file.array();
    }

    private static byte[] json(Object value) {
        try {
            return JSON.writeValueAsString(value).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, byte[] content) {
        try {
            Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
