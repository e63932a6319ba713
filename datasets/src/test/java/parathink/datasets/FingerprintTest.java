package parathink.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FingerprintTest {
    private static final String PROBLEM = "Let $f(x) = \\frac{1}{2}x - 3$. Find the zero of $f$, \"if any\".";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "  Let $f(x)=\\frac{1}{2}x-3$.\n\nFind the zero of $f$, \"if any\". ",
                "Let \\(f(x) = \\dfrac{1}{2}\\,x - 3\\). Find the zero of \\(f\\), \"if any\".",
                "Let \\[f\\left(x\\right) = \\tfrac{1}{2}x\\;-\\;3\\]. Find the zero of $$f$$, “if any”.",
                "LET $F(X) = \\frac{1}{2}X - 3$. find the zero of $f$, \"if any\".",
                "Let $f(x) = \\frac{1}{2}x − 3$. Find the zero of $f$, \"if any\".",
                "Let $f(x) = \\frac{1}{2}x - 3$. Find the zero of $f$, \"if any\".\n[asy] draw((0,0)--(1,2)); [/asy]",
            })
    void isTheSameForCopiesThatDifferInLayoutOnly(String copy) {
        assertThat(Fingerprint.of(question(copy))).isEqualTo(Fingerprint.of(question(PROBLEM)));
    }

    @Test
    void tellsDifferentProblemsApart() {
        assertThat(Fingerprint.of(question(PROBLEM.replace("3", "4")))).isNotEqualTo(Fingerprint.of(question(PROBLEM)));
        assertThat(Fingerprint.of(question("Use 1 23 to make 24.")))
                .isNotEqualTo(Fingerprint.of(question("Use 12 3 to make 24.")));
    }

    @Test
    void dependsOnTheOptionsButNotOnTheirOrder() {
        var one = new Question("Which?", List.of("red", "green"), new FakeFormat("choice"));
        var turned = new Question("Which?", List.of("green", "red"), new FakeFormat("choice"));
        var other = new Question("Which?", List.of("green", "blue"), new FakeFormat("choice"));

        assertThat(Fingerprint.of(turned)).isEqualTo(Fingerprint.of(one)).hasSize(16);
        assertThat(Fingerprint.of(other)).isNotEqualTo(Fingerprint.of(one));
    }

    private static Question question(String text) {
        return new Question(text, new FakeFormat("math"));
    }
}
