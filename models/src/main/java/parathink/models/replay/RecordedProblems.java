package parathink.models.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * What the problem lines of a finished run say of its completions.
 *
 * @param promptTokens of each problem, as the live run paid for its prompt once; none where nothing was paid
 * @param completions that the run drew, of every role
 */
public record RecordedProblems(Map<String, Integer> promptTokens, long completions) {
    private static final JsonMapper JSON = new JsonMapper();

    public RecordedProblems {
        promptTokens = Map.copyOf(promptTokens);
    }

    /** Reads them, where the directory has them. */
    static RecordedProblems in(Path directory) {
        var file = directory.resolve("problems.jsonl");
        if (!Files.exists(file)) {
            return new RecordedProblems(Map.of(), 0);
        }
        var prompts = new HashMap<String, Integer>();
        var completions = new long[1];
        LineFile.read(file, (bytes, start, length, offset, number) -> {
                    var line = object(bytes, start, length);
                    int prompt = line.path("usage").path("prefill").asInt();
                    if (prompt > 0) { // a strategy that begins anew pays several times; the least is one prompt
                        prompts.merge(line.path("problem").asText(), prompt, Math::min);
                    }
                    for (var count : line.path("finish")) {
                        completions[0] += count.asLong();
                    }
                })
                .close();
        return new RecordedProblems(prompts, completions[0]);
    }

    private static JsonNode object(byte[] bytes, int start, int length) {
        try {
            return JSON.readTree(bytes, start, length);
        } catch (IOException e) {
            throw new IllegalArgumentException("not whole JSON; restore the line", e);
        }
    }
}
