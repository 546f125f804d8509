package io.millrace.app.demo;

import io.millrace.app.runtime.RuntimeCounters;
import io.millrace.app.runtime.TelemetryModel;
import io.millrace.app.runtime.TelemetryModel.Book;
import io.millrace.app.runtime.TelemetryModel.Latency;
import io.millrace.app.terminal.TextTable;
import io.millrace.engine.status.CounterIds;
import io.millrace.engine.status.LatencyRecorder;
import java.io.PrintWriter;
import java.util.Locale;

/**
 * Shows a telemetry model in a terminal: written over in place on a terminal, one line a second elsewhere. Knows nothing but
 * the model.
 */
final class LiveView {
    private static final int SHOWN_BOOKS = 8;
    private static final double NS_PER_US = 1e3;
    private static final double NS_PER_S = 1e9;

    private final PrintWriter out;
    private final boolean isTerminal;
    private final TelemetryModel model;
    private final int symbols;
    private int shownLines;
    private long lastEvents;
    private long lastNs;
    private double eventsPerSecond;

    /**
     * Makes a view.
     *
     * @param out standard output or error.
     * @param isTerminal whether it understands cursor movements.
     * @param model to show.
     * @param symbols expected, for "8 of 8".
     * @param startNs nanoTime at the start.
     */
    LiveView(PrintWriter out, boolean isTerminal, TelemetryModel model, int symbols, long startNs) {
        this.out = out;
        this.isTerminal = isTerminal;
        this.model = model;
        this.symbols = symbols;
        this.lastNs = startNs;
    }

    /**
     * Shows the model now.
     *
     * @param title what runs and for how long.
     * @param nowNs nanoTime.
     */
    void show(String title, long nowNs) {
        long events = events();
        if (nowNs > lastNs) {
            eventsPerSecond = (events - lastEvents) * NS_PER_S / (nowNs - lastNs);
        }
        lastEvents = events;
        lastNs = nowNs;
        if (isTerminal) {
            showInPlace(title);
        } else {
            out.println(title + "  " + line());
        }
        out.flush();
    }

    /** Leaves what is shown and goes on below it. */
    void end() {
        shownLines = 0;
    }

    long events() {
        return model.counter(CounterIds.SLOTS);
    }

    int liveBooks() {
        return model.liveBooks();
    }

    private String line() {
        Latency total = model.latencies().get(LatencyRecorder.TOTAL);
        return String.format(
                Locale.ROOT,
                "books %d/%d  events %,.0f/s  commands %,d  journal %,d  total p50 %s p99 %s us  gaps %,d  resyncs %,d",
                liveBooks(),
                symbols,
                eventsPerSecond,
                model.counter(CounterIds.COMMANDS_ACCEPTED),
                model.counter(RuntimeCounters.JOURNAL_SEQUENCE),
                total == null ? "-" : us(total.p50Ns()),
                total == null ? "-" : us(total.p99Ns()),
                gaps(),
                resyncs());
    }

    private void showInPlace(String title) {
        StringBuilder text = new StringBuilder();
        text.append(title).append('\n').append('\n');
        text.append(String.format(
                Locale.ROOT,
                "books    %d of %d live, %,d gaps, %,d resyncs%n",
                liveBooks(),
                symbols,
                gaps(),
                resyncs()));
        text.append(String.format(Locale.ROOT, "events   %,.0f/s, %,d so far%n", eventsPerSecond, events()));
        text.append(String.format(
                Locale.ROOT, "commands %,d to the gateways%n", model.counter(CounterIds.COMMANDS_ACCEPTED)));
        text.append(String.format(
                Locale.ROOT,
                "journal  input %,d, output %,d%n%n",
                model.counter(RuntimeCounters.JOURNAL_SEQUENCE),
                model.counter(RuntimeCounters.OUTPUT_INDEX)));
        TextTable latency = new TextTable("latency, us", "p50", "p90", "p99", "p99.9", "max");
        model.latencies()
                .forEach((hop, l) -> latency.row(
                        LatencyRecorder.name(hop),
                        us(l.p50Ns()),
                        us(l.p90Ns()),
                        us(l.p99Ns()),
                        us(l.p999Ns()),
                        us(l.maxNs())));
        text.append(latency).append('\n');
        TextTable books = new TextTable("book", "state", "bid levels", "ask levels", "gaps", "resyncs");
        model.books().values().stream()
                .limit(SHOWN_BOOKS)
                .forEach(book -> books.row(
                        book.symbol(), book.state(), book.bidLevels(), book.askLevels(), book.gaps(), book.resyncs()));
        text.append(books);
        String shown = text.toString().replace("\r", "");
        if (shownLines > 0) {
            out.print("\u001b[" + shownLines + "F");
        }
        // Erase what an earlier, longer line left.
        out.print(shown.replace("\n", "\u001b[K\n") + "\u001b[J");
        shownLines = (int) shown.chars().filter(c -> c == '\n').count();
    }

    private long gaps() {
        return model.books().values().stream().mapToLong(Book::gaps).sum();
    }

    private long resyncs() {
        return model.books().values().stream().mapToLong(Book::resyncs).sum();
    }

    static String us(long ns) {
        return String.format(Locale.ROOT, "%,.1f", ns / NS_PER_US);
    }
}
