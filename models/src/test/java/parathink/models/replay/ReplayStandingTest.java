package parathink.models.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static parathink.models.replay.Pools.PROMPT;
import static parathink.models.replay.Pools.SAMPLING;
import static parathink.models.replay.Pools.text;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parathink.models.ModelException;
import parathink.models.Progress;
import parathink.models.StopRule;
import parathink.models.Substitutes;

final class ReplayStandingTest {
    @TempDir
    Path folder;

    @Test
    void tellsHowFarTheOthersHaveComeAsALiveSessionDoes() throws IOException {
        var file = Pools.write(folder, text("aaa", 3), text("bbbbb", 5), text("ccccc", 5));
        try (var engine = Pools.engine(file);
                var session = Pools.open(engine)) {
            var branches = session.start(PROMPT, SAMPLING).fork(3);
            var first = session.asCompleted(branches, StopRule.NONE).iterator().next();

            assertThat(first.text()).isEqualTo("aaa");
            assertThat(session.standing()).extracting(Progress::tokens).containsExactly(3, 3);
            assertThat(session.standing()).extracting(Progress::ended).containsExactly(false, false);
            assertThat(session.usage().work()).isEqualTo(9);
        }
    }

    @Test
    void refusesToDrawOrWriteOtherwise() throws IOException {
        var file = Pools.write(folder, text("a", 1));
        try (var engine = Pools.engine(file);
                var session = Pools.open(engine)) {
            var sequence = session.start(PROMPT, SAMPLING);
            assertThatThrownBy(() -> sequence.drawing(SAMPLING)).isInstanceOf(ModelException.class);
            assertThatThrownBy(() -> sequence.writing(new Substitutes(Map.of(), ".")))
                    .isInstanceOf(ModelException.class);
        }
    }
}
