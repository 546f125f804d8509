package io.millrace.app.features;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongFunction;

/**
 * Draws the rows of one symbol as lines, a panel per column, over a common axis, of time unless said otherwise. Of more rows than there are pixels each pixel
 * shows lowest and highest. Plain SVG, no script; the same rows give the same bytes.
 */
public final class SvgPlot implements RowSink {
    private static final int WIDTH = 960;
    private static final int LEFT = 90;
    private static final int RIGHT = 16;
    private static final int PANEL = 96;
    private static final int GAP = 24;
    private static final int TOP = 30;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final List<double[]> rows = new ArrayList<>();
    private final List<Long> times = new ArrayList<>();
    private final LongFunction<String> axis;
    private List<String> columns = List.of();
    private String symbol = "";

    /** Makes an empty plot over time. */
    public SvgPlot() {
        this(ms -> TIME.format(Instant.ofEpochMilli(ms)) + " UTC");
    }

    /**
     * Makes an empty plot over something else.
     *
     * @param axis what stands below the first and the last row, by what a row has as its time.
     */
    public SvgPlot(LongFunction<String> axis) {
        this.axis = axis;
    }

    @Override
    public void begin(List<String> columns) {
        this.columns = List.copyOf(columns);
    }

    @Override
    public void row(long timeMs, String symbol, double[] values) {
        if (rows.isEmpty()) {
            this.symbol = symbol;
        }
        if (this.symbol.equals(symbol)) {
            rows.add(values.clone());
            times.add(timeMs);
        }
    }

    /** Returns the plot as a document. */
    public String svg() {
        int height = TOP + columns.size() * (PANEL + GAP) + 20;
        StringBuilder svg = new StringBuilder(1 << 16);
        svg.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" "
                        + "font-family=\"sans-serif\" font-size=\"11\">%n<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>%n",
                WIDTH,
                height,
                WIDTH,
                height,
                WIDTH,
                height));
        text(svg, LEFT, 18, "start", symbol + ", " + rows.size() + " rows");
        for (int i = 0; i < columns.size(); i++) {
            panel(svg, i, TOP + i * (PANEL + GAP));
        }
        if (!times.isEmpty()) {
            text(svg, LEFT, height - 8, "start", axis.apply(times.get(0)));
            text(svg, WIDTH - RIGHT, height - 8, "end", axis.apply(times.get(times.size() - 1)));
        }
        return svg.append("</svg>\n").toString();
    }

    private void panel(StringBuilder svg, int column, int top) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double[] row : rows) {
            if (!Double.isNaN(row[column])) {
                low = Math.min(low, row[column]);
                high = Math.max(high, row[column]);
            }
        }
        svg.append(String.format(
                Locale.ROOT,
                "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"none\" stroke=\"#cccccc\"/>%n",
                LEFT,
                top,
                WIDTH - LEFT - RIGHT,
                PANEL));
        text(svg, LEFT + 4, top - 4, "start", columns.get(column));
        if (low > high) {
            text(svg, LEFT + 4, top + PANEL / 2, "start", "never ready");
            return;
        }
        text(svg, LEFT - 4, top + 10, "end", number(high));
        text(svg, LEFT - 4, top + PANEL, "end", number(low));
        line(svg, column, top, low, high == low ? 1 : high - low);
    }

    private void line(StringBuilder svg, int column, int top, double low, double range) {
        int pixels = WIDTH - LEFT - RIGHT;
        long first = times.get(0);
        long span = Math.max(1, times.get(times.size() - 1) - first);
        StringBuilder path = new StringBuilder();
        boolean isDown = false;
        int i = 0;
        while (i < rows.size()) {
            int pixel = (int) ((times.get(i) - first) * pixels / span);
            double least = Double.NaN;
            double most = Double.NaN;
            for (; i < rows.size() && (int) ((times.get(i) - first) * pixels / span) == pixel; i++) {
                double value = rows.get(i)[column];
                if (!Double.isNaN(value)) {
                    least = Double.isNaN(least) ? value : Math.min(least, value);
                    most = Double.isNaN(most) ? value : Math.max(most, value);
                }
            }
            if (Double.isNaN(least)) {
                isDown = false;
                continue;
            }
            path.append(String.format(
                    Locale.ROOT,
                    "%s%d %.1f",
                    isDown ? "L" : "M",
                    LEFT + pixel,
                    top + PANEL - (least - low) / range * PANEL));
            if (most > least) {
                path.append(String.format(Locale.ROOT, "V%.1f", top + PANEL - (most - low) / range * PANEL));
            }
            isDown = true;
        }
        svg.append("<path d=\"").append(path).append("\" fill=\"none\" stroke=\"#1f5f99\" stroke-width=\"1\"/>\n");
    }

    private static String number(double value) {
        return Math.abs(value) >= 1e6 || (value != 0 && Math.abs(value) < 1e-3)
                ? String.format(Locale.ROOT, "%.3g", value)
                : String.format(Locale.ROOT, "%.4f", value)
                        .replaceAll("0+$", "")
                        .replaceAll("\\.$", "");
    }

    private static void text(StringBuilder svg, int x, int y, String anchor, String text) {
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\" fill=\"#333333\">%s</text>%n",
                x,
                y,
                anchor,
                text.replace("&", "&amp;").replace("<", "&lt;")));
    }
}
