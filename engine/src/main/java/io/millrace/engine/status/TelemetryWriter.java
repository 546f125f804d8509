package io.millrace.engine.status;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.millrace.codecs.event.TelemetryCountersEncoder;
import io.millrace.codecs.event.TelemetryLatencyEncoder;
import io.millrace.codecs.message.EventFlags;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.message.Producers;
import org.HdrHistogram.Histogram;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes counters and latencies into the telemetry buffer. Percentiles are worth a walk through the histograms, so this belongs on
 * a thread that nothing waits for.
 *
 * <p><b>Thread:</b> any one thread; it is the reader of the latency recorder.
 */
public final class TelemetryWriter {
    private static final int GROUP_HEADER_LENGTH = 8;
    private static final int COUNTER_LENGTH = TelemetryCountersEncoder.CountersEncoder.sbeBlockLength();

    private final Telemetry telemetry;
    private final Counters counters;
    private final LatencyRecorder latencies;
    private final MutableDirectBuffer message = new UnsafeBuffer(
            new byte[EventHeader.BODY_OFFSET + GROUP_HEADER_LENGTH + CounterIds.COUNT * COUNTER_LENGTH]);

    /**
     * Makes the writer.
     *
     * @param telemetry is written to.
     * @param counters to publish; those that are zero are left out.
     * @param latencies to publish.
     */
    public TelemetryWriter(Telemetry telemetry, Counters counters, LatencyRecorder latencies) {
        this.telemetry = telemetry;
        this.counters = counters;
        this.latencies = latencies;
    }

    /**
     * Writes one report.
     *
     * @param nowNs its time.
     */
    public void publish(long nowNs) {
        writeCounters(nowNs);
        for (int hop = 0; hop < LatencyRecorder.COUNT; hop++) {
            Histogram interval = latencies.interval(hop);
            if (interval.getTotalCount() > 0) {
                writeLatency(hop, interval, nowNs);
            }
        }
    }

    private void writeCounters(long nowNs) {
        int groupOffset = EventHeader.BODY_OFFSET;
        int offset = groupOffset + GROUP_HEADER_LENGTH;
        int count = 0;
        for (int id = 0; id < CounterIds.COUNT; id++) {
            long value = counters.get(id);
            if (value != 0) {
                message.putLong(offset, id, LITTLE_ENDIAN);
                message.putLong(offset + 8, value, LITTLE_ENDIAN);
                offset += COUNTER_LENGTH;
                count++;
            }
        }
        message.putLong(groupOffset, COUNTER_LENGTH | ((long) count << 16), LITTLE_ENDIAN);
        putHeader(TelemetryCountersEncoder.BLOCK_LENGTH, TelemetryCountersEncoder.TEMPLATE_ID, offset, nowNs);
        telemetry.write(TelemetryCountersEncoder.TEMPLATE_ID, message, 0, offset);
    }

    private void writeLatency(int hop, Histogram histogram, long nowNs) {
        int offset = EventHeader.BODY_OFFSET;
        message.putLong(offset, hop, LITTLE_ENDIAN);
        message.putLong(offset + 8, histogram.getTotalCount(), LITTLE_ENDIAN);
        message.putLong(offset + 16, histogram.getValueAtPercentile(50), LITTLE_ENDIAN);
        message.putLong(offset + 24, histogram.getValueAtPercentile(90), LITTLE_ENDIAN);
        message.putLong(offset + 32, histogram.getValueAtPercentile(99), LITTLE_ENDIAN);
        message.putLong(offset + 40, histogram.getValueAtPercentile(99.9), LITTLE_ENDIAN);
        message.putLong(offset + 48, histogram.getMaxValue(), LITTLE_ENDIAN);
        int length = offset + 56;
        putHeader(TelemetryLatencyEncoder.BLOCK_LENGTH, TelemetryLatencyEncoder.TEMPLATE_ID, length, nowNs);
        telemetry.write(TelemetryLatencyEncoder.TEMPLATE_ID, message, 0, length);
    }

    private void putHeader(int blockLength, int templateId, int length, long nowNs) {
        EventHeader.putFrame(
                message,
                0,
                blockLength,
                templateId,
                TelemetryCountersEncoder.SCHEMA_ID,
                TelemetryCountersEncoder.SCHEMA_VERSION);
        EventHeader.length(message, 0, length);
        EventHeader.flags(message, 0, EventFlags.WHOLE);
        EventHeader.producer(message, 0, Producers.SYSTEM);
        EventHeader.instrumentId(message, 0, EventHeader.NO_INSTRUMENT);
        EventHeader.ingressNs(message, 0, nowNs);
    }
}
