package parathink.datasets.files;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import parathink.datasets.DatasetDigest;
import parathink.datasets.Fingerprint;
import parathink.datasets.Question;

/** What is known of a dataset only after its last row: whether ids are distinct, which questions recur, its hash. */
final class Census {
    private record First(int row, Optional<String> answer) {}

    private final String name;
    private final DatasetDigest digest = new DatasetDigest();
    private final Set<String> ids = new HashSet<>();
    private final Map<String, First> questions = new HashMap<>();
    private final Set<String> rightOptions = new HashSet<>();
    private final Noticed duplicates = new Noticed();
    private final Noticed conflicts = new Noticed();
    private final Noticed ungraded = new Noticed();
    private int rows;
    private int withOptions;
    private int fixedOptions;
    private int withId;
    private int answerable;
    private int instructed;

    /** How often something was noticed, and where at first. */
    private static final class Noticed {
        private static final int SHOWN = 3;

        private final List<String> first = new ArrayList<>();
        private int count;

        void add(String place) {
            count++;
            if (first.size() < SHOWN) {
                first.add(place);
            }
        }
    }

    Census(String name) {
        this.name = name;
    }

    void add(Draft draft) {
        rows++;
        draft.id().ifPresent(id -> {
            withId++;
            ids.add(id);
        });
        answerable += draft.answerable() ? 1 : 0;
        instructed += draft.instructed() ? 1 : 0;
        if (draft.reference().isEmpty()) {
            ungraded.add("row " + draft.row());
        }
        boolean options = !draft.question().choices().isEmpty();
        withOptions += options ? 1 : 0;
        if (options && !draft.shuffled()) {
            draft.reference().ifPresent(letter -> {
                fixedOptions++;
                rightOptions.add(letter);
            });
        }
        compare(draft);
        digest.add(draft.named(draft.id().orElse("row " + draft.row())));
    }

    private void compare(Draft draft) {
        var first = questions.putIfAbsent(Fingerprint.of(draft.question()), new First(draft.row(), answer(draft)));
        if (first == null) {
            return;
        }
        var rows = "row %d as row %d".formatted(draft.row(), first.row());
        duplicates.add(rows);
        var answer = answer(draft);
        if (answer.isPresent()
                && first.answer().isPresent()
                && differ(draft.question(), first.answer().get(), answer.get())) {
            conflicts.add(
                    "%s, %s and %s".formatted(rows, answer.get(), first.answer().get()));
        }
    }

    private static boolean differ(Question question, String one, String other) {
        var format = question.format();
        return question.choices().isEmpty() ? !format.same(format.read(one), format.read(other)) : !one.equals(other);
    }

    /** Options may stand in another order in a copy of the question, so what counts is the text of the right one. */
    private static Optional<String> answer(Draft draft) {
        var choices = draft.question().choices();
        return choices.isEmpty()
                ? draft.reference()
                : draft.reference().map(letter -> choices.get(letter.charAt(0) - 'A'));
    }

    int rows() {
        return rows;
    }

    int duplicates() {
        return duplicates.count;
    }

    int conflicts() {
        return conflicts.count;
    }

    boolean anyAnswerColumn() {
        return answerable > 0;
    }

    boolean anyOptions() {
        return withOptions > 0;
    }

    /** Whether the id column names every problem and no two alike. */
    boolean idsTellApart() {
        return withId == rows && ids.size() == rows;
    }

    /** Whether the options stay in the order of the file and the right one always has the same letter there. */
    boolean rightOptionNeverVaries() {
        return fixedOptions > 1 && rightOptions.size() == 1;
    }

    String idOf(Draft draft) {
        return idsTellApart() ? draft.id().orElseThrow() : name + "/" + draft.row();
    }

    /** The hash of all rows; to be asked for once, after the last. */
    String fingerprint() {
        return digest.finish();
    }

    List<String> remarks() {
        var remarks = new ArrayList<String>();
        if (withId > 0 && !idsTellApart()) {
            remarks.add("the id column does not tell all rows apart, so problems are named by their rows, as %s/1"
                    .formatted(name));
        }
        remark(remarks, duplicates, "asks what an earlier one asks", "ask what an earlier one asks");
        remark(
                remarks,
                conflicts,
                "contradicts the answer of the same question",
                "contradict the answer of the same question");
        remark(remarks, ungraded, "has no answer and is not graded", "have no answer and are not graded");
        if (instructed > 0) {
            remarks.add("left out the request for a boxed answer that ends %d %s"
                    .formatted(instructed, problems(instructed)));
        }
        return remarks;
    }

    private static void remark(List<String> remarks, Noticed noticed, String one, String many) {
        if (noticed.count > 0) {
            remarks.add("%d %s %s (%s%s)"
                    .formatted(
                            noticed.count,
                            problems(noticed.count),
                            noticed.count == 1 ? one : many,
                            String.join("; ", noticed.first),
                            noticed.count > noticed.first.size() ? "; …" : ""));
        }
    }

    private static String problems(int count) {
        return count == 1 ? "problem" : "problems";
    }
}
