package parathink.eval.bench;

import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * Speed by number of rows, both on scales where a doubling is always as far; a mark has the lowest and the highest round.
 *
 * @param title read out in place of the picture
 * @param lines at least one, with points in the order of their rows
 */
record SpeedChart(String title, List<Line> lines) {
    private static final List<String> COLOURS = List.of("--first", "--second", "--third", "--fourth");
    private static final int WIDTH = 480;
    private static final int HEIGHT = 300;
    private static final int LEFT = 56;
    private static final int RIGHT = 16;
    private static final int TOP = 12;
    private static final int BOTTOM = 32;
    private static final int LEGEND = 18; // a line of it

    /** One engine's speeds. */
    record Line(String name, List<Point> points) {
        Line {
            points = List.copyOf(points);
        }
    }

    /** Tokens a second with so many rows. */
    record Point(int rows, Speeds speeds) {}

    SpeedChart {
        lines = List.copyOf(lines);
    }

    String svg() {
        int height = HEIGHT + LEGEND * lines.size();
        var svg = new StringBuilder("<svg class=\"chart\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n"
                .formatted(WIDTH, height, BenchPage.escaped(title)));
        speedRules(svg);
        rowLabels(svg);
        for (int i = 0; i < lines.size(); i++) {
            draw(svg, lines.get(i), "var(%s)".formatted(COLOURS.get(i % COLOURS.size())));
            int y = HEIGHT + LEGEND * i + 8;
            svg.append("<rect x=\"%d\" y=\"%d\" width=\"14\" height=\"3\" style=\"fill: var(%s)\"/>"
                    .formatted(LEFT, y, COLOURS.get(i % COLOURS.size())));
            text(svg, LEFT + 22, y + 6, "start", lines.get(i).name());
        }
        return svg.append("</svg>\n").toString();
    }

    private void speedRules(StringBuilder svg) {
        for (double speed = lowest(); speed <= highest() * 1.0001; speed *= 2) {
            double y = y(speed);
            svg.append(String.format(
                    Locale.ROOT,
                    "<line class=\"rule\" x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\"/>",
                    LEFT,
                    y,
                    WIDTH - RIGHT,
                    y));
            text(svg, LEFT - 6, y + 4, "end", String.format(Locale.ROOT, "%.0f", speed));
        }
    }

    private void rowLabels(StringBuilder svg) {
        lines.getFirst()
                .points()
                .forEach(point -> text(svg, x(point.rows()), HEIGHT - 10, "middle", Integer.toString(point.rows())));
    }

    private void draw(StringBuilder svg, Line line, String colour) {
        var path = new StringBuilder();
        for (var point : line.points()) {
            double x = x(point.rows());
            path.append(
                    String.format(Locale.ROOT, "%.1f,%.1f ", x, y(point.speeds().median())));
            svg.append(String.format(
                    Locale.ROOT,
                    "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" style=\"stroke: %s\"/>",
                    x,
                    y(point.speeds().low()),
                    x,
                    y(point.speeds().high()),
                    colour));
            svg.append(String.format(
                    Locale.ROOT,
                    "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\" style=\"fill: %s\"/>",
                    x,
                    y(point.speeds().median()),
                    colour));
        }
        svg.append("<polyline class=\"line\" points=\"%s\" style=\"stroke: %s\"/>\n"
                .formatted(path.toString().strip(), colour));
    }

    private static void text(StringBuilder svg, double x, double y, String anchor, String text) {
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>\n",
                x,
                y,
                anchor,
                BenchPage.escaped(text)));
    }

    private double x(int rows) {
        double fewest = lines.getFirst().points().getFirst().rows();
        double most = lines.getFirst().points().getLast().rows();
        double share = most == fewest ? 0.5 : Math.log(rows / fewest) / Math.log(most / fewest);
        return LEFT + 16 + share * (WIDTH - LEFT - RIGHT - 32);
    }

    private double y(double speed) {
        double share = Math.log(speed / lowest()) / Math.log(highest() / lowest());
        return HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP);
    }

    /** The power of two below the slowest round, so that the scale has whole doublings. */
    private double lowest() {
        return Math.pow(2, Math.floor(log2(speeds().min().orElseThrow())));
    }

    private double highest() {
        double power = Math.ceil(log2(speeds().max().orElseThrow()));
        return Math.max(2 * lowest(), Math.pow(2, power));
    }

    private DoubleStream speeds() {
        return lines.stream()
                .flatMap(line -> line.points().stream())
                .flatMapToDouble(point -> point.speeds().rounds().stream().mapToDouble(Double::doubleValue));
    }

    private static double log2(double value) {
        return Math.log(value) / Math.log(2);
    }
}
