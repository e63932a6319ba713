package parathink.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import parathink.datasets.Answer;
import parathink.datasets.AnswerFormat;
import parathink.datasets.AnswerFormats;
import parathink.datasets.CountdownFormat;
import parathink.datasets.Grade;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Says whether an answer is equal to a reference, by the rule that votes and grades use. */
@Command(
        name = "grade",
        description = "Say whether an answer equals a reference: one pair, or every row of a file.",
        footer = {
            "  parathink grade --gold '\\frac{1}{2}' --answer 0.5",
            "  parathink grade --gold '(16+15)+2' --answer 2+15+16 --format countdown",
            "  parathink grade --pairs pairs.jsonl"
        })
final class GradeCommand implements Subcommand {
    private final Environment environment;

    @Spec
    private CommandSpec command;

    @Option(names = "--gold", paramLabel = "TEXT", description = "The reference answer.")
    private Optional<String> gold = Optional.empty();

    @Option(names = "--answer", paramLabel = "TEXT", description = "An answer, or a whole completion that gives one.")
    private Optional<String> answer = Optional.empty();

    @Option(
            names = "--format",
            paramLabel = "NAME",
            description = "math, integer, choice, text or countdown (default: choice for a letter, math for the rest).")
    private Optional<String> format = Optional.empty();

    @Option(
            names = "--pairs",
            paramLabel = "FILE",
            description = "JSON Lines with gold and pred; prints each row with the verdict and both canonical forms.")
    private Optional<Path> pairs = Optional.empty();

    @Mixin(name = "General")
    private CommonOptions common;

    GradeCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public ExitCode run() throws IOException {
        boolean onePair = gold.isPresent() && answer.isPresent();
        boolean half = gold.isPresent() != answer.isPresent();
        if (half || onePair == pairs.isPresent()) {
            throw new ParameterException(command.commandLine(), "give --gold and --answer, or --pairs");
        }
        if (pairs.isPresent()) {
            gradeRows(environment.folder().resolve(pairs.get()));
            return ExitCode.DONE;
        }
        var grade = grade(gold.get(), answer.get(), format);
        environment.out().println(common.json ? Json.line(verdict(Json.object(), grade)) : word(grade));
        return ExitCode.DONE;
    }

    private void gradeRows(Path file) throws IOException {
        int number = 0;
        try (var lines = Files.newBufferedReader(file)) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    var row = row(line, file, number);
                    var own = Optional.of(row.path("format"))
                            .filter(JsonNode::isTextual)
                            .map(JsonNode::asText)
                            .or(() -> format);
                    environment.out().println(Json.line(verdict(row, grade(row, own, file, number))));
                }
            }
        } catch (MalformedInputException e) {
            throw new IllegalArgumentException("%s:%d: is not UTF-8".formatted(file, number + 1), e);
        }
    }

    private static ObjectNode row(String line, Path file, int number) {
        try {
            var row = Json.object(line);
            for (var field : new String[] {"gold", "pred"}) {
                if (!row.path(field).isValueNode() || row.path(field).isNull()) {
                    throw new IllegalArgumentException(
                            "%s:%d: '%s' must be a text or a number".formatted(file, number, field));
                }
            }
            return row;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "%s:%d: is no JSON object: %s".formatted(file, number, e.getOriginalMessage()), e);
        }
    }

    private static Grade grade(ObjectNode row, Optional<String> format, Path file, int number) {
        try {
            return grade(row.get("gold").asText(), row.get("pred").asText(), format);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("%s:%d: %s".formatted(file, number, e.getMessage()), e);
        }
    }

    private static Grade grade(String reference, String text, Optional<String> format) {
        if (format.isEmpty()) {
            return Grade.of(reference, text);
        }
        if (format.get().equals("countdown")) {
            var game = CountdownFormat.ofSolution(reference);
            var given = game.find(text).orElseGet(() -> game.read(text));
            return new Grade(
                    game,
                    game.read(reference),
                    Optional.of(given),
                    game.holds(given).orElse(false));
        }
        return Grade.of(named(format.get()), reference, text);
    }

    private static AnswerFormat named(String format) {
        try {
            return AnswerFormats.named(format);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--format: %s, or countdown".formatted(e.getMessage()), e);
        }
    }

    private static ObjectNode verdict(ObjectNode json, Grade grade) {
        json.put("equal", grade.equal());
        json.put("format", grade.format().name());
        json.put("gold_canonical", grade.reference().canonical());
        json.put("pred_canonical", grade.answer().map(Answer::canonical).orElse(null));
        json.put(
                "understood",
                grade.reference().understood()
                        && grade.answer().map(Answer::understood).orElse(false));
        return json;
    }

    private static String word(Grade grade) {
        return grade.equal() ? "equal" : "different";
    }
}
