package parathink.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The page as a reader meets it, in a browser without a network. */
@Tag("browser")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ReportPageTest {
    private static final String HOSTILE =
            "</script><script>window.stolen=1</script><img src=x onerror=\"window.stolen=2\">\u2028";

    private Path folder;
    private Browser browser;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        this.folder = folder;
        assumeTrue(Browser.isInstalled(), "there is no chromium on the PATH; install it to test the report's page");
        browser = Browser.start(folder.resolve("profile"));
    }

    @AfterAll
    void stop() {
        if (browser != null) {
            browser.close();
        }
    }

    private Path page(String name, SyntheticRun run) {
        var directory = folder.resolve(name);
        run.write(directory);
        Report.of(directory).writeTo(directory);
        return directory.resolve("report.html");
    }

    @Test
    void drawsEveryChartAsksForNothingAndKeepsTheConsoleClean() {
        int before = browser.requests().size();

        browser.open(page("plain", new SyntheticRun(60, 32, 1, 4, 7)));

        for (var chart : List.of("accuracy-by-k", "accuracy-by-tokens")) {
            assertThat(browser.evaluate("document.querySelectorAll('#%s .scatterlayer path.js-line').length"
                                    .formatted(chart))
                            .intValue())
                    .as("lines of %s", chart)
                    .isEqualTo(4); // two curves, two bands
            assertThat(browser.evaluate("document.querySelectorAll('#%s .fills path, #%s path.js-fill').length"
                                    .formatted(chart, chart))
                            .intValue())
                    .as("bands of %s", chart)
                    .isGreaterThanOrEqualTo(2);
        }
        for (var chart : List.of("accuracy-by-k", "accuracy-by-tokens")) { // the names of the lines lie inside the axes
            assertThat(browser.evaluate(
                                    "[...document.querySelectorAll('#%s .annotation')].map(a => a.textContent).join()"
                                            .formatted(chart))
                            .textValue())
                    .isEqualTo("pass@k,cons@k");
        }
        assertThat(browser.evaluate("document.querySelectorAll('#waterfall .bars path').length")
                        .intValue())
                .isEqualTo(7);
        assertThat(browser.evaluate("document.querySelectorAll('#lengths .bars path').length")
                        .intValue())
                .isGreaterThan(20);
        assertThat(browser.evaluate("getComputedStyle(document.querySelector('#accuracy-by-k .main-svg')).position")
                        .textValue())
                .isEqualTo("absolute"); // the chart library's own style sheet is in force
        assertThat(browser.evaluate("document.querySelectorAll('#rows tr.row').length")
                        .intValue())
                .isEqualTo(60);
        assertThat(browser.console()).isEmpty();
        assertThat(browser.requests().subList(before, browser.requests().size()))
                .allMatch(url -> url.startsWith("file:"))
                .hasSize(1);
    }

    @Test
    void opensAProblemToItsVotesAndTraces() {
        var run = new SyntheticRun(20, 5, 1, 4, 7);
        browser.open(page("traces", run));
        var directory = RunDirectory.read(folder.resolve("traces"));
        int at = 0;
        while (directory.problems().get(at).votes().size() < 2) {
            at++;
        }
        var line = directory.problems().get(at);

        browser.evaluate("document.querySelectorAll('#rows .id button')[%d].click()".formatted(at));
        waitFor("document.querySelector('.detail')?.dataset.ready");
        browser.evaluate("document.querySelectorAll('.lane')[2].querySelector('summary').click()");
        waitFor("document.querySelector('.lane pre')");

        assertThat(browser.evaluate("document.querySelector('.votes li .answer-text').textContent")
                        .textValue())
                .isEqualTo(line.votes().getFirst().answer());
        assertThat(browser.evaluate("document.querySelectorAll('.lane').length").intValue())
                .isEqualTo(5);
        assertThat(browser.evaluate("document.querySelector('.lane pre').textContent")
                        .textValue())
                .isEqualTo(directory.completions(line.attempt()).get(2).text());
        browser.evaluate("document.querySelectorAll('#rows .id button')[%d].click()".formatted(at));
        assertThat(browser.evaluate("document.querySelectorAll('.detail').length")
                        .intValue())
                .isZero();
        assertThat(browser.console()).isEmpty();
    }

    @Test
    void filtersSearchesAndSortsTheProblems() {
        browser.open(page("table", new SyntheticRun(80, 8, 1, 2, 3)));
        var metrics = Metrics.of(RunDirectory.read(folder.resolve("table")));
        int right = metrics.fates().get(Fate.RIGHT);

        browser.evaluate(
                "[...document.querySelectorAll('#filter button')].find(b => b.textContent.startsWith('Right')).click()");
        assertThat(browser.evaluate("document.querySelectorAll('#rows tr.row').length")
                        .intValue())
                .isEqualTo(right);
        browser.evaluate("document.querySelector('#filter button').click()");
        browser.evaluate(
                "const box = document.getElementById('search'); box.value = 'MADE-0007'; box.dispatchEvent(new Event('input'))");
        assertThat(browser.evaluate("[...document.querySelectorAll('#rows .id')].map(c => c.textContent).join()")
                        .textValue())
                .isEqualTo("made-0007");
        browser.evaluate("box.value = ''; box.dispatchEvent(new Event('input'))");
        browser.evaluate(
                "[...document.querySelectorAll('#columns button')].find(b => b.textContent === 'Work').click()");

        var work = browser.evaluate(
                "[...document.querySelectorAll('#rows tr.row')].map(r => Number(r.cells[r.cells.length - 2].textContent.replaceAll(',', '')))");
        assertThat(work).hasSize(80);
        for (int i = 1; i < work.size(); i++) {
            assertThat(work.get(i).longValue())
                    .isLessThanOrEqualTo(work.get(i - 1).longValue());
        }
        assertThat(browser.evaluate("document.querySelector('#columns th[aria-sort=descending]').textContent")
                        .textValue())
                .isEqualTo("Work");
    }

    @Test
    void hostileTextStaysText() {
        var directory = folder.resolve("hostile");
        try (var results = Results.open(directory)) {
            results.writeRun(Lines.run(RunRecord.Status.COMPLETE, 1, 1));
            var completion = Lines.branch(HOSTILE, 0, "0/0", HOSTILE, true, 5);
            results.append(new CompletionLine(
                    HOSTILE,
                    0,
                    "0/0",
                    HOSTILE,
                    0,
                    HOSTILE,
                    5,
                    Finish.STOP,
                    Optional.of(HOSTILE),
                    Optional.of(true),
                    1,
                    completion.logprob(),
                    completion.selfCertainty(),
                    completion.confidence(),
                    completion.score(),
                    Optional.of(HOSTILE),
                    Optional.of(HOSTILE),
                    completion.seconds()));
            var line = Lines.problem(HOSTILE, 0, HOSTILE, HOSTILE, true);
            results.append(new ProblemLine(
                    HOSTILE,
                    0,
                    line.status(),
                    line.answer(),
                    line.reference(),
                    line.correct(),
                    true,
                    line.votes(),
                    line.usage(),
                    line.finish(),
                    Optional.empty(),
                    Json.MAPPER.createObjectNode().put(HOSTILE, HOSTILE),
                    Optional.of(HOSTILE)));
        }
        Report.of(directory).writeTo(directory);

        browser.open(directory.resolve("report.html"));
        browser.evaluate("document.querySelector('#rows .id button').click()");
        waitFor("document.querySelector('.detail')?.dataset.ready");
        browser.evaluate("document.querySelector('.lane summary').click()");
        waitFor("document.querySelector('.lane pre')");

        assertThat(browser.evaluate("typeof window.stolen").textValue()).isEqualTo("undefined");
        assertThat(browser.evaluate("document.querySelectorAll('img').length").intValue())
                .isZero();
        for (var place : List.of(".id button", ".question", ".lane pre", ".votes .answer-text")) {
            assertThat(browser.evaluate("document.querySelector('%s').textContent".formatted(place))
                            .textValue())
                    .as(place)
                    .isEqualTo(HOSTILE);
        }
        assertThat(browser.console()).isEmpty();
    }

    @Test
    void aSettingThatIsNotSetIsNamedNone() {
        browser.open(page("settings", new SyntheticRun(3, 2, 1, 1, 1)));

        assertThat(browser.evaluate(
                                "[...document.querySelectorAll('#facts tr')].find(r => r.cells[0].textContent === 'budget').cells[1].textContent")
                        .textValue())
                .isEqualTo("none");
        assertThat(browser.evaluate("document.getElementById('facts').textContent.includes('null')")
                        .booleanValue())
                .isFalse();
    }

    @Test
    void thePolicyStopsAScriptThatIsNotOurs() {
        browser.open(page("policy", new SyntheticRun(3, 2, 1, 1, 1)));

        browser.evaluate(
                "const s = document.createElement('script'); s.textContent = 'window.stranger = 1'; document.head.append(s)");

        assertThat(browser.evaluate("typeof window.stranger").textValue()).isEqualTo("undefined");
        browser.forget();
    }

    @Test
    void followsTheColoursOfTheSystem() {
        browser.colours("dark");
        browser.open(page("dark", new SyntheticRun(5, 4, 1, 1, 1)));
        var dark = browser.evaluate("getComputedStyle(document.body).backgroundColor")
                .textValue();

        browser.colours("light");
        waitFor("document.documentElement.dataset.theme === 'light'");

        assertThat(dark).isEqualTo("rgb(22, 23, 26)");
        assertThat(browser.evaluate("getComputedStyle(document.body).backgroundColor")
                        .textValue())
                .isEqualTo("rgb(252, 251, 249)");
        assertThat(browser.console()).isEmpty();
    }

    @Test
    void opensARunOfOneCompletionAProblemAndOneWithNothingInIt() {
        browser.open(page("single", new SyntheticRun(12, 1, 1, 1, 1)));
        assertThat(browser.evaluate("document.querySelectorAll('#accuracy-by-k .scatterlayer .point').length")
                        .intValue())
                .isEqualTo(2);

        var directory = folder.resolve("nothing");
        try (var results = Results.open(directory)) {
            results.writeRun(Lines.run(RunRecord.Status.RUNNING, 5, 1));
        }
        Report.of(directory).writeTo(directory);
        browser.open(directory.resolve("report.html"));

        assertThat(browser.evaluate("document.getElementById('partial').textContent")
                        .textValue())
                .startsWith("This run is running: 0 of 5 attempts are done");
        assertThat(browser.console()).isEmpty();
    }

    private void waitFor(String condition) {
        browser.evaluate("new Promise(done => { const look = () => (%s) ? done(true) : setTimeout(look, 10); look(); })"
                .formatted(condition));
    }
}
