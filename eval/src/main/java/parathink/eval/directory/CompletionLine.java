package parathink.eval.directory;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import parathink.models.Completion;
import parathink.models.Confidence;
import parathink.models.FinishReason;
import parathink.models.Role;
import parathink.models.ServerCount;
import parathink.models.Standstill;

/**
 * One line of {@code completions.jsonl}: one decode. Answer and correct are written as null when absent; the fields from
 * {@code logprob} on are left out.
 *
 * @param problem the problem's id
 * @param repeat counted from 0
 * @param path place in the fork tree, such as {@code 0/3/1}
 * @param role what the strategy wanted it for: {@code branch}, {@code draft}, {@code judge}, …
 * @param round counted from 0
 * @param text as decoded
 * @param tokens decoded tokens, the stop token included
 * @param finish why it ended
 * @param answer the answer found in it; equal answers of one attempt are all written as the same canonical form
 * @param correct whether the answer is right; empty when it cannot be graded
 * @param seed the number its random stream was made from
 * @param logprob mean log-probability of its tokens
 * @param selfCertainty mean self-certainty of its tokens
 * @param confidence of its tokens; its lowest group is the field {@code confidence}, the tokens are {@code token_confidence}
 * @param score a verifier's score
 * @param stoppedBy the rule that cancelled it
 * @param parent path of the completion it continues
 * @param said the answer as the text spells it, where that is not the canonical form; an addition to the contract
 * @param seconds it took when it was generated, of a completion that is replayed; an addition to the contract
 * @param count what is known of its requests to a server: {@code prefill}, {@code reused}, {@code lost}, {@code read} and
 *     {@code pauses} (tokens and characters in turn), left out where nothing is; an addition to the contract
 */
public record CompletionLine(
        String problem,
        int repeat,
        String path,
        String role,
        int round,
        String text,
        int tokens,
        Finish finish,
        Optional<String> answer,
        Optional<Boolean> correct,
        long seed,
        OptionalDouble logprob,
        OptionalDouble selfCertainty,
        Confidence confidence,
        OptionalDouble score,
        Optional<String> stoppedBy,
        Optional<String> parent,
        Optional<String> said,
        OptionalDouble seconds,
        ServerCount count)
        implements Line {

    public CompletionLine {
        new Attempt(problem, repeat);
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(finish, "finish");
        if (path.isEmpty() || role.isEmpty()) {
            throw new IllegalArgumentException("a completion needs a path and a role");
        }
        if (tokens < 0 || round < 0) {
            throw new IllegalArgumentException(
                    "tokens and round must be 0 or more, got %d and %d".formatted(tokens, round));
        }
        finite("logprob", logprob);
        finite("self_certainty", selfCertainty);
        Objects.requireNonNull(confidence, "confidence");
        finite("score", score);
        finite("seconds", seconds);
        for (var pause : count.pauses()) {
            if (pause.tokens() > tokens || pause.characters() > text.length()) {
                throw new IllegalArgumentException("the pause %s is beyond its text".formatted(pause));
            }
        }
    }

    /** The line of a completion of which no server counted anything. */
    public CompletionLine(
            String problem,
            int repeat,
            String path,
            String role,
            int round,
            String text,
            int tokens,
            Finish finish,
            Optional<String> answer,
            Optional<Boolean> correct,
            long seed,
            OptionalDouble logprob,
            OptionalDouble selfCertainty,
            Confidence confidence,
            OptionalDouble score,
            Optional<String> stoppedBy,
            Optional<String> parent,
            Optional<String> said,
            OptionalDouble seconds) {
        this(
                problem,
                repeat,
                path,
                role,
                round,
                text,
                tokens,
                finish,
                answer,
                correct,
                seed,
                logprob,
                selfCertainty,
                confidence,
                score,
                stoppedBy,
                parent,
                said,
                seconds,
                ServerCount.NONE);
    }

    /** The line of a completion. */
    public static CompletionLine of(
            Attempt attempt,
            Completion completion,
            Optional<String> answer,
            Optional<String> said,
            Optional<Boolean> correct,
            Optional<Double> score) {
        return new CompletionLine(
                attempt.problem(),
                attempt.repeat(),
                completion.path(),
                completion.role().name(),
                completion.role().round(),
                completion.text(),
                completion.tokens(),
                Finish.of(completion.finish()),
                answer,
                correct,
                completion.seed(),
                completion.logprob(),
                completion.selfCertainty(),
                completion.confidence(),
                score.map(OptionalDouble::of).orElse(scoreOf(completion)),
                Optional.of(completion.stoppedBy()).filter(by -> !by.isEmpty()),
                Optional.empty(),
                said.filter(text -> !answer.equals(Optional.of(text))),
                completion.recorded().seconds(),
                completion.count());
    }

    /** A verdict's share, or what a pool says. */
    private static OptionalDouble scoreOf(Completion completion) {
        return completion.choice().isPresent()
                ? completion.choice()
                : completion.recorded().score();
    }

    /** The completion that an engine told of; only for one that ended by itself. */
    public Completion completion() {
        var reason = switch (finish) {
            case STOP -> FinishReason.STOP;
            case LENGTH -> FinishReason.LENGTH;
            case BUDGET, CANCELLED, ERROR ->
                throw new IllegalStateException("a completion that was cut off is not reused");
        };
        var wanted = new Role(role, round);
        return new Completion(
                        path,
                        text,
                        tokens,
                        reason,
                        seed,
                        logprob,
                        selfCertainty,
                        confidence,
                        stoppedBy.orElse(""),
                        false)
                .as(wanted)
                .choosing(role.equals(Role.JUDGE.name()) ? score : OptionalDouble.empty())
                .counted(count);
    }

    /** Confidence of the group of tokens that the model was least sure of, where known. */
    public OptionalDouble lowestGroup() {
        return confidence.isKnown() ? OptionalDouble.of(confidence.lowestGroup()) : OptionalDouble.empty();
    }

    private static void finite(String field, OptionalDouble value) {
        if (value.isPresent() && !Double.isFinite(value.getAsDouble())) {
            throw new IllegalArgumentException(
                    "%s must be a finite number, got %s".formatted(field, value.getAsDouble()));
        }
    }

    public Attempt attempt() {
        return new Attempt(problem, repeat);
    }

    @Override
    public void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("problem", problem);
        json.writeNumberField("repeat", repeat);
        json.writeStringField("path", path);
        json.writeStringField("role", role);
        json.writeNumberField("round", round);
        json.writeStringField("text", text);
        json.writeNumberField("tokens", tokens);
        json.writeStringField("finish", finish.word());
        Json.nullable(json, "answer", answer);
        Json.nullableFlag(json, "correct", correct);
        json.writeNumberField("seed", seed);
        Json.known(json, "logprob", logprob);
        Json.known(json, "self_certainty", selfCertainty);
        writeConfidence(json);
        Json.known(json, "score", score);
        Json.known(json, "stopped_by", stoppedBy);
        Json.known(json, "parent", parent);
        Json.known(json, "said", said);
        Json.known(json, "seconds", seconds);
        writeCount(json);
        json.writeEndObject();
    }

    private void writeCount(JsonGenerator json) throws IOException {
        if (count.prompt().isPresent()) {
            json.writeNumberField("prefill", count.prompt().getAsLong() - count.cached());
            json.writeNumberField("reused", count.cached());
        }
        if (count.lost() > 0) {
            json.writeNumberField("lost", count.lost());
        }
        if (count.read().isPresent()) {
            json.writeNumberField("read", count.read().getAsLong());
        }
        if (!count.pauses().isEmpty()) {
            var pauses = count.pauses().stream()
                    .flatMapToInt(pause -> IntStream.of(pause.tokens(), pause.characters()))
                    .toArray();
            json.writeFieldName("pauses");
            json.writeArray(pauses, 0, pauses.length);
        }
    }

    private static ServerCount count(Json line) {
        long lost = line.has("lost") ? line.whole("lost") : 0;
        var read = line.has("read") ? OptionalLong.of(line.whole("read")) : OptionalLong.empty();
        var pauses = pauses(line);
        if (!line.has("prefill")) {
            return new ServerCount(OptionalLong.empty(), 0, lost, read, pauses);
        }
        long reused = line.whole("reused");
        return new ServerCount(OptionalLong.of(line.whole("prefill") + reused), reused, lost, read, pauses);
    }

    private static List<Standstill> pauses(Json line) {
        int[] numbers = line.integers("pauses");
        if (numbers.length % 2 == 1) {
            throw new IllegalArgumentException("pauses must be pairs of tokens and characters");
        }
        var pauses = new ArrayList<Standstill>();
        for (int i = 0; i < numbers.length; i += 2) {
            pauses.add(new Standstill(numbers[i], numbers[i + 1]));
        }
        return pauses;
    }

    /** A single number is a group of one token: nothing more is known of it. */
    private void writeConfidence(JsonGenerator json) throws IOException {
        Json.known(json, "confidence", lowestGroup());
        if (confidence.isKnown() && (confidence.size() > 1 || confidence.window() > 1)) {
            json.writeNumberField("confidence_window", confidence.window());
            json.writeFieldName("token_confidence");
            double[] each = confidence.tokens();
            json.writeArray(each, 0, each.length);
        }
    }

    private static Confidence confidence(Json line) {
        var each = line.list("token_confidence");
        if (each.isEmpty()) {
            var lowest = line.optionalNumber("confidence");
            return lowest.isPresent() ? Confidence.of(1, lowest.getAsDouble()) : Confidence.UNKNOWN;
        }
        return Confidence.of(line.integer("confidence_window"), line.numbers("token_confidence"));
    }

    /** Reads one line; fields that are not known are ignored. */
    static CompletionLine read(Json line) {
        return new CompletionLine(
                line.text("problem"),
                line.integer("repeat"),
                line.text("path"),
                line.text("role"),
                line.integer("round"),
                line.text("text"),
                line.integer("tokens"),
                line.word("finish", Finish.class),
                line.optionalText("answer"),
                line.optionalFlag("correct"),
                line.whole("seed"),
                line.optionalNumber("logprob"),
                line.optionalNumber("self_certainty"),
                confidence(line),
                line.optionalNumber("score"),
                line.optionalText("stopped_by"),
                line.optionalText("parent"),
                line.optionalText("said"),
                line.optionalNumber("seconds"),
                count(line));
    }
}
