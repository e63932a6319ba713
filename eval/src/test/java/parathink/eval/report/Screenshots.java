package parathink.eval.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Takes the pictures by which the page is judged: {@code PAGE FOLDER} puts {@code *.png} and {@code printed.pdf} of a report
 * into a folder, and says how long it took to open.
 */
final class Screenshots {
    private final Browser browser;
    private final Path page;
    private final Path folder;

    private Screenshots(Browser browser, Path page, Path folder) {
        this.browser = browser;
        this.page = page;
        this.folder = folder;
    }

    public static void main(String[] arguments) throws Exception {
        var folder = Files.createDirectories(Path.of(arguments[1]));
        try (var browser = Browser.start(Files.createTempDirectory("chromium"))) {
            var pictures = new Screenshots(browser, Path.of(arguments[0]).toAbsolutePath(), folder);
            pictures.whole("light", 1280);
            pictures.whole("dark", 1280);
            pictures.whole("light", 400);
            browser.size(1280, 900);
            browser.pdf(folder.resolve("printed.pdf"));
            pictures.seen(
                    "print", "Emulation.setEmulatedMedia", Browser.params().put("media", "print"));
            pictures.seen(
                    "deuteranopia",
                    "Emulation.setEmulatedVisionDeficiency",
                    Browser.params().put("type", "deuteranopia"));
            System.out.println("console: " + browser.console());
        }
    }

    private void whole(String scheme, int width) throws IOException {
        browser.size(width, 900);
        browser.colours(scheme);
        long began = System.nanoTime();
        browser.open(page);
        double all = (System.nanoTime() - began) / 1e9;
        var navigation = browser.evaluate("Math.round(performance.getEntriesByName('usable')[0].startTime)");
        System.out.printf("%s %d: usable after %s ms, everything drawn after %.2f s%n", scheme, width, navigation, all);
        openOne();
        int height = browser.evaluate("document.documentElement.scrollHeight").intValue();
        System.out.printf(
                "%s %d: %d pixels high, %s wide%n",
                scheme, width, height, browser.evaluate("document.documentElement.scrollWidth"));
        for (int part = 0; part * 1800 < Math.min(height, 9000); part++) {
            var name = "%s-%d-%d.png".formatted(scheme, width, part + 1);
            browser.screenshot(folder.resolve(name), part * 1800, width, Math.min(1800, height - part * 1800));
        }
    }

    private void seen(String name, String method, ObjectNode params) throws IOException {
        browser.size(1000, 900);
        browser.colours("light");
        browser.open(page);
        openOne();
        browser.call(method, params);
        browser.evaluate("dispatchEvent(new Event('resize')); new Promise(done => setTimeout(done, 500))");
        int height = browser.evaluate("document.documentElement.scrollHeight").intValue();
        for (int part = 0; part * 1800 < Math.min(height, 7200); part++) {
            var file = folder.resolve("%s-%d.png".formatted(name, part + 1));
            browser.screenshot(file, part * 1800, 1000, Math.min(1800, height - part * 1800));
        }
    }

    private void openOne() {
        browser.evaluate(
                "(document.querySelector('#filter [data-fate=lost_vote]') || document.querySelector('#filter button'))?.click()");
        browser.evaluate("document.querySelector('#rows .id button')?.click()");
        browser.evaluate(
                "new Promise(done => { const look = () => !document.querySelector('.detail') || document.querySelector('.detail').dataset.ready ? done(true) : setTimeout(look, 10); look(); })");
    }
}
