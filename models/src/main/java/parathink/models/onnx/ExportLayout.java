package parathink.models.onnx;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import parathink.models.ModelException;

/**
 * The inputs and outputs of a decoder with past, as the usual exporters name them: {@code input_ids}, {@code
 * attention_mask}, perhaps {@code position_ids}, {@code past_key_values.N.key} and {@code .value}; {@code logits},
 * {@code present.N.key} and {@code .value}.
 *
 * @param ids type of the token ids
 * @param mask type of the attention mask
 * @param positions type of the position ids, where the graph takes any
 * @param layers of the decoder
 * @param kvHeads key heads
 * @param headSize of a head
 * @param cache type of keys and values
 * @param logits type of the logits
 * @param everyToken whether there are logits for every new token, (rows, new tokens, vocabulary), or for the last only
 * @param vocabulary token ids
 */
record ExportLayout(
        ElementType ids,
        ElementType mask,
        List<ElementType> positions,
        int layers,
        int kvHeads,
        int headSize,
        ElementType cache,
        ElementType logits,
        boolean everyToken,
        int vocabulary) {
    static final String IDS = "input_ids";
    static final String MASK = "attention_mask";
    static final String POSITIONS = "position_ids";
    static final String LOGITS = "logits";
    private static final Pattern PAST = Pattern.compile("past_key_values\\.(\\d{1,5})\\.(key|value)");

    ExportLayout {
        positions = List.copyOf(positions);
    }

    static String past(int block) {
        return "past_key_values.%d.%s".formatted(block / 2, block % 2 == 0 ? "key" : "value");
    }

    static String present(int block) {
        return "present.%d.%s".formatted(block / 2, block % 2 == 0 ? "key" : "value");
    }

    boolean takesPositions() {
        return !positions.isEmpty();
    }

    /** Reads the layout, or says what makes the graph none that we can run. */
    static ExportLayout of(Path file, List<TensorSpec> inputs, List<TensorSpec> outputs) {
        return new Reader(file, byName(inputs), byName(outputs)).read();
    }

    private static Map<String, TensorSpec> byName(List<TensorSpec> tensors) {
        return tensors.stream().collect(Collectors.toMap(TensorSpec::name, Function.identity()));
    }

    private record Reader(Path file, Map<String, TensorSpec> inputs, Map<String, TensorSpec> outputs) {
        ExportLayout read() {
            int layers = (int) inputs.keySet().stream()
                            .filter(name -> PAST.matcher(name).matches())
                            .count()
                    / 2;
            checkNames(Math.max(1, layers));
            var key = inputs.get(past(0));
            if (key.shape().size() != 4 || key.shape().get(1) < 1 || key.shape().get(3) < 1) {
                throw unusable(
                        "%s must have shape (rows, heads, tokens, head size) with fixed heads and head size, got %s"
                                .formatted(key.name(), key.shape()));
            }
            var cache = type(key, ElementType.FLOAT, ElementType.FLOAT16);
            for (int block = 0; block < 2 * layers; block++) {
                type(inputs.get(past(block)), cache);
                type(outputs.get(present(block)), cache);
            }
            var logits = outputs.get(LOGITS);
            int rank = logits.shape().size();
            long vocabulary = rank == 0 ? -1 : logits.shape().getLast();
            if (rank < 2 || rank > 3 || vocabulary < 1 || vocabulary > Integer.MAX_VALUE) {
                throw unusable("logits must have shape (rows, tokens, vocabulary), got " + logits.shape());
            }
            return new ExportLayout(
                    whole(IDS),
                    whole(MASK),
                    inputs.containsKey(POSITIONS) ? List.of(whole(POSITIONS)) : List.of(),
                    layers,
                    Math.toIntExact(key.shape().get(1)),
                    Math.toIntExact(key.shape().get(3)),
                    cache,
                    type(logits, ElementType.FLOAT, ElementType.FLOAT16),
                    rank == 3,
                    (int) vocabulary);
        }

        private void checkNames(int layers) {
            var missing = new ArrayList<String>();
            var known = new ArrayList<>(List.of(IDS, MASK, POSITIONS));
            for (var name : List.of(IDS, MASK)) {
                if (!inputs.containsKey(name)) {
                    missing.add("input " + name);
                }
            }
            for (int block = 0; block < 2 * layers; block++) {
                known.add(past(block));
                if (!inputs.containsKey(past(block))) {
                    missing.add("input " + past(block));
                }
                if (!outputs.containsKey(present(block))) {
                    missing.add("output " + present(block));
                }
            }
            if (!outputs.containsKey(LOGITS)) {
                missing.add("output " + LOGITS);
            }
            if (!missing.isEmpty()) {
                throw unusable("not a decoder with past: it has no "
                        + missing.stream().limit(6).collect(Collectors.joining(", no ")));
            }
            var strange = inputs.keySet().stream()
                    .filter(name -> !known.contains(name))
                    .sorted()
                    .toList();
            if (!strange.isEmpty()) {
                throw unusable("it asks for inputs that a decoder with past has not: " + String.join(", ", strange));
            }
        }

        private ElementType whole(String input) {
            return type(inputs.get(input), ElementType.INT64, ElementType.INT32);
        }

        private ElementType type(TensorSpec tensor, ElementType... allowed) {
            for (var type : allowed) {
                if (tensor.is(type)) {
                    return type;
                }
            }
            throw unusable(
                    "%s has elements of a type that is not one of %s".formatted(tensor.name(), List.of(allowed)));
        }

        private ModelException unusable(String what) {
            return new ModelException(ModelException.Kind.UNUSABLE, file + ": " + what);
        }
    }
}
