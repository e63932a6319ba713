package parathink.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PluginsTest {
    private static final String[] RUN = {
        "run",
        "--dataset",
        "countdown-3",
        "--limit",
        "2",
        "--strategy",
        "first-answer",
        "-n",
        "3",
        "--max-tokens",
        "60",
        "--plugins",
        "plugins",
        "--out",
        "r"
    };

    private TestingShell shell;
    private PluginJars jars;

    @BeforeEach
    void open(@TempDir Path temporary) throws IOException {
        shell = new TestingShell(temporary);
        jars = new PluginJars(shell.folder().resolve("plugins"));
    }

    @Test
    void aStrategyOfAJarIsListedRunRecordedAndVerifiedLikeAnyOther() throws Exception {
        var jar = jars.with("first.jar", "FirstAnswer", "first-answer");
        var hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar)));

        assertThat(shell.checkedRun("strategies", "--plugins", "plugins").out())
                .containsPattern("first-answer +The first answer there is. \\(plug-in first.jar\\)");
        assertThat(shell.checkedRun("strategies", "first-answer", "--plugins", "plugins")
                        .out())
                .contains("first.jar", hash, "-S branches=2");
        assertThat(shell.checkedRun(RUN).status()).isZero();
        var run = new JsonMapper().readTree(shell.read("r/run.json"));
        assertThat(run.at("/hashes/plugin").asText()).isEqualTo(hash);
        assertThat(run.at("/settings/plugin").asText()).isEqualTo("first.jar");
        assertThat(run.at("/settings/strategy/branches").asText()).isEqualTo("3");
        assertThat(shell.read("r/completions.jsonl").lines()).hasSize(2 * 3);
        assertThat(shell.checkedRun("verify", "r", "--sample", "2", "--plugins", "plugins")
                        .status())
                .isZero();
    }

    @Test
    void theJarOfThePageIsRunAsPrinted() throws IOException {
        var page = Files.readString(Path.of("../docs/adding-a-strategy.md"));
        var classes = jars.compile("TwoAgree", block(page, "jar: org/example/TwoAgree.java"));
        jars.write("two-agree.jar", classes, List.of(block(page, "service").strip()));

        var run = block(page, "run").replace("\"$PARATHINK/scripts/parathink\" ", "");
        for (var command : run.lines().toList()) {
            var ended = shell.checkedRun(command.split(" ", -1));
            assertThat(ended.status()).as("%s: %s", command, ended.err()).isZero();
        }
        assertThat(shell.read("two-agree/problems.jsonl").lines()).hasSize(10);
    }

    /** The fenced block after a comment. */
    private static String block(String page, String mark) {
        int start = page.indexOf('\n', page.indexOf("```", page.indexOf("<!-- " + mark + " -->"))) + 1;
        return page.substring(start, page.indexOf("```", start));
    }

    @Test
    void theFolderMayComeFromTheEnvironmentOrASettingsFile() throws IOException {
        jars.with("first.jar", "FirstAnswer", "first-answer");

        assertThat(shell.checkedRun("strategies").out()).doesNotContain("first-answer");
        shell.write("parathink.yaml", "plugins: plugins\n");
        assertThat(shell.checkedRun("strategies").out()).contains("first-answer");
        shell.write("parathink.yaml", "seed: 1\n");
        shell.set("PARATHINK_PLUGINS", "plugins");
        assertThat(shell.checkedRun("strategies").out()).contains("first-answer");
    }

    @Test
    void aRunDoesNotGoOnWithAnotherJarNorIsItVerifiedWithoutItsOwn() throws IOException {
        jars.with("first.jar", "FirstAnswer", "first-answer");
        shell.checkedRun(RUN);
        var classes = new HashMap<>(jars.compile("FirstAnswer", PluginJars.source("FirstAnswer", "first-answer")));
        classes.put("other.txt", "another build".getBytes(UTF_8));
        jars.write("first.jar", classes, List.of("FirstAnswer$Plugin"));

        refused("parathink run: ", "holds another run: hashes.plugin is", RUN);
        refused("parathink verify: ", "came from first.jar", "verify", "r", "--plugins", "plugins");
        refused("parathink verify: ", "there is no strategy 'first-answer'", "verify", "r");
    }

    @Test
    void settingsOfAJarMeanWhatItSaysWhateverTheirNames() throws IOException {
        var setting = "new Setting(\"branches\", \"2\", \"completions drawn, 1 or more\")";
        var source = PluginJars.source("FirstAnswer", "first-answer")
                .replace(
                        setting,
                        setting
                                + ", new Setting(\"k2\", \"auto\", \"any\"), new Setting(\"judge\", \"model\", \"any\"),"
                                + " new Setting(\"cut\", \"chunks\", \"any\")")
                .replace("settings.whole(\"branches\")", "settings.text(\"k2\").length() / 2");
        jars.write("words.jar", jars.compile("FirstAnswer", source), List.of("FirstAnswer$Plugin"));

        var ended = shell.checkedRun(RUN);

        assertThat(ended.status()).as(ended.err()).isZero();
        assertThat(shell.read("r/run.json")).contains("\"k2\" : \"auto\"", "\"judge\" : \"model\"");
    }

    @Test
    void whatIsNoJarIsNamed() throws IOException {
        Files.createDirectories(jars.folder());
        Files.writeString(jars.folder().resolve("torn.jar"), "PK and no more");

        refused("torn.jar: is not a jar file, or is cut short");
    }

    @Test
    void aFolderThatIsMissingOrHasNoJarIsNamed() throws IOException {
        refused("plugins: there is no such folder");
        Files.createDirectories(jars.folder());
        refused("plugins: has no .jar file in it");
    }

    @Test
    void aJarThatOffersNothingIsNamed() throws IOException {
        jars.write("empty.jar", Map.of("readme.txt", new byte[] {'x'}), List.of());
        refused("empty.jar: it offers no strategy; name its class in " + PluginJars.SERVICE);
    }

    @Test
    void aClassThatIsMissingIsNamed() throws IOException {
        jars.write("lost.jar", Map.of("readme.txt", new byte[] {'x'}), List.of("org.example.Lost"));
        refused("lost.jar: it lacks the class org.example.Lost, which it names as its own");

        var classes = new HashMap<>(jars.compile("FirstAnswer", PluginJars.source("FirstAnswer", "first-answer")));
        classes.remove("FirstAnswer.class");
        jars.write("lost.jar", classes, List.of("FirstAnswer$Plugin"));
        refused("lost.jar: it lacks the class FirstAnswer");
    }

    @Test
    void aClassThatIsMissedOnlyWhileSolvingEndsTheRun() throws IOException {
        var source = PluginJars.source("FirstAnswer", "first-answer")
                        .replace("return Outcome.of(first", "Late.look();\nreturn Outcome.of(first")
                + "final class Late { static void look() {} }\n";
        var classes = new HashMap<>(jars.compile("FirstAnswer", source));
        classes.remove("Late.class");
        jars.write("late.jar", classes, List.of("FirstAnswer$Plugin"));

        refused("parathink run: ", "late.jar: it lacks the class Late", RUN);
    }

    @Test
    void aClassForANewerJavaIsNamed() throws IOException {
        var classes = jars.compile("FirstAnswer", PluginJars.source("FirstAnswer", "first-answer"));
        classes.values().forEach(bytes -> bytes[7] = 120); // the low byte of the format's major version
        jars.write("newer.jar", classes, List.of("FirstAnswer$Plugin"));

        int here = Runtime.version().feature();
        refused("newer.jar: it was compiled for a newer Java than this one (%d); compile it with --release %<d"
                .formatted(here));
    }

    @Test
    void aNameThatIsTakenIsRefused() throws IOException {
        jars.with("a.jar", "FirstAnswer", "esc");
        refused("a.jar: the name 'esc' is taken by built in");
    }

    @Test
    void twoJarsMayNotShareANameButMayShareAClass() throws IOException {
        jars.with("a.jar", "FirstAnswer", "first-answer");
        jars.with("b.jar", "FirstAnswer", "first-answer-too");
        assertThat(shell.checkedRun("strategies", "--plugins", "plugins").out())
                .contains("(plug-in a.jar)", "(plug-in b.jar)");

        jars.with("b.jar", "FirstAnswer", "first-answer");
        refused("b.jar: the name 'first-answer' is taken by plug-in");
    }

    @Test
    void aStrategyThatRefusesItsOwnDefaultsIsRefused() throws IOException {
        var source =
                PluginJars.source("FirstAnswer", "first-answer").replace("\"branches\", \"2\"", "\"branches\", \"0\"");
        jars.write("zero.jar", jars.compile("FirstAnswer", source), List.of("FirstAnswer$Plugin"));
        refused("zero.jar: branches must be at least 1, got 0");
    }

    private void refused(String what) {
        refused("parathink strategies: ", what, "strategies", "--plugins", "plugins");
    }

    private void refused(String command, String what, String... args) {
        var ended = shell.checkedRun(args);
        assertThat(ended.status()).isEqualTo(2);
        var complaint = ended.errLines().stream()
                .filter(line -> line.startsWith(command))
                .toList();
        assertThat(complaint).hasSize(1).first().asString().contains(what);
        assertThat(ended.err()).doesNotContain("\tat ");
    }
}
