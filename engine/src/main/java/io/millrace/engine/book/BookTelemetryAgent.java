package io.millrace.engine.book;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.millrace.codecs.event.TelemetryBookEncoder;
import io.millrace.codecs.message.EventFlags;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.message.Producers;
import io.millrace.engine.status.Telemetry;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Tells the telemetry buffer about every book, a few at a time, so that events never wait long behind it.
 *
 * <p><b>Thread:</b> the book stage's, behind its agent. <b>Allocation:</b> when an instrument is first told.
 */
public final class BookTelemetryAgent implements Agent {
    /** Books told in one duty cycle. */
    private static final int BATCH = 8;
    /** Duty cycles between two looks at the clock, a power of two. */
    private static final int CLOCK_CYCLES = 64;

    private static final int MESSAGE_LENGTH = 512;
    private static final int ROOT_LENGTH = 8 + TelemetryBookEncoder.BLOCK_LENGTH;
    private static final int MAX_SYMBOL_BYTES = MESSAGE_LENGTH - ROOT_LENGTH - 2;
    private static final byte[] NO_NAME = {};

    private final InstrumentList instruments;
    private final Telemetry telemetry;
    private final NanoClock clock;
    private final long intervalNs;
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[MESSAGE_LENGTH]);
    private final TelemetryBookEncoder encoder = new TelemetryBookEncoder();
    private String[] symbols = new String[64];
    private byte[][] names = new byte[64][];
    private long nextNs = Long.MIN_VALUE;
    private int cycles;
    private int next = Integer.MAX_VALUE;

    BookTelemetryAgent(InstrumentList instruments, Telemetry telemetry, NanoClock clock, long intervalNs) {
        this.instruments = instruments;
        this.telemetry = telemetry;
        this.clock = clock;
        this.intervalNs = intervalNs;
    }

    @Override
    public int doWork() {
        if (next >= instruments.size()) {
            if ((++cycles & (CLOCK_CYCLES - 1)) != 0) {
                return 0;
            }
            long nowNs = clock.nanoTime();
            if (nowNs < nextNs) {
                return 0;
            }
            nextNs = nowNs + intervalNs;
            next = 0;
        }
        int end = Math.min(instruments.size(), next + BATCH);
        for (; next < end; next++) {
            BookInstrument in = instruments.defined(next);
            if (in != null) {
                tell(in);
            }
        }
        return 0;
    }

    @Override
    public String roleName() {
        return "book-telemetry";
    }

    private void tell(BookInstrument in) {
        byte[] name = nameOf(in);
        EventHeader.putFrame(
                message,
                0,
                TelemetryBookEncoder.BLOCK_LENGTH,
                TelemetryBookEncoder.TEMPLATE_ID,
                TelemetryBookEncoder.SCHEMA_ID,
                TelemetryBookEncoder.SCHEMA_VERSION);
        int length = ROOT_LENGTH + 2 + name.length;
        EventHeader.length(message, 0, length);
        EventHeader.flags(message, 0, EventFlags.WHOLE);
        EventHeader.producer(message, 0, Producers.ENGINE);
        EventHeader.instrumentId(message, 0, in.id);
        EventHeader.gridVersion(message, 0, in.gridVersion);
        EventHeader.ingressNs(message, 0, nextNs - intervalNs);
        OrderBook book = in.book;
        encoder.wrap(message, 8)
                .bidTicks(book == null ? -1 : book.bestTicks(OrderBook.BID))
                .bidLots(book == null ? 0 : book.bestLots(OrderBook.BID))
                .askTicks(book == null ? -1 : book.bestTicks(OrderBook.ASK))
                .askLots(book == null ? 0 : book.bestLots(OrderBook.ASK))
                .lastUpdateId(in.isLive() ? in.sync.bookUpdateId : 0)
                .bidLevels(book == null ? 0 : book.levels(OrderBook.BID))
                .askLevels(book == null ? 0 : book.levels(OrderBook.ASK))
                .gaps((int) in.tally.gaps)
                .resyncs((int) in.tally.resyncs);
        message.putByte(8 + TelemetryBookEncoder.stateEncodingOffset(), (byte) in.sync.state);
        message.putShort(ROOT_LENGTH, (short) name.length, LITTLE_ENDIAN);
        message.putBytes(ROOT_LENGTH + 2, name);
        telemetry.write(TelemetryBookEncoder.TEMPLATE_ID, message, 0, length);
    }

    private byte[] nameOf(BookInstrument in) {
        if (in.id >= names.length) {
            names = Arrays.copyOf(names, Math.max(in.id + 1, names.length * 2));
            symbols = Arrays.copyOf(symbols, names.length);
        }
        if (!in.symbol.equals(symbols[in.id])) {
            byte[] name = in.symbol.getBytes(StandardCharsets.UTF_8);
            symbols[in.id] = in.symbol;
            names[in.id] = name.length > MAX_SYMBOL_BYTES ? NO_NAME : name;
        }
        return names[in.id];
    }
}
