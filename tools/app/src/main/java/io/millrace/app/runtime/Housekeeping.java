package io.millrace.app.runtime;

import io.millrace.codecs.event.MessageHeaderEncoder;
import io.millrace.codecs.event.TelemetryCountersEncoder;
import io.millrace.codecs.message.EventFlags;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.message.Producers;
import io.millrace.engine.Engine;
import io.millrace.engine.status.TelemetryWriter;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.agrona.concurrent.UnsafeBuffer;

/** A thread that nothing waits for: telemetry of the engine and of the runtime, and the journal's disk. */
final class Housekeeping {
    private static final long MIN_PARK_NS = 1_000_000;
    private static final int MESSAGE_BYTES = 256;

    private final Engine engine;
    private final RuntimeCounters counters;
    private final LongSupplier clockNs;
    private final long intervalNs;
    private final TelemetryWriter telemetry;
    private final DiskWatch disk;
    private final LatencyFiles latencies;
    private final Thread thread = new Thread(this::run, "millrace-telemetry");
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[MESSAGE_BYTES]);
    private final MessageHeaderEncoder frame = new MessageHeaderEncoder();
    private final TelemetryCountersEncoder encoder = new TelemetryCountersEncoder();
    private volatile boolean isStopping;

    /**
     * Makes the thread.
     *
     * @param engine whose telemetry buffer is written.
     * @param counters of the runtime.
     * @param disk asked as often as telemetry is written.
     * @param latencies written on request, which is looked for as often, and at the end.
     * @param clockNs ingress time.
     * @param intervalNs between two reports.
     */
    Housekeeping(
            Engine engine,
            RuntimeCounters counters,
            DiskWatch disk,
            LatencyFiles latencies,
            LongSupplier clockNs,
            long intervalNs) {
        this.engine = engine;
        this.counters = counters;
        this.disk = disk;
        this.latencies = latencies;
        this.clockNs = clockNs;
        this.intervalNs = intervalNs;
        this.telemetry = engine.telemetryWriter();
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Ends the thread after a last report. */
    void stop() {
        isStopping = true;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        long nextNs = System.nanoTime();
        while (!isStopping) {
            if (System.nanoTime() - nextNs >= 0) {
                nextNs += intervalNs;
                telemetry.publish(clockNs.getAsLong());
                publish();
                disk.look();
                latencies.poll();
            }
            // Woken in between, it would put an engine thread aside where there is no core of its own.
            LockSupport.parkNanos(Math.max(MIN_PARK_NS, nextNs - System.nanoTime()));
        }
        telemetry.publish(clockNs.getAsLong());
        publish();
        latencies.dump();
    }

    private void publish() {
        encoder.wrapAndApplyHeader(message, 0, frame);
        TelemetryCountersEncoder.CountersEncoder group = encoder.countersCount(RuntimeCounters.SIZE);
        for (int id = RuntimeCounters.JOURNAL_SEQUENCE; id <= RuntimeCounters.OUTPUT_INDEX; id++) {
            group.next().counterId(id).value(counters.get(id));
        }
        int length = MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
        EventHeader.length(message, 0, length);
        EventHeader.flags(message, 0, EventFlags.WHOLE);
        EventHeader.producer(message, 0, Producers.SYSTEM);
        EventHeader.instrumentId(message, 0, EventHeader.NO_INSTRUMENT);
        EventHeader.ingressNs(message, 0, clockNs.getAsLong());
        engine.telemetry().write(TelemetryCountersEncoder.TEMPLATE_ID, message, 0, length);
    }
}
