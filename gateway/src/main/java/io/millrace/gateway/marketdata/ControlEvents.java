package io.millrace.gateway.marketdata;

import io.millrace.codecs.event.ClockAnchorEncoder;
import io.millrace.codecs.event.ClockTickEncoder;
import io.millrace.codecs.event.CommandOutcomeCode;
import io.millrace.codecs.event.CommandOutcomeEncoder;
import io.millrace.codecs.event.DecodeErrorEncoder;
import io.millrace.codecs.event.DecodeReason;
import io.millrace.codecs.event.OutcomeReason;
import io.millrace.codecs.event.StreamState;
import io.millrace.codecs.event.StreamStatusEncoder;
import io.millrace.codecs.message.EventFlags;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.message.Producers;
import io.millrace.gateway.clock.IngressClock;
import io.millrace.gateway.control.ControlOutbox;
import java.nio.ByteOrder;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;

/** Encodes the gateway's own events and publishes them through the outbox. */
public final class ControlEvents {
    private static final int BODY = 8;
    private static final int GROUP_HEADER = 8;

    private final ControlOutbox outbox;
    private final IngressClock clock;
    private final int slotLength;
    private final MutableDirectBuffer buffer = new ExpandableArrayBuffer(1024);
    private final StreamStatusEncoder status = new StreamStatusEncoder();
    private final ClockTickEncoder tick = new ClockTickEncoder();
    private final ClockAnchorEncoder anchor = new ClockAnchorEncoder();
    private final CommandOutcomeEncoder outcome = new CommandOutcomeEncoder();
    private final DecodeErrorEncoder error = new DecodeErrorEncoder();

    /**
     * Makes an encoder.
     *
     * @param outbox to publish through.
     * @param clock that stamps the events.
     * @param slotLength longest message in bytes.
     */
    public ControlEvents(ControlOutbox outbox, IngressClock clock, int slotLength) {
        this.outbox = outbox;
        this.clock = clock;
        this.slotLength = slotLength;
    }

    /**
     * Publishes what became of streams, cut to the slot's length.
     *
     * @param state of all of them.
     * @param connectionId that the streams stand on, or stood on.
     * @param streams bits of the streams.
     * @param instrumentIds the first {@code count} are the instruments.
     * @param count of the instruments.
     */
    public void streamStatus(StreamState state, int connectionId, int streams, int[] instrumentIds, int count) {
        int most = (slotLength - BODY - StreamStatusEncoder.BLOCK_LENGTH - GROUP_HEADER) / Integer.BYTES;
        for (int from = 0; from < count; from += most) {
            int to = Math.min(count, from + most);
            header(StreamStatusEncoder.TEMPLATE_ID, StreamStatusEncoder.BLOCK_LENGTH, Producers.MARKET);
            EventHeader.connectionId(buffer, 0, connectionId);
            status.wrap(buffer, BODY).state(state);
            buffer.putShort(
                    BODY + StreamStatusEncoder.streamsEncodingOffset(), (short) streams, ByteOrder.LITTLE_ENDIAN);
            StreamStatusEncoder.InstrumentsEncoder group = status.instrumentsCount(to - from);
            for (int i = from; i < to; i++) {
                group.next().instrumentId(instrumentIds[i]);
            }
            publish(status.encodedLength());
        }
    }

    /**
     * Publishes a tick unless others wait in front of it: a tick that waits is of no use.
     *
     * @param number of the tick.
     * @return whether it was taken.
     */
    public boolean tryTick(long number) {
        header(ClockTickEncoder.TEMPLATE_ID, ClockTickEncoder.BLOCK_LENGTH, Producers.CLOCK);
        tick.wrap(buffer, BODY).tick(number);
        int length = BODY + ClockTickEncoder.BLOCK_LENGTH;
        EventHeader.length(buffer, 0, length);
        return outbox.tryPublish(buffer, 0, length);
    }

    /**
     * Publishes an adjustment of the clock and puts it in force behind that event, unless others wait in front of it.
     *
     * @param newOffsetNs to be in force from now on.
     * @return whether it was published and put in force.
     */
    public boolean tryAnchor(long newOffsetNs) {
        header(ClockAnchorEncoder.TEMPLATE_ID, ClockAnchorEncoder.BLOCK_LENGTH, Producers.CLOCK);
        anchor.wrap(buffer, BODY).oldOffsetNs(clock.offsetNs()).newOffsetNs(newOffsetNs);
        int length = BODY + ClockAnchorEncoder.BLOCK_LENGTH;
        EventHeader.length(buffer, 0, length);
        boolean isTaken = outbox.tryPublish(buffer, 0, length);
        if (isTaken) {
            clock.adjust(newOffsetNs);
        }
        return isTaken;
    }

    /** Publishes what became of a command. */
    void outcome(Command command, CommandOutcomeCode code, OutcomeReason reason, Detail detail) {
        header(CommandOutcomeEncoder.TEMPLATE_ID, CommandOutcomeEncoder.BLOCK_LENGTH, Producers.EGRESS);
        EventHeader.instrumentId(buffer, 0, command.instrumentId());
        outcome.wrap(buffer, BODY)
                .commandId(command.commandId())
                .retryAtNs(detail.retryAtNs())
                .venueCode(detail.venueCode())
                .httpStatus(detail.httpStatus())
                .commandTemplateId(command.templateId())
                .outcome(code)
                .reason(reason);
        publish(CommandOutcomeEncoder.BLOCK_LENGTH);
    }

    /** Publishes that an update of an instrument was longer than the ring can ever take. */
    void updateTooLong(int instrumentId, int connectionId, int length, long ingressNs) {
        header(DecodeErrorEncoder.TEMPLATE_ID, DecodeErrorEncoder.BLOCK_LENGTH, Producers.MARKET);
        EventHeader.instrumentId(buffer, 0, instrumentId);
        EventHeader.connectionId(buffer, 0, connectionId);
        EventHeader.ingressNs(buffer, 0, ingressNs);
        error.wrap(buffer, BODY).position(0).frameLength(length).reason(DecodeReason.TOO_LONG);
        buffer.putShort(BODY + DecodeErrorEncoder.streamEncodingOffset(), (short) 0, ByteOrder.LITTLE_ENDIAN);
        error.putRaw(new byte[0], 0, 0);
        publish(error.encodedLength());
    }

    /**
     * The particulars of an outcome.
     *
     * @param retryAtNs ingress time before which trying again is of no use, 0 if unknown.
     * @param venueCode the venue's error code, 0 for none.
     * @param httpStatus 0 for none.
     */
    record Detail(long retryAtNs, int venueCode, int httpStatus) {
        static final Detail NONE = new Detail(0, 0, 0);
    }

    private void header(int templateId, int blockLength, int producer) {
        EventHeader.putFrame(
                buffer, 0, blockLength, templateId, StreamStatusEncoder.SCHEMA_ID, StreamStatusEncoder.SCHEMA_VERSION);
        EventHeader.flags(buffer, 0, EventFlags.WHOLE);
        EventHeader.producer(buffer, 0, producer);
        EventHeader.instrumentId(buffer, 0, EventHeader.NO_INSTRUMENT);
        EventHeader.gridVersion(buffer, 0, 0);
        EventHeader.connectionId(buffer, 0, 0);
        EventHeader.eventTimeMs(buffer, 0, 0);
        EventHeader.transactTimeMs(buffer, 0, 0);
        EventHeader.ingressNs(buffer, 0, clock.nowNs());
    }

    private void publish(int bodyLength) {
        EventHeader.length(buffer, 0, BODY + bodyLength);
        outbox.publish(buffer, 0, BODY + bodyLength);
    }
}
