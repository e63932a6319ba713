package parathink.eval.directory;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import parathink.models.Confidence;
import parathink.models.Usage;

/** Lines to test with. */
public final class Lines {
    private Lines() {}

    public static ProblemLine problem(String id, int repeat, String answer, String reference, boolean right) {
        return problem(id, repeat, Optional.ofNullable(answer), Optional.ofNullable(reference), right, right);
    }

    public static ProblemLine problem(
            String id, int repeat, Optional<String> answer, Optional<String> reference, boolean right, boolean oracle) {
        return problem(id, repeat, answer, reference, right, oracle, new Usage(7, 0, 10, 10, 0, 0, 1));
    }

    public static ProblemLine problem(
            String id,
            int repeat,
            Optional<String> answer,
            Optional<String> reference,
            boolean right,
            boolean oracle,
            Usage usage) {
        return new ProblemLine(
                id,
                repeat,
                answer.isPresent() ? ProblemLine.Status.ANSWERED : ProblemLine.Status.UNANSWERED,
                answer,
                reference,
                reference.map(text -> right),
                oracle,
                answer.map(text -> List.of(new VoteCount(text, 1, 1))).orElse(List.of()),
                usage,
                new FinishCounts(1, 0, 0, 0, 0),
                Optional.empty(),
                Json.MAPPER.createObjectNode(),
                Optional.empty(),
                Optional.empty());
    }

    public static ProblemLine failed(String id, int repeat, String message) {
        return new ProblemLine(
                id,
                repeat,
                ProblemLine.Status.ERROR,
                Optional.empty(),
                Optional.of("1"),
                Optional.of(false),
                false,
                List.of(),
                Usage.NONE,
                FinishCounts.NONE,
                Optional.of(message),
                Json.MAPPER.createObjectNode(),
                Optional.empty(),
                Optional.empty());
    }

    public static CompletionLine branch(String id, int repeat, String path, String answer, boolean right, int tokens) {
        return completion(id, repeat, path, "branch", Optional.ofNullable(answer), right, tokens, Finish.STOP);
    }

    public static CompletionLine completion(
            String id,
            int repeat,
            String path,
            String role,
            Optional<String> answer,
            boolean right,
            int tokens,
            Finish finish) {
        return new CompletionLine(
                id,
                repeat,
                path,
                role,
                0,
                "text of " + path,
                tokens,
                finish,
                answer,
                answer.map(text -> right),
                42,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                Confidence.UNKNOWN,
                OptionalDouble.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalDouble.empty());
    }

    public static RunRecord run(RunRecord.Status status, int problems, int repeats) {
        return run(status, problems, repeats, "toy-model");
    }

    public static RunRecord run(RunRecord.Status status, int problems, int repeats, String model) {
        return new RunRecord(
                status,
                model,
                "toy-set",
                "self-consistency",
                problems,
                repeats,
                7,
                Json.MAPPER.createObjectNode().put("n", 4).put("temperature", 0.6),
                "cpu",
                Optional.of("0123abc"),
                Map.of("parathink", "0.1.0"),
                Map.of("model", "sha256:00"));
    }
}
