package parathink.datasets;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One problem of a dataset.
 *
 * @param id unique within its dataset and stable from load to load
 * @param question what a strategy may see
 * @param reference the reference answer in the form that grading uses, where there is one; the letter of the right option
 *     when there are options
 * @param shuffled whether every run seed and repeat shows the options in an order of its own
 */
public record Problem(String id, Question question, Optional<String> reference, boolean shuffled) {
    public Problem {
        if (id.isBlank()) {
            throw new IllegalArgumentException("a problem needs an id");
        }
        Objects.requireNonNull(question, "question");
        Objects.requireNonNull(reference, "reference");
        int options = question.choices().size();
        if (options > 0 && reference.isPresent() && option(reference.get(), options) < 0) {
            throw new IllegalArgumentException("%s: the reference '%s' is not the letter of one of %d options"
                    .formatted(id, reference.get(), options));
        }
    }

    /** A problem whose options, if it has any, stay in their order. */
    public Problem(String id, Question question, Optional<String> reference) {
        this(id, question, reference, false);
    }

    /**
     * The order in which a repeat of a run shows the options: at each place the index of the option in this problem. It
     * depends on the id, the seed and the repeat alone. Empty when there are no options.
     */
    public List<Integer> order(long seed, int repeat) {
        var order = new ArrayList<>(
                IntStream.range(0, question.choices().size()).boxed().toList());
        if (shuffled) {
            for (int last = order.size() - 1; last > 0; last--) { // Fisher and Yates, 1938
                Collections.swap(order, last, draw(seed, repeat, last + 1));
            }
        }
        return List.copyOf(order);
    }

    /** The problem as it is asked in a repeat of a run: the options in their order there, and the reference with them. */
    public Problem inOrder(long seed, int repeat) {
        return inOrder(order(seed, repeat));
    }

    /**
     * The problem with its options in an order; the same problem when there are none.
     *
     * @param order as from {@link #order}: at each place the index of the option in this problem
     */
    public Problem inOrder(List<Integer> order) {
        var choices = question.choices();
        var every = IntStream.range(0, choices.size()).boxed().toList();
        if (!order.stream().sorted().toList().equals(every)) {
            throw new IllegalArgumentException(
                    "%s: %s is no order of its %d options".formatted(id, order, choices.size()));
        }
        if (choices.isEmpty()) {
            return this;
        }
        var shown = order.stream().map(choices::get).toList();
        var letter = reference.map(old -> letter(order.indexOf(option(old, choices.size()))));
        return new Problem(id, question.showing(shown), letter, shuffled);
    }

    /** The letter of the option at an index, from A. */
    public static String letter(int index) {
        return String.valueOf((char) ('A' + index));
    }

    private static int option(String letter, int options) {
        int index = letter.length() == 1 ? letter.charAt(0) - 'A' : -1;
        return index < options ? index : -1;
    }

    private int draw(long seed, int repeat, int bound) {
        var digest = DatasetDigest.sha256();
        digest.update(id.getBytes(StandardCharsets.UTF_8));
        var numbers = ByteBuffer.allocate(Long.BYTES + 2 * Integer.BYTES);
        digest.update(numbers.putLong(seed).putInt(repeat).putInt(bound).flip());
        return (int) Long.remainderUnsigned(ByteBuffer.wrap(digest.digest()).getLong(), bound);
    }
}
