package parathink.datasets.files;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

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

    static List<String> labels() {
        return Arrays.stream(values()).map(Role::label).toList();
    }
}
