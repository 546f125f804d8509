package io.millrace.engine.strategy;

import io.millrace.codecs.event.BooleanType;
import io.millrace.codecs.event.IntentAction;
import io.millrace.codecs.event.MessageHeaderEncoder;
import io.millrace.codecs.event.OrderIntentEncoder;
import io.millrace.codecs.event.OrderType;
import io.millrace.codecs.event.Side;
import io.millrace.codecs.event.TimeInForce;
import io.millrace.codecs.message.EventFlags;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.message.Producers;
import io.millrace.engine.pipeline.SlotContext;
import org.agrona.BitUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes what a strategy wants into the strategy stage's region; the risk stage decides on it at the same event. Fields are
 * set, then {@link #write} is called; they keep their values for the next intent.
 *
 * <p>A strategy names its orders itself, by {@link io.millrace.codecs.value.ClientOrderId#key}, with numbers that count up
 * within the run; whether an intent was let through it learns from the reports that bear the name, or from none coming.
 *
 * <p><b>Thread:</b> the strategy agent. <b>Allocation:</b> none.
 */
public final class IntentWriter {
    /** Bytes of one intent in the region. */
    public static final int LENGTH =
            BitUtil.align(MessageHeaderEncoder.ENCODED_LENGTH + OrderIntentEncoder.BLOCK_LENGTH, Long.BYTES);

    private final MessageHeaderEncoder frame = new MessageHeaderEncoder();
    private final OrderIntentEncoder intent = new OrderIntentEncoder();
    private Side side = Side.BUY;
    private OrderType orderType = OrderType.LIMIT;
    private TimeInForce timeInForce = TimeInForce.GTC;
    private boolean isReduceOnly;
    private long priceTicks;
    private long triggerTicks;
    private long qtyLots;
    private long refTicks;
    private long stopTicks;
    private long exitAfterNs;

    /** Makes a writer for limit orders, good till cancelled, without stop and exit. */
    public IntentWriter() {}

    /** Sets side and quantity. */
    public IntentWriter quantity(Side side, long qtyLots) {
        this.side = side;
        this.qtyLots = qtyLots;
        return this;
    }

    /**
     * Sets type and time in force.
     *
     * @param orderType of the order; conditional ones need {@link #trigger}.
     * @param timeInForce NONE for a market order.
     * @param isReduceOnly whether it only reduces; has to be with every role but ENTRY.
     */
    public IntentWriter type(OrderType orderType, TimeInForce timeInForce, boolean isReduceOnly) {
        this.orderType = orderType;
        this.timeInForce = timeInForce;
        this.isReduceOnly = isReduceOnly;
        return this;
    }

    /**
     * Sets the price.
     *
     * @param priceTicks limit, 0 for a market order.
     * @param refTicks what the notional of a market order is judged by.
     */
    public IntentWriter price(long priceTicks, long refTicks) {
        this.priceTicks = priceTicks;
        this.refTicks = refTicks;
        return this;
    }

    /** Sets the trigger of a conditional order. */
    public IntentWriter trigger(long triggerTicks) {
        this.triggerTicks = triggerTicks;
        return this;
    }

    /**
     * Sets what is done about the position that an entry opens.
     *
     * @param stopTicks distance of its stop, 0 for none.
     * @param exitAfterNs time from its last fill until it is closed at the market, 0 for never.
     */
    public IntentWriter protection(long stopTicks, long exitAfterNs) {
        this.stopTicks = stopTicks;
        this.exitAfterNs = exitAfterNs;
        return this;
    }

    /**
     * Writes the intent if there is room for it.
     *
     * @param slot the event that it answers.
     * @param instrumentId of the order.
     * @param clientKey names the order.
     * @param action what to do with it.
     * @return whether there was room.
     */
    public boolean write(SlotContext slot, int instrumentId, long clientKey, IntentAction action) {
        if (!slot.hasRoomForRecord(LENGTH)) {
            return false;
        }
        int at = slot.claimRecord(LENGTH);
        UnsafeBuffer buffer = slot.regionBuffer();
        EventHeader.length(buffer, at, MessageHeaderEncoder.ENCODED_LENGTH + OrderIntentEncoder.BLOCK_LENGTH);
        EventHeader.flags(buffer, at, EventFlags.WHOLE);
        EventHeader.producer(buffer, at, Producers.ENGINE);
        EventHeader.instrumentId(buffer, at, instrumentId);
        EventHeader.gridVersion(buffer, at, 0);
        EventHeader.connectionId(buffer, at, 0);
        EventHeader.eventTimeMs(buffer, at, 0);
        EventHeader.transactTimeMs(buffer, at, 0);
        EventHeader.ingressNs(buffer, at, slot.engineNs());
        intent.wrapAndApplyHeader(buffer, at, frame)
                .clientKey(clientKey)
                .sequence(slot.sequence())
                .priceTicks(priceTicks)
                .triggerTicks(triggerTicks)
                .qtyLots(qtyLots)
                .refTicks(refTicks)
                .stopTicks(stopTicks)
                .exitAfterNs(exitAfterNs)
                .action(action)
                .side(side)
                .orderType(orderType)
                .timeInForce(timeInForce)
                .reduceOnly(isReduceOnly ? BooleanType.YES : BooleanType.NO);
        return true;
    }
}
