package parathink.datasets;

import java.util.List;

/** Makes the answer format of a row. */
interface AnswerFormats {
    AnswerFormat named(FormatName name);

    AnswerFormat choice(List<String> options);

    AnswerFormat countdown(List<Integer> numbers, int target);
}
