package parathink.eval.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The exact curve on completions of real models, against every subset of twelve. Needs the optional local data. */
final class PublishedPoolsTest {
    private static final int DRAWS = 12;
    private static final int PROBLEMS = 25;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Answers are told apart by their text alone: what is tested is the counting. */
    private record Row(Optional<String> answer, boolean right) {}

    @ParameterizedTest
    @ValueSource(
            strings = {
                "aime24-o3mini-low-x40.jsonl.gz",
                "gsm8k-gpt4omini-x40.jsonl.gz",
                "brumo25-r1-qwen8b-confidence.jsonl.gz"
            })
    void exactCurvesAreTheMeansOverAllSubsets(String file) throws IOException {
        int unclear = 0;
        for (var rows : problems(file)) {
            var groups = new LinkedHashMap<String, int[]>();
            for (var row : rows) {
                row.answer().ifPresent(answer -> {
                    var count = groups.computeIfAbsent(answer, key -> new int[2]);
                    count[0]++;
                    count[1] += row.right() ? 1 : 0;
                });
            }
            var subsets = new Subsets(DRAWS, DRAWS);
            var cons = subsets.plurality(groups.values().stream()
                    .map(count -> new Subsets.Group(count[0], (double) count[1] / count[0]))
                    .toList());
            var pass = subsets.any((int) rows.stream().filter(Row::right).count());
            for (int k = 1; k <= DRAWS; k++) {
                var expected = bruteForce(rows, k);
                assertThat(cons[k - 1]).isCloseTo(expected[0], within(1e-12));
                assertThat(pass[k - 1]).isCloseTo(expected[1], within(1e-12));
                unclear += expected[0] > 0 && expected[0] < 1 ? 1 : 0;
            }
        }
        assertThat(unclear).isPositive(); // else the pool would test nothing
    }

    private static double[] bruteForce(List<Row> rows, int k) {
        double cons = 0;
        double pass = 0;
        int subsets = 0;
        for (int chosen = 0; chosen < 1 << rows.size(); chosen++) {
            if (Integer.bitCount(chosen) == k) {
                subsets++;
                Map<String, Integer> votes = new HashMap<>();
                var right = new HashMap<String, Boolean>();
                for (int i = 0; i < rows.size(); i++) {
                    if ((chosen >> i & 1) == 1 && rows.get(i).answer().isPresent()) {
                        votes.merge(rows.get(i).answer().get(), 1, Integer::sum);
                        right.put(rows.get(i).answer().get(), rows.get(i).right());
                    }
                }
                int most =
                        votes.values().stream().mapToInt(count -> count).max().orElse(0);
                cons += votes.keySet().stream()
                        .filter(answer -> votes.get(answer) == most)
                        .mapToDouble(answer -> right.get(answer) ? 1 : 0)
                        .average()
                        .orElse(0);
                pass += right.containsValue(true) ? 1 : 0;
            }
        }
        return new double[] {cons / subsets, pass / subsets};
    }

    /** The first completions of the first problems. */
    private static List<List<Row>> problems(String file) throws IOException {
        var problems = new LinkedHashMap<String, List<Row>>();
        try (var lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(pool(file))), StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                var row = JSON.readTree(line);
                var rows = problems.computeIfAbsent(row.path("problem").asText(), key -> new ArrayList<>());
                if (rows.size() < DRAWS) {
                    var answer = Optional.ofNullable(row.path("answer").textValue())
                            .map(text -> text.replaceFirst("\\.0$", ""));
                    var reference = row.path("reference").asText();
                    rows.add(new Row(answer, answer.equals(Optional.of(reference))));
                }
                if (problems.size() > PROBLEMS) {
                    break;
                }
            }
        }
        return problems.values().stream().filter(rows -> rows.size() == DRAWS).toList();
    }

    private static Path pool(String file) {
        var folder = Optional.ofNullable(System.getenv("PARATHINK_SHARED"))
                .map(Path::of)
                .orElse(Path.of("../../shared"));
        var pool = folder.resolve("data/pools").resolve(file);
        assumeTrue(Files.exists(pool), "optional local data is missing: " + file);
        return pool;
    }
}
