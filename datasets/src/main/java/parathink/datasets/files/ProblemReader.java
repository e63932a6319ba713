package parathink.datasets.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import parathink.datasets.AnswerFormats;
import parathink.datasets.ChoiceFormat;
import parathink.datasets.CountdownFormat;
import parathink.datasets.DatasetException;
import parathink.datasets.Problem;
import parathink.datasets.Question;
import parathink.datasets.rows.Row;

/** Makes a problem of a row, whatever the layout of its file. */
final class ProblemReader {
    private static final JsonMapper LISTS =
            JsonMapper.builder().enable(JsonReadFeature.ALLOW_SINGLE_QUOTES).build();
    private static final Pattern CONTEST = Pattern.compile("(20\\d\\d)_(?:AIME|AMC)");
    private static final Pattern LETTER = Pattern.compile("\\(?([A-Z])[).:]?");

    /** The Game of 24 has its target in its name, and no column for it. */
    private static final String TWENTY_FOUR = "puzzles";

    private final Layout layout;
    private final Reading reading;

    ProblemReader(Layout layout, Reading reading) {
        this.layout = layout;
        this.reading = reading;
    }

    /** Whether a row belongs to the dataset: some copies hold the contests of several years. */
    boolean wants(Row row) {
        if (layout.year().isEmpty()) {
            return true;
        }
        var url = row.column("url").map(name -> row.cells().get(name).asText()).orElse("");
        var contest = CONTEST.matcher(url);
        return !contest.find()
                || Integer.parseInt(contest.group(1)) == layout.year().getAsInt();
    }

    /** Whether the user said in which order options are shown. */
    boolean ordersOptions() {
        return reading.shuffled().isPresent();
    }

    /**
     * The problem of a row.
     *
     * @param number of the row in the dataset, from 1
     * @throws DatasetException when a cell that is needed is missing or cannot be understood; with the row's place
     */
    Draft read(Row row, int number) {
        var id = reading.columns().find(row, Role.ID).flatMap(cell -> References.plain(cell.value()));
        var format = format(row);
        return switch (format) {
            case MATH, INTEGER, TEXT -> open(row, number, id, format);
            case CHOICE -> choice(row, number, id);
            case COUNTDOWN -> countdown(row, number, id);
        };
    }

    private FormatName format(Row row) {
        if (reading.format().isPresent()) {
            return reading.format().get();
        }
        if (layout.format().isPresent()) {
            return layout.format().get();
        }
        var named = reading.columns().find(row, Role.FORMAT).flatMap(cell -> References.plain(cell.value()));
        if (named.isPresent()) {
            try {
                return FormatName.named(named.get());
            } catch (IllegalArgumentException e) {
                throw DatasetException.unreadable(
                        "%s: %s (-D format=NAME overrides the column)".formatted(row.place(), e.getMessage()), e);
            }
        }
        if (reading.columns().find(row, Role.NUMBERS).isPresent() && target(row).isPresent()) {
            return FormatName.COUNTDOWN;
        }
        boolean options = reading.columns().find(row, Role.CHOICES).isPresent() || hasWrongOptions(row);
        return options ? FormatName.CHOICE : FormatName.MATH;
    }

    private Draft open(Row row, int number, Optional<String> id, FormatName format) {
        var written = text(row);
        var text = ClosingInstruction.cut(written);
        var answer = reading.columns().find(row, Role.ANSWER);
        var reference = answer.flatMap(cell -> References.in(cell, format, row.place()));
        var question = new Question(text, AnswerFormats.named(format.label()));
        return new Draft(number, id, question, reference, false, answer.isPresent(), text.length() < written.length());
    }

    private Draft choice(Row row, int number, Optional<String> id) {
        var choices = new ArrayList<String>();
        Optional<String> reference;
        boolean answerable = true;
        boolean given = reading.columns().find(row, Role.CHOICES).isPresent();
        if (given) {
            choices.addAll(texts(row, reading.columns().find(row, Role.CHOICES).orElseThrow()));
            var answer = reading.columns().find(row, Role.ANSWER);
            answerable = answer.isPresent();
            reference = answer.flatMap(cell -> letter(row, cell.value(), choices));
        } else {
            if (!hasWrongOptions(row)) {
                throw unreadable(
                        row,
                        "no column holds the options; name it with --map choices=COLUMN, or correct and incorrect");
            }
            choices.add(correct(row));
            choices.addAll(wrongOptions(row));
            reference = Optional.of(Problem.letter(0));
        }
        if (choices.size() < 2 || choices.size() > 26 || choices.stream().anyMatch(String::isEmpty)) {
            throw unreadable(row, "from 2 to 26 options are needed, none of them empty, got " + choices.size());
        }
        var question = new Question(text(row), choices, new ChoiceFormat(choices));
        return new Draft(number, id, question, reference, reading.shuffled().orElse(!given), answerable, false);
    }

    private Draft countdown(Row row, int number, Optional<String> id) {
        var cell = reading.columns()
                .find(row, Role.NUMBERS)
                .orElseThrow(() -> unreadable(row, "no column holds the numbers; name it with --map numbers=COLUMN"));
        var use = numbers(row, cell).stream().map(text -> integer(row, text)).toList();
        var target = target(row)
                .orElseThrow(() -> unreadable(row, "no column holds the target; name it with --map target=COLUMN"));
        if (use.isEmpty() || use.stream().anyMatch(given -> given < 0)) {
            throw unreadable(row, "the numbers of a game are integers from 0, got " + use);
        }
        int goal = integer(row, target);
        var list = use.stream().map(String::valueOf).collect(Collectors.joining(", "));
        var question = new Question("Use %s to make %d.".formatted(list, goal), new CountdownFormat(use, goal));
        return new Draft(number, id, question, Optional.of(target), false, true, false);
    }

    private Optional<String> target(Row row) {
        var target = reading.columns().find(row, Role.TARGET).flatMap(cell -> References.plain(cell.value()));
        boolean twentyFour = target.isEmpty() && row.column(TWENTY_FOUR).isPresent();
        return twentyFour ? Optional.of("24") : target;
    }

    private String text(Row row) {
        var cell = reading.columns()
                .find(row, Role.PROBLEM)
                .orElseThrow(() -> unreadable(row, "no column holds the problem; name it with --map problem=COLUMN"));
        var text = cell.value().isArray() ? lastUserMessage(cell.value()) : References.plain(cell.value());
        return text.orElseThrow(() -> DatasetException.unreadable(
                "%s: the problem is empty (column '%s')".formatted(row.place(), cell.column())));
    }

    /** A prompt may be kept as the messages of a chat. */
    private static Optional<String> lastUserMessage(JsonNode messages) {
        JsonNode last = MissingNode.getInstance();
        for (var message : messages) {
            if (message.path("role").asText().equals("user")) {
                last = message.path("content");
            }
        }
        return References.plain(last);
    }

    private boolean hasWrongOptions(Row row) {
        return reading.columns().find(row, Role.CORRECT).isPresent()
                && (reading.columns().find(row, Role.INCORRECT).isPresent()
                        || !reading.columns().incorrect(row).isEmpty());
    }

    private String correct(Row row) {
        return reading.columns()
                .find(row, Role.CORRECT)
                .flatMap(cell -> References.plain(cell.value()))
                .orElseThrow(() -> unreadable(row, "the correct option is empty"));
    }

    private List<String> wrongOptions(Row row) {
        var one = reading.columns().find(row, Role.INCORRECT);
        if (one.isPresent()) {
            return texts(row, one.get());
        }
        return reading.columns().incorrect(row).stream()
                .map(cell -> References.plain(cell.value()).orElse(""))
                .toList();
    }

    private static List<String> numbers(Row row, ColumnMap.Cell cell) {
        var written = cell.value().asText().strip();
        boolean spaced = cell.value().isTextual() && !written.isEmpty() && !written.startsWith("[");
        return spaced ? List.of(written.split("[\\s,]+")) : texts(row, cell);
    }

    /** A list, which text files hold as JSON or as Python prints it. */
    private static List<String> texts(Row row, ColumnMap.Cell cell) {
        var value = cell.value();
        if (value.isTextual() && value.asText().strip().startsWith("[")) {
            try {
                value = LISTS.readTree(value.asText());
            } catch (JsonProcessingException e) {
                throw DatasetException.unreadable("%s: '%s' is no list".formatted(row.place(), cell.column()), e);
            }
        }
        if (value.isObject()) { // labels and texts side by side, as in ARC
            value = value.path("text");
        }
        if (!value.isArray()) {
            throw unreadable(row, "'%s' is no list".formatted(cell.column()));
        }
        var texts = new ArrayList<String>();
        value.forEach(item -> texts.add(References.plain(item).orElse("")));
        return texts;
    }

    private Optional<String> letter(Row row, JsonNode answer, List<String> choices) {
        var written = References.plain(answer);
        if (written.isEmpty()) {
            return Optional.empty();
        }
        int same = choices.indexOf(written.get());
        if (answer.isIntegralNumber()) {
            int index = answer.asInt();
            if (same >= 0 && same != index) {
                throw unreadable(row, "the answer %d may be a place or an option; write its letter".formatted(index));
            }
            same = answer.canConvertToInt() && index >= 0 && index < choices.size() ? index : -1;
        }
        Matcher letter = LETTER.matcher(written.get());
        if (same < 0 && letter.matches() && letter.group(1).charAt(0) - 'A' < choices.size()) {
            same = letter.group(1).charAt(0) - 'A';
        }
        if (same < 0) {
            throw unreadable(
                    row, "the answer '%s' is neither a letter of an option nor an option".formatted(written.get()));
        }
        return Optional.of(Problem.letter(same));
    }

    private static int integer(Row row, String text) {
        try {
            return new BigDecimal(text).intValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            throw DatasetException.unreadable(
                    "%s: '%s' is no integer to calculate with".formatted(row.place(), text), e);
        }
    }

    private static DatasetException unreadable(Row row, String reason) {
        return DatasetException.unreadable(
                "%s: %s; the columns are %s".formatted(row.place(), reason, ColumnMap.columns(row)));
    }
}
