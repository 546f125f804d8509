package io.millrace.gateway.orders;

import io.millrace.codecs.binance.OrderRequests;
import io.millrace.codecs.event.AmendOrderDecoder;
import io.millrace.codecs.event.ArmCountdownDecoder;
import io.millrace.codecs.event.CancelAlgoDecoder;
import io.millrace.codecs.event.CancelBatchDecoder;
import io.millrace.codecs.event.CancelOrderDecoder;
import io.millrace.codecs.event.ConfigureInstrumentDecoder;
import io.millrace.codecs.event.MarginType;
import io.millrace.codecs.event.PlaceAlgoDecoder;
import io.millrace.codecs.event.PlaceOrderDecoder;
import io.millrace.codecs.event.QueryOrderDecoder;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.value.InstrumentSpec;
import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Commands as the venue's requests. <b>Allocation:</b> none for the WebSocket API. */
final class CommandText {
    private static final int BODY = 8;

    private final OrderRequests requests;
    private final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(OrderRequests.MAX_LENGTH));
    private final PlaceOrderDecoder place = new PlaceOrderDecoder();
    private final AmendOrderDecoder amend = new AmendOrderDecoder();
    private final CancelOrderDecoder cancel = new CancelOrderDecoder();
    private final PlaceAlgoDecoder placeAlgo = new PlaceAlgoDecoder();
    private final CancelAlgoDecoder cancelAlgo = new CancelAlgoDecoder();
    private final QueryOrderDecoder query = new QueryOrderDecoder();
    private final CancelBatchDecoder batch = new CancelBatchDecoder();

    CommandText(int recvWindowMs) {
        requests = new OrderRequests(recvWindowMs);
    }

    /** Returns where {@link #json} writes. */
    DirectBuffer buffer() {
        return buffer;
    }

    /** Writes a request of the WebSocket API to {@link #buffer()} and returns its length. */
    int json(DirectBuffer command, int offset, InstrumentSpec spec, long requestId, long timestampMs) {
        requests.json(buffer, 0, requestId, timestampMs);
        return write(command, offset, spec);
    }

    /** Returns a command as a query string without signature. */
    String query(DirectBuffer command, InstrumentSpec spec, long timestampMs) {
        requests.query(buffer, 0, timestampMs);
        return buffer.getStringWithoutLengthAscii(0, write(command, 0, spec));
    }

    private int write(DirectBuffer command, int offset, InstrumentSpec spec) {
        int block = EventHeader.blockLength(command, offset);
        int version = EventHeader.version(command, offset);
        int at = offset + BODY;
        return switch (EventHeader.templateId(command, offset)) {
            case PlaceOrderDecoder.TEMPLATE_ID -> requests.place(place.wrap(command, at, block, version), spec);
            case AmendOrderDecoder.TEMPLATE_ID -> requests.amend(amend.wrap(command, at, block, version), spec);
            case CancelOrderDecoder.TEMPLATE_ID -> requests.cancel(cancel.wrap(command, at, block, version), spec);
            case PlaceAlgoDecoder.TEMPLATE_ID -> requests.placeAlgo(placeAlgo.wrap(command, at, block, version), spec);
            case CancelAlgoDecoder.TEMPLATE_ID -> requests.cancelAlgo(cancelAlgo.wrap(command, at, block, version));
            case CancelBatchDecoder.TEMPLATE_ID -> requests.cancelBatch(batch.wrap(command, at, block, version), spec);
            case QueryOrderDecoder.TEMPLATE_ID -> requests.query(query.wrap(command, at, block, version), spec);
            default ->
                throw new IllegalArgumentException("template " + EventHeader.templateId(command, offset)
                        + " is no order command: only those that the executor knows may come here");
        };
    }

    static long countdownMs(DirectBuffer command) {
        return new ArmCountdownDecoder()
                .wrap(command, BODY, EventHeader.blockLength(command, 0), EventHeader.version(command, 0))
                .countdownMs();
    }

    /**
     * What a contract shall be set to.
     *
     * @param leverage 0 to leave it.
     * @param marginType UNKNOWN to leave it.
     */
    record Wish(int leverage, MarginType marginType) {}

    static Wish wish(DirectBuffer command) {
        ConfigureInstrumentDecoder decoder = new ConfigureInstrumentDecoder()
                .wrap(command, BODY, EventHeader.blockLength(command, 0), EventHeader.version(command, 0));
        return new Wish(decoder.leverage(), decoder.marginType());
    }
}
