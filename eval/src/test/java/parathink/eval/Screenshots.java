package parathink.eval;

import java.nio.file.Files;
import java.nio.file.Path;

/** Takes the pictures by which the page is judged: {@code FOLDER}, in which a report was written, gets {@code *.png}. */
final class Screenshots {
    private Screenshots() {}

    public static void main(String[] arguments) throws Exception {
        var folder = Path.of(arguments[0]);
        try (var browser = Browser.start(Files.createTempDirectory("chromium"))) {
            for (var scheme : new String[] {"light", "dark"}) {
                browser.size(1280, 900);
                browser.colours(scheme);
                long began = System.nanoTime();
                browser.open(folder.resolve("report.html"));
                System.out.printf("%s: ready after %.2f s%n", scheme, (System.nanoTime() - began) / 1e9);
                browser.screenshot(folder.resolve(scheme + ".png"), 0, 1280, 900);
                browser.screenshot(folder.resolve(scheme + "-charts.png"), 620, 1280, 1150);
            }
            browser.colours("light");
            browser.open(folder.resolve("report.html"));
            openFirst(browser);
            int top = browser.evaluate("document.querySelector('#problems').offsetTop")
                    .intValue();
            browser.screenshot(folder.resolve("opened.png"), top, 1280, 1700);
            browser.size(390, 844);
            browser.open(folder.resolve("report.html"));
            openFirst(browser);
            browser.screenshot(folder.resolve("narrow-1.png"), 0, 390, 1700);
            browser.screenshot(folder.resolve("narrow-2.png"), 1700, 390, 1700);
            browser.screenshot(folder.resolve("narrow-3.png"), 3400, 390, 1700);
            browser.pdf(folder.resolve("printed.pdf"));
            System.out.println(browser.console());
        }
    }

    private static void openFirst(Browser browser) {
        browser.evaluate(
                "[...document.querySelectorAll('#rows tr')].find(r => r.textContent.includes('Lost')).querySelector('button').click()");
        browser.evaluate(
                "new Promise(done => { const look = () => document.querySelector('.detail').dataset.ready ? done(true) : setTimeout(look, 10); look(); })");
        browser.evaluate("document.querySelectorAll('.lane summary')[1].click()");
        browser.evaluate("new Promise(done => setTimeout(done, 200))");
    }
}
