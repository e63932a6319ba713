package parathink.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parathink.models.Budget;
import parathink.models.Completion;
import parathink.models.Journal;
import parathink.models.LocalEngine;
import parathink.models.Prompt;
import parathink.models.SamplingParams;
import parathink.models.Seed;
import parathink.models.StopRule;
import parathink.models.Usage;

/** Paths that an interrupted run had finished are read back, and what follows them has the same bits as the first time. */
final class ResumedPathsTest {
    private static final SamplingParams SAMPLING = new SamplingParams(0.7, 0, 1, 0, 60);
    private static final Prompt TASK = Prompt.user("Let A be 12*17. Let B be 9*31. Find A+B.");

    private record Summed(List<Completion> completions, Usage usage) {}

    @Test
    void aSummaryAfterRecordedPathsIsTheSameToTheBit() {
        var first = summed(Map.of());
        assertThat(first.completions).hasSize(4);
        var known = new HashMap<String, Completion>();
        for (var path : first.completions.subList(0, 2)) {
            known.put(path.path(), path); // two of the three paths; the third is decoded again
        }

        var resumed = summed(known);

        assertThat(resumed.completions).isEqualTo(first.completions); // log-probabilities too
        assertThat(resumed.usage).isEqualTo(first.usage);
    }

    private static Summed summed(Map<String, Completion> known) {
        var told = new ArrayList<Completion>();
        var journal = new Journal() {
            @Override
            public Optional<Completion> recorded(String path) {
                return Optional.ofNullable(known.get(path));
            }

            @Override
            public void ended(Completion completion) {
                told.add(completion);
            }
        };
        try (var engine = new LocalEngine(EmbeddedModel.open(EmbeddedModel.DEFAULT_MODE, Models.SETTINGS));
                var session = engine.open("p", Budget.UNLIMITED, Seed.of(7), journal)) {
            var thoughts = session.dialect().thoughts(TASK).orElseThrow();
            var trunk = session.start(thoughts.task(), SAMPLING);
            var paths = trunk.fork(3);
            for (int i = 0; i < 3; i++) {
                paths.get(i)
                        .writing(thoughts.substitutes(i))
                        .append(thoughts.openings().get(i));
            }
            session.decodeAll(paths, StopRule.after(thoughts.closings()));
            var merged = trunk.drawing(SAMPLING.with(1, 80)).merge(paths);
            merged.append(thoughts.summary());
            merged.decode(StopRule.after(thoughts.summaryEnd()));
            return new Summed(List.copyOf(told), session.usage());
        }
    }
}
