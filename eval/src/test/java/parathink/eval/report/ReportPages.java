package parathink.eval.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;

/** Pages of made-up runs, and what a browser shows of the one that is open. */
record ReportPages(Browser browser, Path folder) {
    /** The page of a run, written into a folder of that name. */
    Path page(String name, SyntheticRun run) {
        var directory = folder.resolve(name);
        run.write(directory);
        Report.of(directory).writeTo(directory);
        return directory.resolve("report.html");
    }

    int count(String selector) {
        return browser.evaluate("document.querySelectorAll('%s').length".formatted(selector))
                .intValue();
    }

    String text(String selector) {
        return browser.evaluate("document.querySelector('%s').textContent".formatted(selector))
                .textValue();
    }

    List<String> texts(String selector) {
        var list = browser.evaluate("[...document.querySelectorAll('%s')].map(e => e.textContent)".formatted(selector));
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::textValue)
                .toList();
    }

    String hash() {
        return browser.evaluate("location.hash").textValue();
    }

    void waitFor(String condition) {
        browser.evaluate("new Promise(done => { const look = () => (%s) ? done(true) : setTimeout(look, 10); look(); })"
                .formatted(condition));
    }
}
