package parathink.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ProblemTest {
    private static final List<String> OPTIONS = List.of("iron", "zinc", "gold", "lead");

    @Test
    void showsOptionsInAnOrderOfEachRepeatsOwnAndMovesTheReferenceWithThem() {
        var problem = choice("metals/1", true);

        for (int repeat = 0; repeat < 50; repeat++) {
            var shown = problem.inOrder(7, repeat);
            int right = shown.reference().orElseThrow().charAt(0) - 'A';

            assertThat(shown.question().choices()).containsExactlyInAnyOrderElementsOf(OPTIONS);
            assertThat(shown.question().choices().get(right)).isEqualTo("gold");
            assertThat(shown).isEqualTo(problem.inOrder(problem.order(7, repeat)));
            assertThat(shown.question()
                            .answerIn("So it is gold.\nAnswer: gold")
                            .orElseThrow()
                            .canonical())
                    .isEqualTo(shown.reference().orElseThrow());
        }
    }

    @Test
    void drawsEveryOrderOfTheOptionsAboutEquallyOften() {
        var counts = new HashMap<List<Integer>, Integer>();
        for (int repeat = 0; repeat < 2400; repeat++) {
            counts.merge(choice("metals/1", true).order(1, repeat), 1, Integer::sum);
        }

        assertThat(counts).hasSize(24);
        assertThat(counts.values()).allSatisfy(count -> assertThat(count).isBetween(60, 140)); // 100, 4 deviations
    }

    @Test
    void takesItsOrderFromIdSeedAndRepeatAlone() {
        var problem = choice("metals/1", true);
        var orders = new HashSet<List<Integer>>();
        for (int i = 0; i < 20; i++) {
            orders.add(problem.order(i, 0));
            orders.add(choice("metals/" + i, true).order(0, 0));
        }

        assertThat(orders).hasSizeGreaterThan(12);
        assertThat(problem.order(5, 3)).isEqualTo(choice("metals/1", true).order(5, 3));
        assertThat(problem.order(5, 3)).isNotEqualTo(problem.order(5, 4));
    }

    @Test
    void keepsOptionsThatAreShownAsGiven() {
        var problem = choice("metals/1", false);

        assertThat(problem.order(7, 1)).containsExactly(0, 1, 2, 3);
        assertThat(problem.inOrder(7, 1)).isEqualTo(problem);
    }

    @Test
    void isTheSameInEveryRepeatWhenItHasNoOptions() {
        var problem = new Problem("sums/1", new Question("1 + 1?", new FakeFormat("math")), Optional.of("2"));

        assertThat(problem.order(7, 1)).isEmpty();
        assertThat(problem.inOrder(7, 1)).isSameAs(problem);
    }

    @Test
    void refusesAnOrderThatIsNone() {
        var problem = choice("metals/1", true);

        assertThatThrownBy(() -> problem.inOrder(List.of(0, 1, 1, 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("metals/1: [0, 1, 1, 3] is no order of its 4 options");
    }

    @Test
    void refusesAReferenceThatIsNoLetterOfAnOption() {
        var question = new Question("Which?", OPTIONS, new ChoiceFormat(OPTIONS));

        for (var wrong : List.of("E", "gold", "c", "1")) {
            assertThatThrownBy(() -> new Problem("metals/1", question, Optional.of(wrong)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("metals/1: the reference '%s' is not the letter of one of 4 options", wrong);
        }
    }

    private static Problem choice(String id, boolean shuffled) {
        var question = new Question("Which is the noblest?", OPTIONS, new ChoiceFormat(OPTIONS));
        return new Problem(id, question, Optional.of("C"), shuffled);
    }
}
