package io.millrace.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codecs.event.BookTickerDecoder;
import io.millrace.codecs.event.InstrumentDefinitionDecoder;
import io.millrace.codecs.event.StreamState;
import io.millrace.codecs.event.StreamStatusDecoder;
import io.millrace.codecs.message.EventHeader;
import io.millrace.gateway.marketdata.InstrumentSettings;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class MarketDataGatewayTest {
    private static final InstrumentSettings BTC = InstrumentSettings.of(List.of("BTCUSDT"), GatewayRig.BOOK_STREAMS);

    @Test
    void shouldPublishDefinitionsThenConnectAndPublishMarketData() throws Exception {
        try (StubVenue venue = GatewayRig.venue("BTCUSDT", "ETHUSDT");
                GatewayRig rig = new GatewayRig(GatewayRig.settings(venue, BTC))) {
            rig.pumpUntil("a connection", () -> !venue.peers.isEmpty());
            assertEquals(1, rig.control.count(InstrumentDefinitionDecoder.TEMPLATE_ID));
            StubVenue.Peer peer = venue.peers.take();
            assertEquals("/public/stream?streams=btcusdt@depth@100ms/btcusdt@bookTicker", peer.target);

            peer.text(GatewayRig.ticker("BTCUSDT", 7));
            rig.pumpUntil("the ticker", () -> rig.market.count(BookTickerDecoder.TEMPLATE_ID) == 1);

            UnsafeBuffer ticker = rig.market.of(BookTickerDecoder.TEMPLATE_ID).get(0);
            BookTickerDecoder decoder = new BookTickerDecoder().wrap(ticker, 8, BookTickerDecoder.BLOCK_LENGTH, 1);
            assertEquals(912501, decoder.bidTicks());
            assertEquals(3204, decoder.bidLots());
            assertEquals(1, EventHeader.connectionId(ticker, 0));
            List<UnsafeBuffer> states = rig.control.of(StreamStatusDecoder.TEMPLATE_ID);
            assertEquals(1, states.size());
            StreamStatusDecoder status =
                    new StreamStatusDecoder().wrap(states.get(0), 8, StreamStatusDecoder.BLOCK_LENGTH, 1);
            assertEquals(StreamState.SUBSCRIBED, status.state());
            assertTrue(status.streams().depth() && status.streams().bookTicker());
            rig.pumpUntil("up", () -> rig.gateway.status().isUp());
        }
    }
}
