package parathink.eval.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import parathink.eval.directory.Lines;
import parathink.eval.directory.Results;
import parathink.eval.directory.RunDirectory;
import parathink.eval.directory.RunRecord;
import parathink.eval.metrics.Metrics;

/** The figures of the page as a reader meets them, in a browser without a network. */
@Tag("browser")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ReportPageTest {
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
    void drawsEveryChartAsksForNothingAndKeepsTheConsoleClean() {
        int before = browser.requests().size();

        browser.open(pages.page("plain", new SyntheticRun(60, 32, 1, 4, 7)));

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
            assertThat(pages.count("#" + chart + " .scatterlayer .trace"))
                    .as(chart)
                    .isGreaterThan(1);
        }
        assertThat(pages.count("#equal-cost .scatterlayer .trace")).isEqualTo(6); // 1, 2, 4, 8, 16, 32 completions
        assertThat(pages.text("#phase .cautions")).contains("asymptotic");
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
    void savesTheDataOfAFigureAsCsv() {
        browser.open(pages.page("saved", new SyntheticRun(9, 4, 1, 1, 5)));
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
    void severalRunsStandInOnePage() {
        var first = folder.resolve("runs/a");
        var second = folder.resolve("runs/<b>");
        new SyntheticRun(20, 4, 1, 1, 1).write(first);
        new SyntheticRun(30, 8, 1, 1, 2).write(second);
        var reports = List.of(Report.of(first), Report.of(second));
        Report.write(reports, folder.resolve("both"), TraceChoice.FITTING);

        browser.open(folder.resolve("both/report.html"), "#run=%3Cb%3E&problem=made-0025");

        pages.waitFor("document.querySelector('.detail')?.dataset.ready");
        assertThat(pages.text("#title")).isEqualTo("2 runs on countdown-4");
        assertThat(pages.texts("#runs tbody th button")).containsExactly("a", "<b>");
        assertThat(pages.texts("#pareto .textpoint text")).containsExactlyInAnyOrder("a", "<b>");
        assertThat(pages.text("#result-title")).isEqualTo("<b>: self-consistency on countdown-4");
        assertThat(pages.count("#rows tr.row")).isEqualTo(30);
        browser.evaluate("document.querySelector('#runs tbody th button').click()");
        pages.waitFor("document.documentElement.dataset.ready && byId('result-title').textContent.startsWith('a:')");
        assertThat(pages.count("#rows tr.row")).isEqualTo(20);
        assertThat(pages.text("#runs tr.current th button")).isEqualTo("a");
        assertThat(browser.console()).isEmpty();
    }

    @Test
    void labelsOfManyRunsDoNotLieOnEachOther() {
        var reports = new ArrayList<Report>();
        for (int seed = 1; seed <= 14; seed++) {
            var run = folder.resolve("many/run-" + seed);
            new SyntheticRun(12, 4, 1, 1, seed).write(run); // all cost nearly the same
            reports.add(Report.of(run));
        }
        Report.write(reports, folder.resolve("all"), TraceChoice.NONE);

        browser.open(folder.resolve("all/report.html"), "");

        for (var chart : List.of("#pareto", "#run-curves")) {
            pages.waitFor("document.querySelector('%s .textpoint text')".formatted(chart));
            var pairs = browser.evaluate("""
                    (() => {
                      const boxes = [...document.querySelectorAll('%s .textpoint text')].filter(e => e.textContent).map(e => [e.textContent, e.getBoundingClientRect()]);
                      const over = [];
                      boxes.forEach(([a, p], i) => boxes.slice(i + 1).forEach(([b, q]) => {
                        if (p.left < q.right - 2 && p.right > q.left + 2 && p.top < q.bottom - 3 && p.bottom > q.top + 3) over.push(a + ' and ' + b);
                      }));
                      return [boxes.length, over.join()];
                    })()""".formatted(chart));
            assertThat(pairs.path(0).asInt()).as(chart).isGreaterThanOrEqualTo(4);
            assertThat(pairs.path(1).asText()).as(chart).isEmpty();
        }
        assertThat(browser.console()).isEmpty();
    }

    @Test
    void everythingHasANameForAScreenReader() {
        browser.open(pages.page("named", new SyntheticRun(10, 4, 1, 1, 4)));
        browser.evaluate("document.querySelector('#rows .id button').click()");
        pages.waitFor("document.querySelector('.detail')?.dataset.ready");

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
        browser.open(pages.page("narrow", new SyntheticRun(10, 4, 1, 1, 4)));
        browser.evaluate("document.querySelector('#rows .id button').click()");
        pages.waitFor("document.querySelector('.detail')?.dataset.ready");

        assertThat(browser.evaluate("document.documentElement.scrollWidth").intValue())
                .isEqualTo(400);
        browser.size(1280, 900);
    }

    @Test
    void aSettingThatIsNotSetIsNamedNone() {
        browser.open(pages.page("settings", new SyntheticRun(3, 2, 1, 1, 1)));

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
        browser.open(pages.page("policy", new SyntheticRun(3, 2, 1, 1, 1)));

        browser.evaluate(
                "const s = document.createElement('script'); s.textContent = 'window.stranger = 1'; document.head.append(s)");

        assertThat(browser.evaluate("typeof window.stranger").textValue()).isEqualTo("undefined");
        browser.forget();
    }

    @Test
    void followsTheColoursOfTheSystem() {
        browser.colours("dark");
        browser.open(pages.page("dark", new SyntheticRun(5, 4, 1, 1, 1)));
        var dark = browser.evaluate("getComputedStyle(document.body).backgroundColor")
                .textValue();

        browser.colours("light");
        pages.waitFor("document.documentElement.dataset.theme === 'light'");

        assertThat(dark).isEqualTo("rgb(18, 21, 25)");
        assertThat(browser.evaluate("getComputedStyle(document.body).backgroundColor")
                        .textValue())
                .isEqualTo("rgb(255, 255, 255)");
        assertThat(browser.console()).isEmpty();
    }

    @Test
    void opensRunsOfOneCompletionAProblemOfNothingAndOfErrorsAlone() {
        browser.open(pages.page("single", new SyntheticRun(12, 1, 1, 1, 1)));
        assertThat(pages.text("#curves .note")).startsWith("There is no curve").contains("only pass@1 can be told, ");
        assertThat(pages.count("#lengths .bars path")).isPositive();

        var directory = folder.resolve("nothing");
        try (var results = Results.open(directory)) {
            results.writeRun(Lines.run(RunRecord.Status.RUNNING, 5, 1));
        }
        Report.of(directory).writeTo(directory);
        browser.open(directory.resolve("report.html"));

        assertThat(browser.evaluate("document.getElementById('partial').textContent")
                        .textValue())
                .startsWith("This run is running: 0 of 5 attempts are done");
        assertThat(pages.text("#score .note")).isEqualTo("No attempt is finished yet.");
        assertThat(pages.text("#rows .none")).isEqualTo("No problem is finished yet.");
        assertThat(browser.console()).isEmpty();
        var failed = folder.resolve("failed");
        try (var results = Results.open(failed)) {
            results.writeRun(Lines.run(RunRecord.Status.COMPLETE, 2, 1));
            results.append(Lines.failed("a", 0, "out of memory"));
            results.append(Lines.failed("b", 0, "out of memory"));
        }
        Report.of(failed).writeTo(failed);
        browser.open(failed.resolve("report.html"));
        browser.evaluate("document.querySelector('#rows .id button').click()");
        pages.waitFor("document.querySelector('.detail')?.dataset.ready");

        assertThat(pages.text(".detail")).contains("out of memory").contains("There are no completions.");
        assertThat(browser.console()).isEmpty();
    }
}
