package parathink.models.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Compares with what Jinja2 made of templates; scripts/checks/template_cases.py writes the cases and says how. */
@Tag("model")
final class TemplateComparisonTest {
    private static final String CASES = "PARATHINK_TEMPLATE_CASES";
    private static final LocalDateTime NOW = LocalDateTime.of(2024, 7, 6, 9, 5, 3);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** How the cases of one template came out. */
    private static final class Tally {
        private int equal;
        private int refusedByBoth;
        private int refusedHere;
        private int wrong;

        @Override
        public String toString() {
            return "%d equal, %d refused by both, %d refused here alone, %d wrong"
                    .formatted(equal, refusedByBoth, refusedHere, wrong);
        }
    }

    private final Map<String, Tally> tallies = new TreeMap<>();
    private final List<String> wrong = new ArrayList<>();

    @Test
    void rendersWhatJinja2RendersOrRefuses() throws IOException {
        var folder = System.getenv(CASES);
        assumeTrue(folder != null, "set " + CASES + " to what scripts/checks/template_cases.py wrote");
        try (var lines = Files.lines(Path.of(folder, "cases.jsonl"))) {
            for (var line : (Iterable<String>) lines::iterator) {
                compare(JSON.readTree(line));
            }
        }
        tallies.forEach((name, tally) -> System.out.println(name + ": " + tally));

        assertThat(wrong).as("of %d templates", tallies.size()).isEmpty();
    }

    private void compare(JsonNode row) {
        var tally = tallies.computeIfAbsent(row.get("template").textValue(), name -> new Tally());
        try {
            var text =
                    JinjaTemplate.parse(row.get("source").textValue()).render((ObjectNode) row.get("variables"), NOW);
            if (text.equals(row.path("text").textValue())) {
                tally.equal++;
            } else {
                tally.wrong++;
                wrong.add("%s, %s: %s".formatted(row.get("template"), row.get("name"), text));
            }
        } catch (TemplateException refusal) {
            tally.refusedByBoth += row.has("text") ? 0 : 1;
            tally.refusedHere += row.has("text") ? 1 : 0;
        }
    }
}
