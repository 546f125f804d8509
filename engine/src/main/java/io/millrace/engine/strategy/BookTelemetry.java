package io.millrace.engine.strategy;

import io.millrace.codecs.event.BookState;
import io.millrace.codecs.event.MessageHeaderEncoder;
import io.millrace.codecs.event.TelemetryBookEncoder;
import io.millrace.codecs.message.EventFlags;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.message.Producers;
import io.millrace.engine.book.MarketView;
import io.millrace.engine.book.OrderBook;
import io.millrace.engine.status.Telemetry;
import org.agrona.concurrent.UnsafeBuffer;

/** Writes {@code TelemetryBook} messages. */
final class BookTelemetry {
    private static final int MAX_SYMBOL = 64;
    private static final int CAPACITY =
            8 + TelemetryBookEncoder.BLOCK_LENGTH + TelemetryBookEncoder.symbolHeaderLength() + MAX_SYMBOL;

    private final Telemetry telemetry;
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[CAPACITY]);
    private final MessageHeaderEncoder frame = new MessageHeaderEncoder();
    private final TelemetryBookEncoder book = new TelemetryBookEncoder();

    BookTelemetry(Telemetry telemetry) {
        this.telemetry = telemetry;
    }

    void write(InstrumentFeatures features, long engineNs) {
        MarketView view = features.view();
        book.wrapAndApplyHeader(message, 0, frame)
                .bidTicks(view.bidTicks())
                .bidLots(view.bidLots())
                .askTicks(view.askTicks())
                .askLots(view.askLots())
                .lastUpdateId(view.lastUpdateId())
                .bidLevels(view.levels(OrderBook.BID))
                .askLevels(view.levels(OrderBook.ASK))
                .gaps(view.gaps())
                .resyncs(view.resyncs())
                .state(BookState.get((short) features.state()))
                .putSymbol(features.symbol(), 0, Math.min(features.symbol().length, MAX_SYMBOL));
        int length = book.limit();
        EventHeader.length(message, 0, length);
        EventHeader.flags(message, 0, EventFlags.WHOLE);
        EventHeader.producer(message, 0, Producers.ENGINE);
        EventHeader.instrumentId(message, 0, features.instrumentId());
        EventHeader.gridVersion(message, 0, view.gridVersion());
        EventHeader.ingressNs(message, 0, engineNs);
        telemetry.write(TelemetryBookEncoder.TEMPLATE_ID, message, 0, length);
    }
}
