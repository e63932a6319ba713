package parathink.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static parathink.models.onnx.Models.append;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parathink.models.KvCache;

/**
 * Compares forked and joined caches with one masked pass in PyTorch over everything; scripts/checks/parathinker_cases.py
 * writes the cases and says how.
 */
@Tag("model")
final class ParaThinkerComparisonTest {
    private static final String CASES = "PARATHINK_PARATHINKER_CASES";
    private static final ObjectMapper JSON = new ObjectMapper();

    private int words;
    private double worst;
    private int tokens;

    @ParameterizedTest
    @ValueSource(strings = {"brain", "half", "single"})
    void givesTheLogitsAndTokensOfTheMaskedPass(String name) throws IOException {
        var folder = System.getenv(CASES);
        assumeTrue(folder != null, "set " + CASES + " to what scripts/checks/parathinker_cases.py wrote");
        var all = JSON.readTree(Path.of(folder, name + ".json").toFile());
        words = all.get("words").asInt();
        try (var model = ModelFolder.open(Path.of(folder, name), NumericMode.EXACT, Models.SETTINGS)) {
            for (var one : all.get("cases")) {
                compare(model, all, one);
            }
        }
        System.out.printf("%s: %d greedy tokens equal, largest difference of a logit %.1e%n", name, tokens, worst);

        assertThat(tokens).isGreaterThan(100);
        assertThat(worst).isLessThan(1e-4);
    }

    private void compare(OnnxModel model, JsonNode all, JsonNode one) {
        try (var trunk = model.newCache()) {
            append(model, trunk, ids(one.get("prompt")));
            var branches = new ArrayList<KvCache>();
            for (var path : one.get("paths")) {
                int at = branches.size();
                branches.add(trunk.fork());
                var logits = append(
                        model, branches.getLast(), all.get("openings").get(at).asInt());
                greedy(model, branches.getLast(), logits, path);
                if (path.get("closed").asBoolean()) {
                    append(
                            model,
                            branches.getLast(),
                            all.get("closings").get(at).asInt());
                }
            }
            try (var joined = trunk.join(branches)) {
                var logits = append(model, joined, ids(one.get("template")));
                differ(logits, one.get("summary").get("first"));
                greedy(model, joined, logits, one.get("summary"));
            }
            branches.forEach(KvCache::close);
        }
    }

    /** Appends the best tokens, which must be the expected ones; the logits before the last of them are compared. */
    private void greedy(OnnxModel model, KvCache cache, float[] first, JsonNode expected) {
        int[] wanted = ids(expected.get("greedy"));
        var drawn = new ArrayList<Integer>(); // words alone: a special token would open another path
        var logits = first;
        for (int i = 0; i < wanted.length; i++) {
            drawn.add(best(logits, words));
            if (i == wanted.length - 1) {
                differ(logits, expected.get("logits"));
            }
            logits = append(model, cache, drawn.getLast());
        }
        assertThat(drawn).isEqualTo(List.of(JSON.convertValue(wanted, Integer[].class)));
        tokens += wanted.length;
    }

    private void differ(float[] logits, JsonNode expected) {
        for (int i = 0; i < expected.size(); i++) {
            worst = Math.max(worst, Math.abs(logits[i] - expected.get(i).asDouble()));
        }
    }

    private static int best(float[] logits, int words) {
        int best = 0;
        for (int i = 1; i < words; i++) {
            best = logits[i] > logits[best] ? i : best;
        }
        return best;
    }

    private static int[] ids(JsonNode list) {
        return JSON.convertValue(list, int[].class);
    }
}
