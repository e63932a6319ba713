package parathink.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static parathink.models.onnx.Models.append;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Compares folders of every family with Hugging Face transformers; {@code scripts/checks/families} writes them and says how. */
@Tag("model")
final class FamilyComparisonTest {
    private static final String CASES = "PARATHINK_FAMILY_CASES";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What is seen of one family. */
    private static final class Seen {
        private int equal;
        private int tokens;
        private double worst; // difference of a logit, as a share of the largest one
    }

    @Test
    void givesTheLogitsAndTokensOfTransformers() throws IOException {
        var folder = System.getenv(CASES);
        assumeTrue(folder != null, "set " + CASES + " to what scripts/checks/family_cases.py wrote");
        var names = new ArrayList<Path>();
        try (var folders = Files.list(Path.of(folder))) {
            folders.filter(Files::isDirectory).sorted().forEach(names::add);
        }
        assertThat(names).hasSizeGreaterThan(10);
        for (var name : names) {
            var exact = compared(name, NumericMode.EXACT);
            System.out.printf(
                    "%s: exact %d of %d greedy tokens, largest difference %.1e of the largest logit%n",
                    name.getFileName(), exact.equal, exact.tokens, exact.worst);
            assertThat(exact.tokens).as(name.toString()).isEqualTo(20 * 64);
            assertThat(exact.equal).as(name.toString()).isEqualTo(exact.tokens);
            assertThat(exact.worst).as(name.toString()).isLessThan(1e-5);
        }
    }

    private static Seen compared(Path folder, NumericMode mode) throws IOException {
        var seen = new Seen();
        try (var model = ModelFolder.open(folder, mode, Models.SETTINGS)) {
            for (var one : JSON.readTree(folder.resolve("cases.json").toFile())) {
                compare(model, one, seen);
            }
        }
        return seen;
    }

    private static void compare(OnnxModel model, JsonNode one, Seen seen) {
        int[] wanted = JSON.convertValue(one.get("greedy"), int[].class);
        try (var cache = model.newCache()) {
            var logits = append(model, cache, JSON.convertValue(one.get("prompt"), int[].class));
            differ(logits, one.get("first"), seen);
            for (int i = 0; i < wanted.length; i++) {
                int best = best(logits);
                seen.tokens++;
                seen.equal += best == wanted[i] ? 1 : 0;
                if (i == wanted.length - 1) {
                    differ(logits, one.get("last"), seen);
                }
                logits = append(model, cache, best);
            }
        }
    }

    private static void differ(float[] logits, JsonNode expected, Seen seen) {
        double largest = 0;
        double worst = 0;
        for (int i = 0; i < logits.length; i++) {
            largest = Math.max(largest, Math.abs(expected.get(i).asDouble()));
            worst = Math.max(worst, Math.abs(logits[i] - expected.get(i).asDouble()));
        }
        seen.worst = Math.max(seen.worst, worst / largest);
    }

    private static int best(float[] logits) {
        int best = 0;
        for (int i = 1; i < logits.length; i++) {
            best = logits[i] > logits[best] ? i : best;
        }
        return best;
    }
}
