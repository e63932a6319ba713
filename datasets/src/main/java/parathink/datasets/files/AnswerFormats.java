package parathink.datasets.files;

import java.util.List;
import parathink.datasets.AnswerFormat;

/** Makes the answer format of a row. */
interface AnswerFormats {
    AnswerFormat named(FormatName name);

    AnswerFormat choice(List<String> options);

    AnswerFormat countdown(List<Integer> numbers, int target);
}
