package io.millrace.engine.orders;

import io.millrace.codecs.event.IntentAction;
import io.millrace.codecs.event.MessageHeaderDecoder;
import io.millrace.codecs.event.OrderIntentDecoder;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.value.ClientOrderId;
import io.millrace.engine.pipeline.SlotContext;
import io.millrace.engine.pipeline.StageIds;
import io.millrace.engine.pipeline.StageRegions;
import io.millrace.engine.risk.TradingStateStage;
import java.nio.ByteOrder;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Decides on the last order once more while there is nothing to do, and takes everything back: orders are rare, and code and tables
 * that a rare thing needs have left the caches by the time it is wanted. A rehearsal goes the real way, into a slot that nobody
 * reads; the memory's undo makes it as if it had never been.
 *
 * <p><b>Thread:</b> the risk agent's, between events. <b>Allocation:</b> none.
 */
final class Rehearsal {
    /** No strategy counts so far, so the name is a new one each time. */
    private static final int NUMBER = Integer.MAX_VALUE;

    private static final int INTENT_LENGTH =
            BitUtil.align(MessageHeaderDecoder.ENCODED_LENGTH + OrderIntentDecoder.BLOCK_LENGTH, Long.BYTES);

    private final Desk desk;
    private final Intents intents;
    private final StageRegions wanted = new StageRegions(1, 0, INTENT_LENGTH);
    private final SlotContext dry;
    private final UnsafeBuffer event = new UnsafeBuffer(new byte[EventHeader.BODY_OFFSET]);
    private final MessageHeaderDecoder frame = new MessageHeaderDecoder();
    private final OrderIntentDecoder intent = new OrderIntentDecoder();
    private boolean isKnown;

    Rehearsal(Desk desk, Intents intents, int commandsLength) {
        this.desk = desk;
        this.intents = intents;
        StageRegions own = new StageRegions(1, TradingStateStage.VIEW_LENGTH, commandsLength);
        dry = new SlotContext(StageIds.RISK, own, wanted, wanted);
    }

    /** Keeps the first order that strategies want at an event, for rehearsals to come. */
    void remember(SlotContext slot) {
        DirectBuffer buffer = slot.upstreamBuffer(StageIds.STRATEGY);
        int at = slot.upstreamCommandsOffset(StageIds.STRATEGY);
        int end = at + slot.upstreamCommandsLength(StageIds.STRATEGY);
        while (at < end) {
            if (EventHeader.templateId(buffer, at) == OrderIntentDecoder.TEMPLATE_ID
                    && intent.wrapAndApplyHeader(buffer, at, frame).action() == IntentAction.PLACE) {
                keep(buffer, at, slot.engineNs());
                return;
            }
            at += BitUtil.align(EventHeader.length(buffer, at), Long.BYTES);
        }
    }

    private void keep(DirectBuffer buffer, int at, long engineNs) {
        UnsafeBuffer kept = wanted.buffer();
        int to = wanted.commandsOffset(0);
        long key = intent.clientKey();
        kept.putBytes(to, buffer, at, EventHeader.length(buffer, at));
        kept.putLong(
                to + MessageHeaderDecoder.ENCODED_LENGTH + OrderIntentDecoder.clientKeyEncodingOffset(),
                ClientOrderId.key(
                        ClientOrderId.epoch(key), ClientOrderId.strategy(key), ClientOrderId.role(key), NUMBER),
                ByteOrder.LITTLE_ENDIAN);
        kept.putInt(StageRegions.COMMANDS_LENGTH_OFFSET, INTENT_LENGTH);
        kept.putLong(StageRegions.ENGINE_NS_OFFSET, engineNs);
        isKnown = true;
    }

    /**
     * Rehearses.
     *
     * @param reasons bits of HaltReasons that stand against entries now.
     * @return whether an order would have been sent.
     */
    boolean run(int reasons) {
        if (!isKnown) {
            return false;
        }
        SlotContext slot = desk.slot;
        long nowNs = desk.nowNs;
        desk.memory.commit();
        try {
            dry.moveTo(0, 0, event, 0, event.capacity());
            desk.moveTo(dry);
            intents.read(reasons);
            return dry.commandCount() > 0;
        } finally {
            desk.memory.rollback();
            desk.slot = slot;
            desk.nowNs = nowNs;
        }
    }
}
