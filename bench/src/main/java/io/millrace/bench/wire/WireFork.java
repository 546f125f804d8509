package io.millrace.bench.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntPredicate;
import net.openhft.affinity.Affinity;
import org.HdrHistogram.Histogram;

/**
 * One subject, measured once: started, warmed up, measured, stopped.
 *
 * <p><b>Thread:</b> the one that calls {@link #run}; it spins meanwhile.
 */
final class WireFork implements LoopbackVenue.Listener {
    private static final long READY_NS = TimeUnit.SECONDS.toNanos(90);
    private static final long SETTLE_NS = TimeUnit.MILLISECONDS.toNanos(300);
    private static final long LAST_ANSWERS_NS = TimeUnit.SECONDS.toNanos(2);
    private static final long IDLE_NS = 200_000;
    private static final long REPORT_SECONDS = 60;
    private static final int MAX_BUNCH = 32;
    private static final int RAMP = 16;
    private static final long CALM_MS = 20;
    private static final long LONGEST_WARM_UP_NS = TimeUnit.SECONDS.toNanos(90);
    private static final String LOGON = "\"session.logon\"";

    private final WireSettings settings;
    private final WireTape tape;
    private final Path directory;
    private final WireTimes times = new WireTimes();
    private final PlacedOrder order = new PlacedOrder();
    private final OrderAnswer ended = ApiAnswers.ended();
    private final OrderAnswer endedOnStream = ApiAnswers.endedOnStream();
    private final IntPredicate isBidOf = this::isBidOf;
    private final IntPredicate isAskOf = this::isAskOf;
    private LoopbackVenue venue;
    private WireChannel books;
    private WireChannel trades;
    private int next;
    private int tickers;
    private long orders;
    private long answeredE8;
    private boolean isResting;

    /**
     * What came of it.
     *
     * @param label of the way.
     * @param fromDue from when a frame was due to its answer.
     * @param fromSent from when it was sent.
     * @param missing frames without the answer that they asked for.
     * @param framesPerSecond that left while it was measured.
     * @param warmUpSeconds before that.
     * @param report of the subject.
     */
    record Result(
            String label,
            Histogram fromDue,
            Histogram fromSent,
            long missing,
            double framesPerSecond,
            double warmUpSeconds,
            JsonNode report) {}

    WireFork(WireSettings settings, WireTape tape, Path directory) {
        this.settings = settings;
        this.tape = tape;
        this.directory = directory;
    }

    /** Measures. */
    Result run() throws IOException, InterruptedException {
        WireTls tls = settings.isSecure() ? WireTls.make(directory) : WireTls.NONE;
        try (LoopbackVenue opened = new LoopbackVenue(tls.context(), this)) {
            venue = opened;
            return settings.subject() == WireSettings.Subject.ENGINE ? engine(opened, tls) : echo(opened);
        }
    }

    private Result echo(LoopbackVenue venue) throws IOException, InterruptedException {
        List<String> arguments = List.of(
                venue.base() + LoopbackVenue.ECHO,
                String.valueOf(settings.everyTickers()),
                String.valueOf(settings.cores().subject()),
                settings.idle().equals("spin") ? "busy-spin" : settings.idle(),
                String.valueOf(settings.subject() == WireSettings.Subject.RELAY));
        try (SubjectProcess subject = new SubjectProcess(settings.jvm(), EchoSubject.class, arguments)) {
            awaitReady(venue, subject);
            books = venue.channel(LoopbackVenue.ECHO);
            trades = books;
            return measure(venue, subject);
        }
    }

    private Result engine(LoopbackVenue venue, WireTls tls) throws IOException, InterruptedException {
        Path key = directory.resolve("key.pem");
        try (VenueFront front = new VenueFront(tape.snapshot(), key)) {
            Path config = directory.resolve("config.yaml");
            Files.writeString(config, EngineConfigText.of(settings, venue, front, directory, key));
            List<String> arguments =
                    new ArrayList<>(List.of(config.toString(), String.valueOf(settings.isJournaled())));
            if (tls.certificate() != null) {
                arguments.add(tls.certificate().toString());
            }
            try (SubjectProcess subject = new SubjectProcess(settings.jvm(), EngineSubject.class, arguments)) {
                awaitReady(venue, subject);
                while (venue.channel(LoopbackVenue.MARKET) == null || venue.channel(LoopbackVenue.PUBLIC) == null) {
                    idle(venue, subject);
                }
                books = venue.channel(LoopbackVenue.PUBLIC);
                trades = venue.channel(LoopbackVenue.MARKET);
                return measure(venue, subject);
            }
        }
    }

    private void awaitReady(LoopbackVenue venue, SubjectProcess subject) throws IOException {
        long deadlineNs = System.nanoTime() + READY_NS;
        while (!SubjectProcess.READY.equals(subject.poll())) {
            idle(venue, subject);
            if (System.nanoTime() - deadlineNs > 0) {
                throw new IOException("the " + settings.label() + " was not ready in time: see what it wrote above");
            }
        }
    }

    private static void idle(LoopbackVenue venue, SubjectProcess subject) throws IOException {
        if (!subject.isAlive()) {
            throw new IOException("the measured process ended early: see what it wrote above");
        }
        if (venue.run() == 0) {
            LockSupport.parkNanos(IDLE_NS);
        }
    }

    private Result measure(LoopbackVenue venue, SubjectProcess subject) throws IOException {
        // Not before: processes and threads that are started from here inherit it.
        BitSet before = Affinity.getAffinity();
        if (settings.cores().sender() >= 0) {
            Affinity.setAffinity(settings.cores().sender());
        }
        try {
            return measurePinned(venue, subject);
        } finally {
            Affinity.setAffinity(before);
        }
    }

    private Result measurePinned(LoopbackVenue venue, SubjectProcess subject) throws IOException {
        WireSettings.Pace pace = settings.pace();
        double warmUpSeconds = warmUp(venue, subject);
        await(venue, SETTLE_NS);
        times.giveUp();
        long missingBefore = times.missing();
        subject.tell(SubjectProcess.MARK);
        await(venue, SETTLE_NS);
        times.measure(true);
        long startNs = System.nanoTime();
        play(venue, pace.measuredFrames(), pace.framesPerSecond());
        double seconds = (System.nanoTime() - startNs) / 1e9;
        await(venue, LAST_ANSWERS_NS);
        times.giveUp();
        times.measure(false);
        subject.tell(SubjectProcess.STOP);
        String report = null;
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(REPORT_SECONDS);
        while (report == null && System.nanoTime() - deadlineNs < 0) {
            report = subject.poll();
            idle(venue, subject);
        }
        return new Result(
                settings.label(),
                times.fromDue(),
                times.fromSent(),
                times.missing() - missingBefore,
                pace.measuredFrames() / seconds,
                warmUpSeconds,
                new ObjectMapper().readTree(report == null ? "{}" : report));
    }

    /**
     * Plays until the subject's compilers have come to rest, but at least the frames that were asked for; then for a while as it will be
     * measured. The sender rests between frames: the compilers need a core.
     *
     * @return seconds it took.
     */
    private double warmUp(LoopbackVenue venue, SubjectProcess subject) {
        WireSettings.Pace pace = settings.pace();
        long startNs = System.nanoTime();
        isResting = true;
        // Slowly at first: cold code must not be behind so far that orders are too old to be sent.
        play(venue, pace.warmUpFrames() / RAMP, pace.warmUpPerSecond() / RAMP);
        int left = pace.warmUpFrames() - pace.warmUpFrames() / RAMP;
        int calmSeconds = 0;
        while ((left > 0 || calmSeconds < pace.calmSeconds()) && System.nanoTime() - startNs < LONGEST_WARM_UP_NS) {
            long compiledMs = subject.compiledMs();
            int frames = left > 0 ? Math.min(left, pace.warmUpPerSecond()) : pace.warmUpPerSecond();
            play(venue, frames, pace.warmUpPerSecond());
            left -= frames;
            calmSeconds = subject.compiledMs() - compiledMs < CALM_MS ? calmSeconds + 1 : 0;
        }
        isResting = false;
        play(venue, pace.framesPerSecond() * pace.calmSeconds(), pace.framesPerSecond());
        return (System.nanoTime() - startNs) / 1e9;
    }

    /** Lets the loop run until every answer has come, for so long at the most and a little in any case. */
    private void await(LoopbackVenue venue, long longestNs) {
        long startNs = System.nanoTime();
        while (System.nanoTime() - startNs < SETTLE_NS
                || (!times.isComplete() && System.nanoTime() - startNs < longestNs)) {
            venue.run();
        }
    }

    /** Sends frames, each when it is due; those that are due together leave together. */
    private void play(LoopbackVenue venue, int frames, int perSecond) {
        int count = tape.count();
        int first = next % count;
        long startNs = System.nanoTime();
        double spacingNs = perSecond == 0 ? 0 : 1e9 / perSecond;
        int sent = 0;
        while (sent < frames) {
            if (venue.run() == 0 && isResting) {
                LockSupport.parkNanos(IDLE_NS);
            }
            long nowNs = System.nanoTime();
            int bunch = 0;
            while (sent < frames && bunch < MAX_BUNCH) {
                long dueNs = startNs + (perSecond == 0 ? recordedNs(first, sent) : (long) (sent * spacingNs));
                if (dueNs - nowNs > 0) {
                    break;
                }
                send(dueNs, nowNs);
                sent++;
                bunch++;
            }
            if (bunch > 0) {
                books.flush();
                trades.flush();
            }
        }
    }

    /** Returns when a frame is due as it was recorded, from the first that is played on. */
    private long recordedNs(int first, int sent) {
        int count = tape.count();
        int at = first + sent;
        long rounds = (long) (at / count) * tape.arrivalNs(count - 1);
        return rounds + tape.arrivalNs(at % count) - tape.arrivalNs(first);
    }

    private void send(long dueNs, long nowNs) {
        int index = next % tape.count();
        next++;
        if (tape.isTicker(index) && ++tickers % settings.everyTickers() == 0) {
            times.onAsked(index, dueNs, nowNs);
        }
        (tape.isPublic(index) ? books : trades).write(tape.frame(index));
    }

    @Override
    public void onText(WireChannel from, byte[] payload, int length, long arrivalNs) {
        if (from.path().startsWith(LoopbackVenue.ECHO)) {
            times.onAnswer(index -> true, arrivalNs);
            return;
        }
        if (from.path().startsWith(LoopbackVenue.PRIVATE)) {
            return;
        }
        if (from.path().startsWith(LoopbackVenue.API) && order.read(payload, length)) {
            onOrder(from, arrivalNs);
            return;
        }
        String text = new String(payload, 0, length, StandardCharsets.US_ASCII);
        if (!from.path().startsWith(LoopbackVenue.API)) {
            from.send(ApiAnswers.subscribed(text));
        } else if (text.contains(LOGON)) {
            from.send(ApiAnswers.loggedOn(text));
        } else {
            from.send(ApiAnswers.unknown(text));
        }
    }

    private boolean isBidOf(int index) {
        return answeredE8 == tape.bidE8(index);
    }

    private boolean isAskOf(int index) {
        return answeredE8 == tape.askE8(index);
    }

    private void onOrder(WireChannel from, long arrivalNs) {
        answeredE8 = order.priceE8();
        times.onAnswer(order.isBuy() ? isBidOf : isAskOf, arrivalNs);
        long nowMs = System.currentTimeMillis();
        orders++;
        from.send(ended, order, orders, nowMs);
        venue.sendAll(LoopbackVenue.PRIVATE, endedOnStream, order, orders, nowMs);
    }
}
