package parathink.eval.report;

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
import parathink.eval.directory.CompletionLine;
import parathink.eval.directory.Finish;
import parathink.eval.directory.Json;
import parathink.eval.directory.Lines;
import parathink.eval.directory.ProblemLine;
import parathink.eval.directory.Results;
import parathink.eval.directory.RunDirectory;
import parathink.eval.directory.RunRecord;
import parathink.eval.evidence.Fate;
import parathink.eval.metrics.Metrics;

/** The problems of the page and what opens under them, in a browser without a network. */
@Tag("browser")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ReportProblemsTest {
    private static final String HOSTILE =
            "</script><script>window.stolen=1</script><img src=x onerror=\"window.stolen=2\">\u2028";

    private Path folder;
    private ReportPages pages;
    private Browser browser;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        this.folder = folder;
        assumeTrue(Browser.isInstalled(), "there is no chromium on the PATH; install it to test the report's page");
        browser = Browser.start(folder.resolve("profile"));
        pages = new ReportPages(browser, folder);
    }

    @AfterAll
    void stop() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void opensAProblemToItsVotesAndTraces() {
        var run = new SyntheticRun(20, 5, 1, 4, 7);
        browser.open(pages.page("traces", run));
        var directory = RunDirectory.read(folder.resolve("traces"));
        int at = 0;
        while (directory.problems().get(at).votes().size() < 2) {
            at++;
        }
        var line = directory.problems().get(at);

        browser.evaluate("document.querySelectorAll('#rows .id button')[%d].click()".formatted(at));
        pages.waitFor("document.querySelector('.detail')?.dataset.ready");
        browser.evaluate("document.querySelectorAll('.lanes .lane')[2].querySelector('.read').click()");

        assertThat(pages.texts(".votes li .answer-text"))
                .startsWith(line.votes().getFirst().answer());
        assertThat(pages.count(".lanes .lane")).isEqualTo(5);
        var completions = directory.completions(line.attempt());
        assertThat(pages.text(".pane pre")).isEqualTo(completions.get(2).text());
        assertThat(pages.text(".pane mark"))
                .isEqualTo(completions.get(2).answer().orElse(""));
        assertThat(pages.hash()).isEqualTo("#problem=%s&completion=0/2".formatted(line.problem()));
        browser.evaluate("document.querySelectorAll('#rows .id button')[%d].click()".formatted(at));
        assertThat(pages.count(".detail")).isZero();
        assertThat(browser.console()).isEmpty();
    }

    @Test
    void drawsTheForkTreeOnOneAxisOfTokensWithWhyBranchesEnded() {
        var directory = folder.resolve("tree");
        try (var results = Results.open(directory)) {
            results.writeRun(Lines.run(RunRecord.Status.COMPLETE, 1, 1));
            results.append(Lines.problem("a", 0, "5", "5", true));
            results.append(branch("0/0", 100, Finish.STOP, Optional.empty(), Optional.empty(), "5"));
            results.append(
                    branch("0/0/0", 100, Finish.CANCELLED, Optional.of("low confidence"), Optional.empty(), "7"));
            results.append(branch("0/1", 50, Finish.LENGTH, Optional.empty(), Optional.of("0/0/0"), "9"));
        }
        Report.of(directory).writeTo(directory);

        browser.open(directory.resolve("report.html"));
        browser.evaluate("document.querySelector('#rows .id button').click()");
        pages.waitFor("document.querySelector('.detail')?.dataset.ready");

        assertThat(browser.evaluate(
                                "[...document.querySelectorAll('.lanes .track > i')].map(i => i.style.left + ' ' + i.style.width).join()")
                        .textValue())
                .isEqualTo("0% 40%,40% 40%,80% 20%"); // of 100 + 100 + 50 tokens, the longest chain
        assertThat(pages.texts(".lanes .why")).containsExactly("ended", "pruned: low confidence", "met the limit");
        assertThat(pages.count(".lanes .link")).isEqualTo(2);
        assertThat(pages.count(".lanes .end.cancelled")).isEqualTo(1);
        assertThat(pages.texts(".pane .kind")).containsExactly("Right, answer 5", "Cancelled, answer 7");
        browser.evaluate("document.querySelector('[data-path=\"0/1\"] .beside').click()");
        assertThat(pages.texts(".pane .kind")).containsExactly("Right, answer 5", "Cut off, answer 9");
    }

    private static CompletionLine branch(
            String path,
            int tokens,
            Finish finish,
            Optional<String> stoppedBy,
            Optional<String> parent,
            String answer) {
        var plain = Lines.branch("a", 0, path, answer, answer.equals("5"), tokens);
        return new CompletionLine(
                "a",
                0,
                path,
                "branch",
                0,
                "I say " + answer,
                tokens,
                finish,
                plain.answer(),
                plain.correct(),
                1,
                plain.logprob(),
                plain.selfCertainty(),
                plain.confidence(),
                plain.score(),
                stoppedBy,
                parent,
                Optional.empty(),
                plain.seconds());
    }

    @Test
    void anAddressOpensAProblemAndACompletionOfIt() {
        var page = pages.page("linked", new SyntheticRun(150, 3, 2, 1, 2));

        browser.open(page, "#problem=made-0140&repeat=1&completion=0/2"); // beyond the rows shown at first

        pages.waitFor("document.querySelector('.detail')?.dataset.ready");
        assertThat(pages.text("tr.pinned .id")).isEqualTo("made-0140");
        assertThat(pages.text("tr.pinned td:nth-child(2)")).isEqualTo("1");
        assertThat(pages.text(".read[aria-pressed=true] .who")).isEqualTo("0/2");
    }

    @Test
    void paintsEveryCompletionAndOpensAProblemByKeyboard() {
        var directory = folder.resolve("heat");
        try (var results = Results.open(directory)) {
            results.writeRun(Lines.run(RunRecord.Status.COMPLETE, 2, 1));
            results.append(Lines.problem("hard", 0, "7", "5", false));
            results.append(Lines.branch("hard", 0, "0/0", "7", false, 5));
            results.append(Lines.problem("easy", 0, "5", "5", true));
            results.append(Lines.branch("easy", 0, "0/0", "5", true, 5));
        }
        Report.of(directory).writeTo(directory);

        browser.open(directory.resolve("report.html"));
        var pixels = browser.evaluate("""
                {
                  const row = heat.canvas.getContext('2d').getImageData(0, 100, heat.canvas.width, 1).data;
                  [2, Math.floor(heat.step) + 2].map(x =>
                    '#' + [...row.slice(4 * x, 4 * x + 3)].map(part => part.toString(16).padStart(2, '0')).join('')).join();
                }""");
        browser.evaluate("heat.canvas.focus()");
        browser.press("ArrowRight");
        browser.press("Enter");

        assertThat(pixels.textValue()).isEqualTo("#0f6cb6,#d1570d"); // right first, then wrong
        pages.waitFor("document.querySelector('.detail')?.dataset.ready");
        assertThat(browser.evaluate("heat.canvas.getAttribute('aria-valuetext')")
                        .textValue())
                .isEqualTo("hard: 1 wrong");
        assertThat(pages.hash()).isEqualTo("#problem=hard");
    }

    @Test
    void keepsTheTextsOfSomeAttemptsAndSaysSo() {
        var directory = folder.resolve("some");
        new SyntheticRun(12, 3, 1, 1, 4).write(directory);

        var leftOut = Report.write(List.of(Report.of(directory)), directory, TraceChoice.attempts(2));

        int failed = Report.of(directory).metrics().fates().get(Fate.ERROR);
        assertThat(leftOut)
                .containsExactly("some: the page keeps the texts of 2 of %d attempts; --traces all keeps every one"
                        .formatted(12 - failed));
        browser.open(directory.resolve("report.html"));
        assertThat(pages.text("#left-out"))
                .startsWith("The texts of 2 of %d attempts are kept in this page".formatted(12 - failed));
        var without = browser.evaluate(
                "problems.find(problem => problem.endings.length && !byId(`trace-0-${problem.index}`)).index");
        browser.evaluate(
                "document.querySelector('tr[data-index=\"%d\"] .id button').click()".formatted(without.intValue()));
        pages.waitFor("document.querySelector('.detail')?.dataset.ready");
        assertThat(pages.text(".detail")).contains("The texts of this problem are not kept in this page.");
        assertThat(pages.count(".votes li")).isPositive();
    }

    @Test
    void filtersSearchesAndSortsTheProblems() {
        browser.open(pages.page("table", new SyntheticRun(80, 8, 1, 2, 3)));
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
                    Optional.empty(),
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
                    Optional.of(HOSTILE),
                    Optional.empty()));
        }
        Report.of(directory).writeTo(directory);

        browser.open(directory.resolve("report.html"));
        browser.evaluate("document.querySelector('#rows .id button').click()");
        pages.waitFor("document.querySelector('.detail')?.dataset.ready");

        assertThat(browser.evaluate("typeof window.stolen").textValue()).isEqualTo("undefined");
        assertThat(browser.evaluate("document.querySelectorAll('img').length").intValue())
                .isZero();
        for (var place : List.of(".id button", ".question", ".pane pre", ".votes .answer-text")) {
            assertThat(browser.evaluate("document.querySelector('%s').textContent".formatted(place))
                            .textValue())
                    .as(place)
                    .isEqualTo(HOSTILE);
        }
        assertThat(browser.console()).isEmpty();
    }
}
