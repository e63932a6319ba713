package parathink.eval.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SplitVotesTest {
    /** Completions as {@code answer=spelling}. */
    private static Trial trial(String... words) {
        var draws = new ArrayList<Draw>();
        for (var word : words) {
            var parts = word.split("=", -1);
            draws.add(new Draw(
                    true,
                    Optional.of(parts[0]),
                    Optional.of(parts[1]),
                    parts[0].equals("r"),
                    Draw.End.ITSELF,
                    false,
                    Optional.empty(),
                    1,
                    Scores.NONE));
        }
        return Cases.of("p", draws);
    }

    @Test
    void votesBesideTheMostFrequentSpellingOfTheirAnswerAreJoined() {
        var split = SplitVotes.of(List.of(
                        trial("r=1/2", "r=0.5", "r=1/2", "w=3", "w= 3"), // one vote joined; spaces are no spelling
                        trial("w=3", "r=7")))
                .orElseThrow();

        assertThat(split).isEqualTo(new SplitVotes(2, 7, 1, 1, List.of()));
    }

    @Test
    void aWinnerThatSpellingWouldHaveLostIsTold() {
        var split = SplitVotes.of(List.of(trial("r=1/2", "r=0.5", "r=\\frac12", "w=3", "w=3")))
                .orElseThrow();

        assertThat(split.joined()).isEqualTo(2);
        assertThat(split.changes()).containsExactly(new SplitVotes.Change("p", 0, "r", "3", true, false));
    }

    @Test
    void whereSpellingIsNotKnownNothingIsSaid() {
        assertThat(SplitVotes.of(List.of(Cases.of("p", List.of(Cases.scored("r", 1))))))
                .isEmpty();
    }
}
