package parathink.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static parathink.models.onnx.Models.append;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parathink.models.tokenizer.TokenizerFolder;

/**
 * Compares a real model, SmolLM2-135M-Instruct, with the reference implementation in single precision;
 * scripts/checks/smollm2_cases.py writes the cases and says how.
 */
@Tag("model")
final class SmolLm2ComparisonTest {
    private static final String CASES = "PARATHINK_SMOLLM2_CASES";
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void givesTheIdsOfTheReferenceForEveryText() throws IOException {
        var tokenizer = TokenizerFolder.in(folder().resolve("smollm2")).tokenizer();

        assertThat(cases().get("texts"))
                .hasSizeGreaterThan(30)
                .allSatisfy(one -> assertThat(tokenizer.encode(one.get("text").asText()))
                        .as(one.get("text").asText())
                        .isEqualTo(ids(one.get("ids"))));
    }

    /** Each id is drawn after the reference's own ids before it, so that one that differs does not make others differ. */
    @ParameterizedTest
    @CsvSource({"EXACT, 1280", "FAITHFUL, 1229", "FAST, 1178"})
    void keepsTheMostProbableIdsOfTheReference(NumericMode mode, int least) throws IOException {
        int same = 0;
        int all = 0;
        try (var model = ModelFolder.open(folder().resolve("smollm2"), mode, Models.SETTINGS)) {
            for (var one : cases().get("prompts")) {
                var next = ids(one.get("next"));
                try (var cache = model.newCache()) {
                    var logits = append(model, cache, ids(one.get("ids")));
                    for (int id : next) {
                        same += best(logits) == id ? 1 : 0;
                        logits = append(model, cache, id);
                    }
                }
                all += next.length;
            }
        }
        System.out.printf("%s: %d of %d greedy ids kept, %.2f %%%n", mode.word(), same, all, 100.0 * same / all);

        assertThat(all).isEqualTo(1280);
        assertThat(same).isGreaterThanOrEqualTo(least);
    }

    private static Path folder() {
        var folder = System.getenv(CASES);
        assumeTrue(folder != null, "set " + CASES + " to what scripts/checks/smollm2_cases.py wrote");
        return Path.of(folder);
    }

    private static JsonNode cases() throws IOException {
        return JSON.readTree(folder().resolve("cases.json").toFile());
    }

    private static int[] ids(JsonNode list) {
        return JSON.convertValue(list, int[].class);
    }

    private static int best(float[] logits) {
        int best = 0;
        for (int i = 1; i < logits.length; i++) {
            best = logits[i] > logits[best] ? i : best;
        }
        return best;
    }
}
