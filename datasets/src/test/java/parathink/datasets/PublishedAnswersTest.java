package parathink.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The checker against published pairs and pools of real answers, where the optional local data is there. */
final class PublishedAnswersTest {
    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void agreesWithPublishedVerdicts() throws IOException {
        int agreed = 0;
        var rows = rows(Files.readAllLines(data("checker/pairs.jsonl")));
        for (var row : rows) {
            var grade = Grade.of(row.get("gold").asText(), row.get("pred").asText());
            agreed += grade.equal() == row.get("expected").asBoolean() ? 1 : 0;
        }
        assertThat(rows).hasSize(172);
        assertThat(agreed).isBetween(163, 172);
    }

    @ParameterizedTest
    @CsvSource({
        "aime24-o3mini-low-x40, 0.6125, 0.6125, 20, 22",
        "gsm8k-gpt4omini-x40, 0.8883, 0.8886, 1238, 1246",
        "math100-x8-rewards, 0.901, 0.912, 92, 94",
        "math500-r1-llama8b-50x32, 0.774, 0.825, 46, 48",
        "brumo25-r1-qwen8b-confidence, 0.431, 0.444, 8, 9"
    })
    void givesTheKnownFiguresOfAPool(
            String pool, double lowSingle, double highSingle, int lowMajority, int highMajority) throws IOException {
        var problems = problems(data("pools/" + pool + ".jsonl.gz"));
        int rows = 0;
        int right = 0;
        int majority = 0;
        for (var completions : problems.values()) {
            var format =
                    AnswerFormats.named(completions.getFirst().get("format").asText());
            var reference = format.read(completions.getFirst().get("reference").asText());
            var answers = completions.stream()
                    .flatMap(completion -> answer(format, completion).stream())
                    .toList();
            rows += completions.size();
            right += (int) answers.stream()
                    .filter(answer -> format.accepts(reference, answer))
                    .count();
            majority += mostVoted(format, answers)
                            .filter(answer -> format.accepts(reference, answer))
                            .isPresent()
                    ? 1
                    : 0;
        }
        assertThat((double) right / rows).isBetween(lowSingle, highSingle);
        assertThat(majority).isBetween(lowMajority, highMajority);
    }

    @Test
    void agreesWithTheSourcesOwnGradesButForOneThatIsWrong() throws IOException {
        int differing = 0;
        for (var completions :
                problems(data("pools/math100-x8-rewards.jsonl.gz")).values()) {
            for (var completion : completions) {
                var format = AnswerFormats.named(completion.get("format").asText());
                var reference = format.read(completion.get("reference").asText());
                boolean right = answer(format, completion)
                        .filter(answer -> format.accepts(reference, answer))
                        .isPresent();
                differing += right == completion.get("correct").asBoolean() ? 0 : 1;
            }
        }
        assertThat(differing).isLessThanOrEqualTo(1);
    }

    private static Optional<Answer> answer(AnswerFormat format, JsonNode completion) {
        var answer = completion.get("answer");
        if (answer == null) {
            return format.find(completion.get("text").asText());
        }
        return answer.isNull() ? Optional.empty() : Optional.of(format.read(answer.asText()));
    }

    private static Optional<Answer> mostVoted(AnswerFormat format, List<Answer> answers) {
        var groups = new ArrayList<List<Answer>>();
        for (var answer : answers) {
            groups.stream()
                    .filter(group -> format.same(group.getFirst(), answer))
                    .findFirst()
                    .ifPresentOrElse(group -> group.add(answer), () -> groups.add(new ArrayList<>(List.of(answer))));
        }
        var most = Optional.<List<Answer>>empty();
        for (var group : groups) {
            if (most.isEmpty() || group.size() > most.get().size()) {
                most = Optional.of(group);
            }
        }
        return most.map(List::getFirst);
    }

    private static Map<String, List<JsonNode>> problems(Path pool) throws IOException {
        var problems = new LinkedHashMap<String, List<JsonNode>>();
        try (var lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(pool)), StandardCharsets.UTF_8))) {
            for (var row : rows(lines.lines().toList())) {
                problems.computeIfAbsent(row.get("problem").asText(), id -> new ArrayList<>())
                        .add(row);
            }
        }
        return problems;
    }

    private static List<JsonNode> rows(List<String> lines) throws IOException {
        var rows = new ArrayList<JsonNode>();
        for (var line : lines) {
            rows.add(JSON.readTree(line));
        }
        return rows;
    }

    private static Path data(String file) {
        var folder = Optional.ofNullable(System.getenv("PARATHINK_SHARED"))
                .map(Path::of)
                .orElse(Path.of("../../shared"));
        var data = folder.resolve("data").resolve(file);
        assumeTrue(Files.exists(data), "the optional local data is missing: " + data);
        return data;
    }
}
