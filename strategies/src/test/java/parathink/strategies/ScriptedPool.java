package parathink.strategies;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import parathink.models.Budget;
import parathink.models.Completion;
import parathink.models.ConfidenceWatch;
import parathink.models.Engine;
import parathink.models.Journal;
import parathink.models.LocalEngine;
import parathink.models.Prompt;
import parathink.models.SamplingParams;
import parathink.models.ScriptedModel;
import parathink.models.Seed;
import parathink.models.StopRule;
import parathink.models.replay.Pool;
import parathink.models.replay.ReplayEngine;

/**
 * A run directory with what a scripted model says, and the scripts in the order in which a replay gives them: a live model
 * with these scripts and the replay must be twins.
 *
 * @param folder of the run
 */
record ScriptedPool(Path folder, List<String> scripts) {
    private static final Prompt PROMPT = Prompt.user(Solved.QUESTION.asked(), Solved.QUESTION.instruction());

    static ScriptedPool of(Path folder, SamplingParams sampling, String... scripts) throws IOException {
        Files.writeString(
                folder.resolve("run.json"),
                ("{\"status\": \"complete\", \"settings\": {\"sampling\": {\"temperature\": %s, \"top_k\": %d,"
                                + " \"top_p\": %s, \"min_p\": %s, \"max_tokens\": %d}}}")
                        .formatted(
                                sampling.temperature(),
                                sampling.topK(),
                                sampling.topP(),
                                sampling.minP(),
                                sampling.maxTokens()));
        var lines = new ArrayList<String>();
        for (var completion : decode(new LocalEngine(new ScriptedModel(scripts)), sampling, scripts.length)) {
            lines.add(line(completion));
        }
        Files.write(folder.resolve("completions.jsonl"), lines);
        var order = decode(engine(folder), sampling, scripts.length).stream()
                .map(Completion::text)
                .toList();
        return new ScriptedPool(folder, order);
    }

    private static List<Completion> decode(Engine opened, SamplingParams sampling, int all) {
        try (var engine = opened;
                var session = engine.open("p", Budget.UNLIMITED, Seed.of(1), Journal.NONE)) {
            return session.decodeAll(
                    session.start(PROMPT, sampling).fork(all),
                    StopRule.watching(ConfidenceWatch.measuring(20, 2)));
        }
    }

    private static String line(Completion completion) {
        return ("{\"problem\": \"p\", \"path\": \"%s\", \"text\": \"%s\", \"tokens\": %d, \"logprob\": %s,"
                        + " \"self_certainty\": %s, \"token_confidence\": [%s]}")
                .formatted(
                        completion.path(),
                        completion.text(),
                        completion.tokens(),
                        completion.logprob().orElseThrow(),
                        completion.selfCertainty().orElseThrow(),
                        Arrays.stream(completion.confidence().tokens())
                                .mapToObj(Double::toString)
                                .collect(Collectors.joining(", ")));
    }

    private static ReplayEngine engine(Path folder) {
        return new ReplayEngine(Pool.open(folder), Map.of("p", PROMPT));
    }

    ReplayEngine engine() {
        return engine(folder);
    }

    ScriptedModel live() {
        return new ScriptedModel(scripts.toArray(String[]::new));
    }
}
