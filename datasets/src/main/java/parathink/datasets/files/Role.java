package parathink.datasets.files;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import parathink.datasets.NearestName;

/** What a column holds, with the names under which published datasets have it, the most telling first. */
enum Role {
    ID("id", "unique_id", "record_id", "problem_idx", "problem_id", "question_id", "task_id", "uuid", "rank"),
    PROBLEM("problem", "question", "prompt", "query", "input"),
    ANSWER(
            "answer",
            "expected_answer",
            "final_answer",
            "reference_answer",
            "correct_answer",
            "reference",
            "gold",
            "ground_truth",
            "solution"),
    CHOICES("choices", "options"),
    CORRECT("correct", "correct_answer"),
    INCORRECT("incorrect", "incorrect_answers", "distractors"),
    NUMBERS("numbers", "nums", "puzzles"),
    TARGET("target"),
    FORMAT("format");

    @SuppressWarnings("ImmutableEnumChecker") // List.of cannot be changed
    private final List<String> columns;

    Role(String... columns) {
        this.columns = List.of(columns);
    }

    /** The names to look for, in this order. */
    List<String> columns() {
        return columns;
    }

    /** The name by which it is written in a column map and in imported files. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException when there is no such role */
    static Role named(String label) {
        return Arrays.stream(values())
                .filter(role -> role.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "no column can be mapped to '%s'; %s".formatted(label, NearestName.hint(label, labels()))));
    }

    static List<String> labels() {
        return Arrays.stream(values()).map(Role::label).toList();
    }
}
