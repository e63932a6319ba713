package parathink.datasets.files;

import java.util.Optional;
import parathink.datasets.Problem;
import parathink.datasets.Question;

/**
 * A problem as its row gives it, before it is known whether the ids of all rows tell them apart.
 *
 * @param row its number in the dataset, from 1
 * @param id from the id column, where there is one
 * @param answerable whether the row has a column for the answer, filled or not, or needs none
 */
record Draft(
        int row,
        Optional<String> id,
        Question question,
        Optional<String> reference,
        boolean shuffled,
        boolean answerable,
        boolean instructed) {
    Problem named(String name) {
        return new Problem(name, question, reference, shuffled);
    }
}
