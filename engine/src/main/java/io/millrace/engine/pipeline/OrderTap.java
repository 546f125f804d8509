package io.millrace.engine.pipeline;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.millrace.codecs.event.CancelAlgoDecoder;
import io.millrace.codecs.event.CancelBatchDecoder;
import io.millrace.codecs.event.PlaceOrderDecoder;
import io.millrace.codecs.message.EventHeader;
import io.millrace.engine.status.OrderStamps;
import io.millrace.engine.status.StageStamps;
import org.agrona.DirectBuffer;

/**
 * Takes over the stamps of an order's cause when egress gives the order out, while the cause still has its slot.
 *
 * <p><b>Thread:</b> egress. <b>Allocation:</b> none.
 */
final class OrderTap {
    private static final int CAUSE_SEQUENCE_OFFSET = 8 + PlaceOrderDecoder.causeSequenceEncodingOffset();

    private final StageStamps stamps;
    private final OrderStamps orders;
    private final Ring ring;
    private final long firstSequence;

    OrderTap(StageStamps stamps, OrderStamps orders, Ring ring, long firstSequence) {
        this.stamps = stamps;
        this.orders = orders;
        this.ring = ring;
        this.firstSequence = firstSequence;
    }

    /** Returns whether commands of a type are looked at. */
    boolean isOrder(int templateId) {
        return orders.isOn()
                && ((templateId >= PlaceOrderDecoder.TEMPLATE_ID && templateId <= CancelAlgoDecoder.TEMPLATE_ID)
                        || templateId == CancelBatchDecoder.TEMPLATE_ID);
    }

    /** Returns the stamps' time. */
    long nowNs() {
        return stamps.nowNs();
    }

    /**
     * An order is about to be offered to the gateway.
     *
     * @param buffer holds the command.
     * @param offset of it.
     * @param outputsNs when it was in the output journal.
     */
    void onOffer(DirectBuffer buffer, int offset, long outputsNs) {
        long commandId = buffer.getLong(offset + EgressAgent.COMMAND_ID_OFFSET, LITTLE_ENDIAN);
        long causeSequence = buffer.getLong(offset + CAUSE_SEQUENCE_OFFSET, LITTLE_ENDIAN);
        long ringSequence = causeSequence - firstSequence;
        int cause = ring.offsetOf(ringSequence);
        int causeTemplate = EventHeader.templateId(ring.buffer(), cause);
        orders.begin(
                commandId,
                OrderStamps.templates(EventHeader.templateId(buffer, offset), causeTemplate),
                EventHeader.instrumentId(buffer, offset),
                causeSequence);
        orders.put(OrderStamps.READ, EventHeader.ingressNs(ring.buffer(), cause));
        orders.put(OrderStamps.DECODED, stamps.at(StageStamps.DECODED, ringSequence));
        orders.put(OrderStamps.PUBLISHED, stamps.at(StageStamps.PUBLISHED, ringSequence));
        orders.put(OrderStamps.STARTED, stamps.at(StageStamps.START, ringSequence));
        orders.put(OrderStamps.BOOK, stamps.at(StageIds.BOOK, ringSequence));
        orders.put(OrderStamps.STRATEGY, stamps.at(StageIds.STRATEGY, ringSequence));
        orders.put(OrderStamps.RISK, stamps.at(StageIds.RISK, ringSequence));
        orders.put(OrderStamps.INPUTS, stamps.at(StageStamps.JOURNAL, ringSequence));
        orders.put(OrderStamps.OUTPUTS, outputsNs);
        orders.put(OrderStamps.OFFERED, stamps.nowNs());
        orders.end();
    }
}
