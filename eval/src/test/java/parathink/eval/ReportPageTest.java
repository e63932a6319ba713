package parathink.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import parathink.eval.evidence.Fate;

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
        for (var chart : List.of("selections", "calibration", "abstention", "truncation", "laws", "residuals")) {
            assertThat(count("#" + chart + " .scatterlayer .trace")).as(chart).isGreaterThan(1);
        }
        assertThat(count("#equal-cost .scatterlayer .trace")).isEqualTo(6); // 1, 2, 4, 8, 16, 32 completions
        assertThat(text("#phase .cautions")).contains("asymptotic");
        for (var chart : List.of("accuracy-by-k", "accuracy-by-tokens")) { // the names of the lines lie inside the axes
            assertThat(browser.evaluate(
                                    "[...document.querySelectorAll('#%s .annotation')].map(a => a.textContent).join()"
                                            .formatted(chart))
                            .textValue())
                    .isEqualTo("pass@k,cons@k");
        }
        assertThat(browser.evaluate("document.querySelectorAll('#waterfall .bars path').length")
                        .intValue())
                .isEqualTo(8); // graded, six ways to lose, right
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
        browser.evaluate("document.querySelectorAll('.lanes .lane')[2].querySelector('.read').click()");

        assertThat(texts(".votes li .answer-text"))
                .startsWith(line.votes().getFirst().answer());
        assertThat(count(".lanes .lane")).isEqualTo(5);
        var completions = directory.completions(line.attempt());
        assertThat(text(".pane pre")).isEqualTo(completions.get(2).text());
        assertThat(text(".pane mark")).isEqualTo(completions.get(2).answer().orElse(""));
        assertThat(hash()).isEqualTo("#problem=%s&completion=0/2".formatted(line.problem()));
        browser.evaluate("document.querySelectorAll('#rows .id button')[%d].click()".formatted(at));
        assertThat(count(".detail")).isZero();
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
        waitFor("document.querySelector('.detail')?.dataset.ready");

        assertThat(browser.evaluate(
                                "[...document.querySelectorAll('.lanes .track > i')].map(i => i.style.left + ' ' + i.style.width).join()")
                        .textValue())
                .isEqualTo("0% 40%,40% 40%,80% 20%"); // of 100 + 100 + 50 tokens, the longest chain
        assertThat(texts(".lanes .why")).containsExactly("ended", "pruned: low confidence", "met the limit");
        assertThat(count(".lanes .link")).isEqualTo(2);
        assertThat(count(".lanes .end.cancelled")).isEqualTo(1);
        assertThat(texts(".pane .kind")).containsExactly("Right, answer 5", "Cancelled, answer 7");
        browser.evaluate("document.querySelector('[data-path=\"0/1\"] .beside').click()");
        assertThat(texts(".pane .kind")).containsExactly("Right, answer 5", "Cut off, answer 9");
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
    void savesTheDataOfAFigureAsCsv() {
        browser.open(page("saved", new SyntheticRun(9, 4, 1, 1, 5)));
        var metrics = Metrics.of(RunDirectory.read(folder.resolve("saved")));

        var curve = saved("#curves figure:first-child .actions button:last-child");
        var problems = saved("#save-problems");

        assertThat(curve.path("name").textValue()).isEqualTo("accuracy-by-k.csv");
        var lines = curve.path("text").textValue().lines().toList();
        assertThat(lines).hasSize(5);
        assertThat(lines.getFirst()).isEqualTo("k,cons,cons_low,cons_high,pass,pass_low,pass_high,work,span");
        var third = lines.get(3).split(",", -1);
        assertThat(Double.parseDouble(third[1]))
                .isEqualTo(metrics.curve().get(2).cons().value());
        assertThat(Double.parseDouble(third[5]))
                .isEqualTo(metrics.curve().get(2).pass().low());
        assertThat(problems.path("text").textValue().lines())
                .hasSize(10)
                .anyMatch(row -> row.startsWith("made-0008,0,"));
    }

    /** What a button saves: the name of the file and its text. */
    private JsonNode saved(String button) {
        return browser.evaluate("""
                new Promise(done => {
                  const make = URL.createObjectURL;
                  let blob;
                  URL.createObjectURL = given => { blob = given; return make.call(URL, given); };
                  HTMLAnchorElement.prototype.click = function () { blob.text().then(text => done({ name: this.download, text })); };
                  document.querySelector('%s').click();
                  URL.createObjectURL = make;
                  delete HTMLAnchorElement.prototype.click;
                })""".formatted(button));
    }

    @Test
    void anAddressOpensAProblemAndACompletionOfIt() {
        var page = page("linked", new SyntheticRun(150, 3, 2, 1, 2));

        browser.open(page, "#problem=made-0140&repeat=1&completion=0/2"); // beyond the rows shown at first

        waitFor("document.querySelector('.detail')?.dataset.ready");
        assertThat(text("tr.pinned .id")).isEqualTo("made-0140");
        assertThat(text("tr.pinned td:nth-child(2)")).isEqualTo("1");
        assertThat(text(".read[aria-pressed=true] .who")).isEqualTo("0/2");
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
        waitFor("document.querySelector('.detail')?.dataset.ready");
        assertThat(browser.evaluate("heat.canvas.getAttribute('aria-valuetext')")
                        .textValue())
                .isEqualTo("hard: 1 wrong");
        assertThat(hash()).isEqualTo("#problem=hard");
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
        assertThat(text("#left-out"))
                .startsWith("The texts of 2 of %d attempts are kept in this page".formatted(12 - failed));
        var without = browser.evaluate(
                "problems.find(problem => problem.endings.length && !byId(`trace-0-${problem.index}`)).index");
        browser.evaluate(
                "document.querySelector('tr[data-index=\"%d\"] .id button').click()".formatted(without.intValue()));
        waitFor("document.querySelector('.detail')?.dataset.ready");
        assertThat(text(".detail")).contains("The texts of this problem are not kept in this page.");
        assertThat(count(".votes li")).isPositive();
    }

    @Test
    void severalRunsStandInOnePage() {
        var first = folder.resolve("runs/a");
        var second = folder.resolve("runs/<b>");
        new SyntheticRun(20, 4, 1, 1, 1).write(first);
        new SyntheticRun(30, 8, 1, 1, 2).write(second);
        var reports = List.of(Report.of(first), Report.of(second));
        Report.write(reports, folder.resolve("both"), TraceChoice.FITTING);

        browser.open(folder.resolve("both/report.html"), "#run=%3Cb%3E&problem=made-0025");

        waitFor("document.querySelector('.detail')?.dataset.ready");
        assertThat(text("#title")).isEqualTo("2 runs on countdown-4");
        assertThat(texts("#runs tbody th button")).containsExactly("a", "<b>");
        assertThat(texts("#pareto .textpoint text")).containsExactlyInAnyOrder("a", "<b>");
        assertThat(text("#result-title")).isEqualTo("<b>: self-consistency on countdown-4");
        assertThat(count("#rows tr.row")).isEqualTo(30);
        browser.evaluate("document.querySelector('#runs tbody th button').click()");
        waitFor("document.documentElement.dataset.ready && byId('result-title').textContent.startsWith('a:')");
        assertThat(count("#rows tr.row")).isEqualTo(20);
        assertThat(text("#runs tr.current th button")).isEqualTo("a");
        assertThat(browser.console()).isEmpty();
    }

    @Test
    void everythingHasANameForAScreenReader() {
        browser.open(page("named", new SyntheticRun(10, 4, 1, 1, 4)));
        browser.evaluate("document.querySelector('#rows .id button').click()");
        waitFor("document.querySelector('.detail')?.dataset.ready");

        var nameless = browser.evaluate("""
                [...document.querySelectorAll('button, a, input, select, canvas, [role=img], section, [role=group]')]
                  .filter(e => !e.closest('.main-svg') && !e.hidden && e.offsetParent !== null)
                  .filter(e => !(e.getAttribute('aria-label') || e.getAttribute('aria-labelledby') || e.textContent).trim())
                  .map(e => e.outerHTML).join()""");
        var twice = browser.evaluate(
                "[...document.querySelectorAll('[id]')].map(e => e.id).filter((id, i, all) => all.indexOf(id) !== i).join()");

        assertThat(nameless.textValue()).isEmpty();
        assertThat(twice.textValue()).isEmpty();
    }

    @Test
    void nothingIsWiderThanANarrowScreen() {
        browser.size(400, 800);
        browser.open(page("narrow", new SyntheticRun(10, 4, 1, 1, 4)));
        browser.evaluate("document.querySelector('#rows .id button').click()");
        waitFor("document.querySelector('.detail')?.dataset.ready");

        assertThat(browser.evaluate("document.documentElement.scrollWidth").intValue())
                .isEqualTo(400);
        browser.size(1280, 900);
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
        waitFor("document.querySelector('.detail')?.dataset.ready");

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

        assertThat(dark).isEqualTo("rgb(18, 21, 25)");
        assertThat(browser.evaluate("getComputedStyle(document.body).backgroundColor")
                        .textValue())
                .isEqualTo("rgb(255, 255, 255)");
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

    private int count(String selector) {
        return browser.evaluate("document.querySelectorAll('%s').length".formatted(selector))
                .intValue();
    }

    private String text(String selector) {
        return browser.evaluate("document.querySelector('%s').textContent".formatted(selector))
                .textValue();
    }

    private List<String> texts(String selector) {
        var list = browser.evaluate("[...document.querySelectorAll('%s')].map(e => e.textContent)".formatted(selector));
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::textValue)
                .toList();
    }

    private String hash() {
        return browser.evaluate("location.hash").textValue();
    }

    private void waitFor(String condition) {
        browser.evaluate("new Promise(done => { const look = () => (%s) ? done(true) : setTimeout(look, 10); look(); })"
                .formatted(condition));
    }
}
