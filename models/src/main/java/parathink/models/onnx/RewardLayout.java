package parathink.models.onnx;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import parathink.models.ModelException;

/**
 * The inputs and the output of a sequence classifier with one number, as the usual exporters name them: {@code input_ids}, perhaps {@code
 * attention_mask}, {@code token_type_ids} and {@code position_ids}; one output, or the one called {@code logits}.
 *
 * @param inputs in the order of the graph
 * @param output the reward: (rows) or (rows, 1)
 */
record RewardLayout(List<TensorSpec> inputs, TensorSpec output) {
    static final String IDS = "input_ids";
    static final String MASK = "attention_mask";
    static final String TYPES = "token_type_ids";
    static final String POSITIONS = "position_ids";
    private static final List<String> KNOWN = List.of(IDS, MASK, TYPES, POSITIONS);

    RewardLayout {
        inputs = List.copyOf(inputs);
    }

    /** Reads the layout, or says what makes the graph no reward model. */
    static RewardLayout of(Path file, List<TensorSpec> inputs, List<TensorSpec> outputs) {
        for (var input : inputs) {
            if (!KNOWN.contains(input.name())) {
                throw unusable(
                        file, "asks for the input %s; a reward model has %s".formatted(input.name(), names(KNOWN)));
            }
            if (!input.is(ElementType.INT64) && !input.is(ElementType.INT32)) {
                throw unusable(
                        file,
                        "asks for %s in a type that is not a whole number of 32 or 64 bits".formatted(input.name()));
            }
        }
        if (inputs.stream().noneMatch(input -> input.name().equals(IDS))) {
            throw unusable(file, "has no input " + IDS);
        }
        var output = outputs.stream()
                .filter(candidate -> outputs.size() == 1 || candidate.name().equals(ExportLayout.LOGITS))
                .findFirst()
                .orElseThrow(() -> unusable(
                        file,
                        "has several outputs and none called logits: "
                                + names(outputs.stream().map(TensorSpec::name).toList())));
        var shape = output.shape();
        boolean single = shape.size() == 1 || (shape.size() == 2 && Math.abs(shape.getLast()) == 1);
        if (!single) {
            throw unusable(
                    file,
                    "gives %s of shape %s; one number a text has (rows) or (rows, 1)".formatted(output.name(), shape));
        }
        if (!output.is(ElementType.FLOAT) && !output.is(ElementType.FLOAT16)) {
            throw unusable(
                    file,
                    "gives %s in a type that is no floating point number of 16 or 32 bits".formatted(output.name()));
        }
        return new RewardLayout(inputs, output);
    }

    private static String names(List<String> names) {
        return names.stream().collect(Collectors.joining(", "));
    }

    private static ModelException unusable(Path file, String what) {
        return new ModelException(ModelException.Kind.UNUSABLE, "%s: not a reward model: it %s".formatted(file, what));
    }
}
