package parathink.eval.directory;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import parathink.models.Usage;

/**
 * One line of {@code problems.jsonl}: how one attempt at one problem went. Answer, reference and correct are written as null
 * when absent; error and question are left out.
 *
 * @param problem the problem's id
 * @param repeat counted from 0
 * @param answer the strategy's answer in canonical form
 * @param reference the dataset's answer, where it has one
 * @param correct whether the answer is right; false also where there is no answer; empty when it cannot be graded
 * @param oracle whether any completion is right
 * @param votes most first
 * @param finish completions by the reason that ended them
 * @param error what went wrong, where something did
 * @param notes what the strategy has to tell of itself
 * @param question the text of the question, where it may be shown; an addition to the contract that reports show
 * @param format the name of the format its answers are in, where known; an addition to the contract that analyses read
 */
public record ProblemLine(
        String problem,
        int repeat,
        Status status,
        Optional<String> answer,
        Optional<String> reference,
        Optional<Boolean> correct,
        boolean oracle,
        List<VoteCount> votes,
        Usage usage,
        FinishCounts finish,
        Optional<String> error,
        ObjectNode notes,
        Optional<String> question,
        Optional<String> format)
        implements Line {

    /** How an attempt ended. */
    public enum Status {
        ANSWERED,
        UNANSWERED,
        ERROR;

        /** The word used in files. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public ProblemLine {
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(usage, "usage");
        Objects.requireNonNull(finish, "finish");
        new Attempt(problem, repeat);
        votes = List.copyOf(votes);
        notes = notes.deepCopy();
        if (answer.isPresent() != (status == Status.ANSWERED)) {
            throw new IllegalArgumentException("a problem that is %s must %s an answer"
                    .formatted(status.word(), answer.isPresent() ? "not have" : "have"));
        }
        if (error.isPresent() != (status == Status.ERROR)) {
            throw new IllegalArgumentException(
                    "status %s and an error message do not go together".formatted(status.word()));
        }
    }

    public Attempt attempt() {
        return new Attempt(problem, repeat);
    }

    public boolean isRight() {
        return correct.orElse(false);
    }

    /** Whether there is something to grade it by. */
    public boolean isGraded() {
        return correct.isPresent() || reference.isPresent();
    }

    /**
     * Those lines of a run that count in its accuracy, in their order: the graded ones, whether answered or not, and where there
     * are any, also those that failed before they could be graded.
     */
    public static List<ProblemLine> counted(Collection<ProblemLine> lines) {
        boolean anyGraded = lines.stream().anyMatch(ProblemLine::isGraded);
        return lines.stream()
                .filter(line -> line.isGraded() || (anyGraded && line.status() == Status.ERROR))
                .toList();
    }

    @Override
    public void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("problem", problem);
        json.writeNumberField("repeat", repeat);
        json.writeStringField("status", status.word());
        Json.nullable(json, "answer", answer);
        Json.nullable(json, "reference", reference);
        Json.nullableFlag(json, "correct", correct);
        json.writeBooleanField("oracle", oracle);
        json.writeArrayFieldStart("votes");
        for (var vote : votes) {
            json.writeStartObject();
            json.writeStringField("answer", vote.answer());
            json.writeNumberField("count", vote.count());
            json.writeNumberField("weight", vote.weight());
            json.writeEndObject();
        }
        json.writeEndArray();
        writeUsage(json);
        json.writeObjectFieldStart("finish");
        for (var reason : Finish.values()) {
            json.writeNumberField(reason.word(), finish.count(reason));
        }
        json.writeEndObject();
        Json.known(json, "error", error);
        json.writeFieldName("notes");
        json.writeTree(notes);
        Json.known(json, "question", question);
        Json.known(json, "format", format);
        json.writeEndObject();
    }

    private void writeUsage(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("usage");
        json.writeNumberField("prefill", usage.prefill());
        json.writeNumberField("reused", usage.reused());
        json.writeNumberField("work", usage.work());
        json.writeNumberField("span", usage.span());
        json.writeNumberField("judge_prefill", usage.judgePrefill());
        json.writeNumberField("judge_work", usage.judgeWork());
        json.writeNumberField("calls", usage.calls());
        json.writeEndObject();
    }

    /** Reads one line; fields that are not known are ignored. */
    static ProblemLine read(Json line) {
        return new ProblemLine(
                line.text("problem"),
                line.integer("repeat"),
                line.word("status", Status.class),
                line.optionalText("answer"),
                line.optionalText("reference"),
                line.optionalFlag("correct"),
                line.flag("oracle"),
                readVotes(line),
                readUsage(line.child("usage")),
                readFinish(line),
                line.optionalText("error"),
                line.objectOrEmpty("notes"),
                line.optionalText("question"),
                line.optionalText("format"));
    }

    private static List<VoteCount> readVotes(Json line) {
        var votes = new ArrayList<VoteCount>();
        for (var element : line.list("votes")) {
            var vote = new Json(element);
            votes.add(new VoteCount(vote.text("answer"), vote.integer("count"), vote.number("weight")));
        }
        return votes;
    }

    private static Usage readUsage(Json usage) {
        return new Usage(
                usage.whole("prefill"),
                usage.whole("reused"),
                usage.whole("work"),
                usage.whole("span"),
                usage.whole("judge_prefill"),
                usage.whole("judge_work"),
                usage.whole("calls"));
    }

    private static FinishCounts readFinish(Json line) {
        var finish = line.child("finish");
        return FinishCounts.of(reason -> finish.has(reason.word()) ? finish.integer(reason.word()) : 0);
    }
}
