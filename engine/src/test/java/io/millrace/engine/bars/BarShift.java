package io.millrace.engine.bars;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.millrace.codecs.event.KlineDecoder;
import io.millrace.codecs.event.TradeDecoder;
import io.millrace.codecs.message.EventHeader;
import org.agrona.concurrent.UnsafeBuffer;

/** Moves recorded events to a later time, in place and without allocation. */
final class BarShift {
    private static final UnsafeBuffer EVENT = new UnsafeBuffer(0, 0);
    private static final int OPEN_TIME = 8 + KlineDecoder.openTimeMsEncodingOffset();
    private static final int TRADE_ID = 8 + TradeDecoder.tradeIdEncodingOffset();

    private BarShift() {}

    /** Moves an event by a time that is added to what it was moved by before. */
    static byte[] later(byte[] event, long byMs) {
        EVENT.wrap(event);
        add(EventHeader.INGRESS_NS_OFFSET, byMs * 1_000_000);
        add(EventHeader.EVENT_TIME_MS_OFFSET, byMs);
        add(EventHeader.TRANSACT_TIME_MS_OFFSET, byMs);
        int templateId = EventHeader.templateId(EVENT, 0);
        if (templateId == KlineDecoder.TEMPLATE_ID) {
            add(OPEN_TIME, byMs);
        } else if (templateId == TradeDecoder.TEMPLATE_ID) {
            add(TRADE_ID, 1_000_000);
        }
        return event;
    }

    private static void add(int offset, long more) {
        long value = EVENT.getLong(offset, LITTLE_ENDIAN);
        if (value != 0) {
            EVENT.putLong(offset, value + more, LITTLE_ENDIAN);
        }
    }
}
