package parathink.models.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Compares with what the reference implementation gave; scripts/checks/tokenizer_cases.py writes the cases and says how. */
@Tag("model")
final class TokenizerComparisonTest {
    private static final String CASES = "PARATHINK_TOKENIZER_CASES";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** How many of the cases of one tokenizer were equal. */
    private static final class Tally {
        private int texts;
        private int encoded;
        private int decoded;
        private int sequences;
        private int sequencesDecoded;

        @Override
        public String toString() {
            return "ids %d/%d, decodes %d/%d, decodes of random ids %d/%d"
                    .formatted(encoded, texts, decoded, texts, sequencesDecoded, sequences);
        }
    }

    private final Map<String, Tally> tallies = new LinkedHashMap<>();
    private final List<String> differences = new ArrayList<>();

    @Test
    void givesTheIdsAndTextsOfTheReferenceImplementation() throws IOException {
        var folder = System.getenv(CASES);
        assumeTrue(folder != null, "set " + CASES + " to what scripts/checks/tokenizer_cases.py wrote");
        var tokenizers = new LinkedHashMap<String, FileTokenizer>();
        for (var line : Files.readAllLines(Path.of(folder, "cases.jsonl"))) {
            var row = JSON.readTree(line);
            var name = row.get("tokenizer").asText();
            var tokenizer = tokenizers.computeIfAbsent(name, n -> FileTokenizer.read(Path.of(folder, n + ".json")));
            compare(name, tokenizer, row);
        }
        tallies.forEach((name, tally) -> System.out.println(name + ": " + tally));

        assertThat(differences).as("of %d tokenizers", tallies.size()).isEmpty();
    }

    private void compare(String name, FileTokenizer tokenizer, JsonNode row) {
        var tally = tallies.computeIfAbsent(name, n -> new Tally());
        int[] ids = JSON.convertValue(row.get("ids"), int[].class);
        var text = tokenizer.decode(ids);
        boolean equalText = text.equals(row.get("decoded").asText());
        if (row.has("text")) {
            tally.texts++;
            tally.decoded += equalText ? 1 : 0;
            int[] encoded = tokenizer.encode(row.get("text").asText());
            if (Arrays.equals(encoded, ids)) {
                tally.encoded++;
            } else {
                differences.add("%s: ids of %s".formatted(name, row.get("text")));
            }
        } else {
            tally.sequences++;
            tally.sequencesDecoded += equalText ? 1 : 0;
        }
        if (!equalText) {
            differences.add(
                    "%s: text of %s is '%s', should be %s".formatted(name, row.get("ids"), text, row.get("decoded")));
        }
    }
}
