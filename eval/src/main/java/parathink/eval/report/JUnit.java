package parathink.eval.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import parathink.eval.directory.Attempt;
import parathink.eval.directory.ProblemLine;
import parathink.eval.directory.Results;
import parathink.eval.directory.ResultsException;
import parathink.eval.directory.RunDirectory;
import parathink.eval.evidence.Fate;
import parathink.eval.evidence.Waterfall;
import parathink.eval.metrics.Metrics;
import parathink.eval.metrics.Trials;
import parathink.strategies.Decision;

/**
 * A run as JUnit XML, for the test pages of CI servers: one test case an attempt; a wrong or missing answer is a failure, an
 * error an error, and a problem without a reference is skipped.
 */
public final class JUnit {
    private JUnit() {}

    /**
     * Writes the file, whole or not at all.
     *
     * @throws ResultsException when it cannot be written
     */
    public static void write(RunDirectory directory, Path file) {
        var temporary = file.resolveSibling("." + file.getFileName() + ".new");
        try {
            var folder = file.toAbsolutePath().getParent();
            Files.createDirectories(folder);
            try (var out = Files.newOutputStream(temporary)) {
                var xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out, "UTF-8");
                write(directory, xml);
                xml.close();
            }
            Results.move(temporary, file);
        } catch (IOException | XMLStreamException e) {
            throw new ResultsException(
                    "%s: cannot be written (%s); choose another file with --junit".formatted(file, e.getMessage()), e);
        }
    }

    private static void write(RunDirectory directory, XMLStreamWriter xml) throws XMLStreamException {
        var seconds = new HashMap<Attempt, Double>();
        for (var line : directory.timing()) {
            seconds.merge(new Attempt(line.problem(), line.repeat()), line.seconds(), Double::sum);
        }
        var waterfall = Waterfall.of(Trials.of(directory));
        var fates = new HashMap<Attempt, Fate>();
        waterfall.cases().values().stream()
                .flatMap(List::stream)
                .forEach(one -> fates.put(new Attempt(one.problem(), one.repeat()), one.fate()));
        var run = directory.run();
        xml.writeStartDocument("UTF-8", "1.0");
        xml.writeCharacters("\n");
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", clean(run.strategy() + " on " + run.dataset()));
        xml.writeAttribute("tests", Integer.toString(directory.problems().size()));
        int errors = waterfall.count(Fate.ERROR);
        int skipped = waterfall.count(Fate.UNGRADED);
        int failures = directory.problems().size() - errors - skipped - waterfall.count(Fate.RIGHT);
        xml.writeAttribute("failures", Integer.toString(failures));
        xml.writeAttribute("errors", Integer.toString(errors));
        xml.writeAttribute("skipped", Integer.toString(skipped));
        xml.writeAttribute("time", time(Metrics.busySeconds(directory.timing())));
        for (var line : directory.problems()) {
            xml.writeCharacters("\n  ");
            writeCase(directory, line, fates.get(line.attempt()), seconds, xml);
        }
        xml.writeCharacters("\n");
        xml.writeEndElement();
        xml.writeEndDocument();
    }

    private static void writeCase(
            RunDirectory directory, ProblemLine line, Fate fate, Map<Attempt, Double> seconds, XMLStreamWriter xml)
            throws XMLStreamException {
        var run = directory.run();
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", clean(run.dataset() + "." + run.strategy()));
        xml.writeAttribute(
                "name", clean(run.repeats() == 1 ? line.problem() : line.problem() + ", repeat " + line.repeat()));
        xml.writeAttribute("time", time(seconds.getOrDefault(line.attempt(), 0.0)));
        switch (fate) {
            case RIGHT -> {}
            case ERROR ->
                writeCause(xml, "error", fate, run.decision(), line.error().orElse(""));
            case UNGRADED -> xml.writeEmptyElement("skipped");
            case LOST_VOTE, NOT_EXTRACTED, CUT_OFF, NEVER_SAMPLED, NO_ANSWER ->
                writeCause(xml, "failure", fate, run.decision(), gap(line));
        }
        xml.writeEndElement();
    }

    private static String gap(ProblemLine line) {
        return "expected %s, got %s"
                .formatted(
                        line.reference().orElse("another answer"), line.answer().orElse("no answer"));
    }

    private static void writeCause(XMLStreamWriter xml, String element, Fate fate, Decision decision, String message)
            throws XMLStreamException {
        xml.writeStartElement(element);
        xml.writeAttribute("type", fate.word());
        xml.writeAttribute("message", clean(message.isEmpty() ? fate.label(decision) : message));
        xml.writeCharacters(fate.meaning(decision));
        xml.writeEndElement();
    }

    private static String time(double seconds) {
        return String.format(Locale.ROOT, "%.3f", seconds);
    }

    /** XML has no way to write most control characters, nor halves of surrogate pairs: they become question marks. */
    private static String clean(String text) {
        var clean = new StringBuilder();
        text.codePoints().forEach(c -> {
            boolean allowed = c == '\t'
                    || c == '\n'
                    || c == '\r'
                    || (c >= 0x20 && c <= 0xd7ff)
                    || (c >= 0xe000 && c <= 0xfffd)
                    || c >= 0x10000;
            clean.appendCodePoint(allowed ? c : '?');
        });
        return clean.toString();
    }
}
