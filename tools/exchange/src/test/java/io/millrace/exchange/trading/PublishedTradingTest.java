package io.millrace.exchange.trading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.exchange.ReplayedBook;
import io.millrace.exchange.market.FrameSink;
import io.millrace.exchange.market.StreamKind;
import io.millrace.exchange.synthetic.SyntheticSettings;
import io.millrace.exchange.userdata.OrderUpdate;
import io.millrace.exchange.venue.SymbolSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the public sees while clients trade agrees with the book and with what the clients are told. */
class PublishedTradingTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int BTC = 0;

    /** Replays the diff streams and keeps the trades. */
    private static final class Public implements FrameSink {
        final Map<StreamKind, ReplayedBook> books = new EnumMap<>(StreamKind.class);
        final Map<Long, JsonNode> trades = new HashMap<>();
        BigDecimal traded = BigDecimal.ZERO;
        BigDecimal aggregated = BigDecimal.ZERO;

        @Override
        public boolean isWanted(int symbol, StreamKind kind) {
            return books.containsKey(kind) || kind == StreamKind.TRADE || kind == StreamKind.AGG_TRADE;
        }

        @Override
        public void onFrame(int symbol, StreamKind kind, byte[] payload, int length) {
            JsonNode frame;
            try {
                frame = JSON.readTree(payload, 0, length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            if (kind == StreamKind.TRADE) {
                trades.put(frame.get("t").longValue(), frame);
                traded = traded.add(new BigDecimal(frame.get("q").textValue()));
            } else if (kind == StreamKind.AGG_TRADE) {
                aggregated = aggregated.add(new BigDecimal(frame.get("q").textValue()));
            } else {
                books.get(kind).apply(frame);
            }
        }
    }

    @Test
    void shouldPublishTheBookAndTheFillsAsTheyAreWhenClientsTrade() {
        Rig rig = new Rig(SyntheticSettings.of(1, 21).withEventsPerSecond(1500).withDepthTicks(150), 5, 50_000);
        Public seen = new Public();
        for (StreamKind kind : new StreamKind[] {StreamKind.DEPTH_0MS, StreamKind.DEPTH_100MS}) {
            ReplayedBook book = new ReplayedBook();
            book.load(rig.venue.book(BTC, Integer.MAX_VALUE));
            seen.books.put(kind, book);
        }
        rig.venue.publishTo(seen);
        RandomClients clients = new RandomClients(rig.venue, 22, 5);
        for (int i = 0; i < 3000; i++) {
            clients.act();
            rig.venue.advance(Long.MAX_VALUE - 1, 2, seen);
            if (i % 25 == 0) {
                rig.venue.flush(rig.venue.clock().epochNs(), seen);
                seen.books.values().forEach(book -> book.assertSameAs(rig.venue.book(BTC, Integer.MAX_VALUE)));
            }
        }
        assertEquals(0, seen.traded.compareTo(seen.aggregated), "aggregates are sums of trades");
        checkFills(rig, seen);
    }

    private static void checkFills(Rig rig, Public seen) {
        SymbolSpec spec = rig.venue.symbols().get(BTC);
        int checked = 0;
        for (int account = 0; account < 5; account++) {
            for (OrderUpdate update : rig.told(account, OrderUpdate.class)) {
                boolean isOffBook = update.request().clientOrderId().contains("autoclose-");
                if (update.fill().qtyLots() == 0 || isOffBook) {
                    continue;
                }
                JsonNode trade = seen.trades.get(update.fill().tradeId());
                assertTrue(trade != null, () -> "no public trade for " + update);
                assertSame(spec.tick().toDecimal(update.fill().priceTicks()), trade.get("p"));
                assertSame(spec.lot().toDecimal(update.fill().qtyLots()), trade.get("q"));
                boolean isBuyerMaker =
                        update.request().side().isBuy() == update.fill().isMaker();
                assertEquals(isBuyerMaker, trade.get("m").booleanValue());
                checked++;
            }
        }
        assertTrue(checked > 200, checked + " fills");
    }

    private static void assertSame(BigDecimal expected, JsonNode text) {
        assertEquals(0, expected.compareTo(new BigDecimal(text.textValue())), expected + " and " + text);
    }
}
