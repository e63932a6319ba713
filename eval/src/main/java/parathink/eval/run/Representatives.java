package parathink.eval.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import parathink.datasets.Answer;
import parathink.datasets.AnswerFormat;

/**
 * Gives all equivalent answers of one attempt the canonical form of the first of them, so that whoever reads the files may
 * group answers by their text. Used by one thread.
 */
final class Representatives {
    private final AnswerFormat format;
    private final List<Answer> first = new ArrayList<>();
    private final Map<String, String> known = new HashMap<>();

    Representatives(AnswerFormat format) {
        this.format = format;
    }

    String of(Answer answer) {
        return known.computeIfAbsent(answer.canonical(), canonical -> {
            for (var earlier : first) {
                if (format.same(earlier, answer)) {
                    return earlier.canonical();
                }
            }
            first.add(answer);
            return canonical;
        });
    }
}
