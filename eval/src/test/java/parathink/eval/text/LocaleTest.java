package parathink.eval.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Numbers are written alike wherever parathink runs: a fraction never takes the point of the reader's language. */
final class LocaleTest {
    /** A text block or string with a conversion of floating point, formatted without a locale. */
    private static final Pattern UNSAFE =
            Pattern.compile("(?s)(\"\"\"(?:(?!\"\"\").)*%[-+,0]?[0-9]*(\\.[0-9]+)?[fge](?:(?!\"\"\").)*\"\"\""
                    + "|\"(?!\")(?:[^\"\\n\\\\]|\\\\.)*%[-+,0]?[0-9]*(\\.[0-9]+)?[fge](?:[^\"\\n\\\\]|\\\\.)*\")"
                    + "\\s*\\.formatted\\(|String\\.format\\(\\s*\"");

    @Test
    void everyFractionIsFormattedWithALocale() throws IOException {
        assertThat(UNSAFE.matcher("\"%.2f is %s\"\n  .formatted(x)").find()).isTrue();
        assertThat(UNSAFE.matcher("\"%d of %s\".formatted(x)").find()).isFalse();
        for (var module : new String[] {"cli", "eval", "strategies", "datasets", "models"}) {
            try (var files = Files.walk(Path.of("..", module, "src", "main", "java"))) {
                for (var file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    assertThat(UNSAFE.matcher(Files.readString(file))
                                    .results()
                                    .map(found -> file + ": " + found.group()))
                            .isEmpty();
                }
            }
        }
    }
}
