package io.millrace.exchange.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.exchange.SharedData;
import io.millrace.exchange.market.FrameSink;
import io.millrace.exchange.market.StreamKind;
import io.millrace.exchange.matching.MatchingEngine;
import io.millrace.exchange.matching.OrderStore;
import io.millrace.exchange.matching.QueueModel;
import io.millrace.exchange.matching.QueueModels;
import io.millrace.exchange.matching.QueueModels.BehindProbability;
import io.millrace.exchange.matching.QueueModels.Weight;
import io.millrace.exchange.matching.TradingPorts;
import io.millrace.exchange.trade.MarketFlow;
import io.millrace.exchange.trade.MarketPort;
import io.millrace.exchange.trade.Order;
import io.millrace.exchange.trade.OrderEvents;
import io.millrace.exchange.trade.OrderRequest;
import io.millrace.exchange.trade.RiskPort;
import io.millrace.exchange.trade.Side;
import io.millrace.exchange.trade.Trade;
import io.millrace.exchange.trade.VenueException;
import io.millrace.exchange.venue.ContractRules;
import io.millrace.exchange.venue.VenueRandom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureTradingTest {
    private static final int MOST_LINES = 40_000;

    @TempDir
    private Path directory;

    /** A capture with an engine on it. */
    private static final class Venue implements OrderEvents, RiskPort, FrameSink, MarketFlow {
        final CaptureMarket source;
        final MarketPort market;
        final MatchingEngine engine;
        final List<String> log = new ArrayList<>();
        long makerLots;
        long fundingRateE8;

        Venue(CaptureSettings settings, QueueModel queue) throws IOException {
            source = new CaptureMarket(settings.withStartAfterStreams(0));
            market = source.connect(this);
            engine = new MatchingEngine(
                    new TradingPorts(
                            market,
                            source.prices(),
                            this,
                            this,
                            symbol -> ContractRules.of(source.symbols().get(symbol))
                                    .copy()
                                    .minNotionalE8(0)
                                    .build()),
                    queue,
                    1);
        }

        Order place(OrderRequest.Builder request) throws VenueException {
            return engine.place(request.build(), 1);
        }

        int play(int lines) {
            return source.advance(0, lines, this);
        }

        @Override
        public void onTake(int symbol, boolean isBid, long priceTicks, long qtyLots, long timeMs) {
            throw new IllegalStateException("a capture takes from nobody");
        }

        @Override
        public void onWithdraw(int symbol, boolean isBid, long priceTicks, long qtyLots, long leftLots) {
            throw new IllegalStateException("a capture has totals only");
        }

        @Override
        public void onPrint(int symbol, boolean isSell, long priceTicks, long qtyLots, long timeMs) {
            engine.onPrint(symbol, isSell, priceTicks, qtyLots, timeMs);
        }

        @Override
        public void onLevel(int symbol, boolean isBid, long priceTicks, long oldLots, long newLots, long timeMs) {
            engine.onLevel(symbol, isBid, priceTicks, oldLots, newLots, timeMs);
        }

        @Override
        public void onFunding(int symbol, long rateE8, long markE8) {
            fundingRateE8 = rateE8;
        }

        @Override
        public void onNew(Order order) {
            log.add("NEW");
        }

        @Override
        public void onTrade(Trade trade) {
            makerLots += trade.maker() == null ? 0 : trade.qtyLots();
            log.add((trade.maker() == null ? "TAKER " : "MAKER ") + trade.qtyLots() + "@" + trade.priceTicks());
        }

        @Override
        public void onAmended(Order order) {
            log.add("AMENDED");
        }

        @Override
        public void onCanceled(Order order) {
            log.add("CANCELED");
        }

        @Override
        public void onExpired(Order order) {
            log.add("EXPIRED");
        }

        @Override
        public void checkMargin(OrderRequest request, long referencePriceTicks) {
            // Everybody is rich.
        }

        @Override
        public long positionLots(int accountId, int symbol) {
            return 0;
        }

        @Override
        public boolean isWanted(int symbol, StreamKind kind) {
            return false;
        }

        @Override
        public void onFrame(int symbol, StreamKind kind, byte[] payload, int length) {
            throw new IllegalStateException("nobody wants " + kind);
        }
    }

    private CaptureSettings write(String... lines) throws IOException {
        return CaptureSettings.of(Files.write(directory.resolve("c.jsonl"), List.of(lines)));
    }

    private static String stream(String name, String rest) {
        return "{\"stream\":\"xusdt@" + name + "\",\"data\":{\"s\":\"XUSDT\"," + rest + "}}";
    }

    private static String trade(String price, String quantity, boolean isBuyerMaker) {
        return stream(
                "aggTrade",
                "\"e\":\"aggTrade\",\"T\":7,\"p\":\"" + price + "\",\"q\":\"" + quantity + "\",\"m\":" + isBuyerMaker);
    }

    private static String diff(long id, String bids, String asks) {
        return stream(
                "depth@100ms",
                "\"e\":\"depthUpdate\",\"T\":5,\"U\":" + id + ",\"u\":" + id + ",\"pu\":" + (id - 1) + ",\"b\":[" + bids
                        + "],\"a\":[" + asks + "]");
    }

    private static String mark(String price, String rate, long fundingMs) {
        return stream(
                "markPrice@1s",
                "\"e\":\"markPriceUpdate\",\"p\":\"" + price + "\",\"r\":\"" + rate + "\",\"T\":" + fundingMs);
    }

    @Test
    void shouldFillARestingOrderWhenTheRecordedTradesReachIt() throws IOException, VenueException {
        CaptureSettings settings = write(
                "1 " + diff(1, "[\"1.10\",\"5\"]", "[\"1.20\",\"5\"],[\"1.21\",\"5\"]"),
                "2 " + trade("1.10", "4", true),
                "3 " + trade("1.10", "3", true),
                "4 " + mark("1.16", "0.0001", 100),
                "5 " + mark("1.16", "-0.0002", 200));
        Venue venue = new Venue(settings, QueueModels.conservative());
        venue.play(1);
        assertEquals(115, venue.source.prices().markPrice(0) / 1_000_000, "the middle of the book");
        Order order = venue.place(OrderRequest.of(1, 0, Side.BUY).limit(10, 110));
        venue.play(1);
        assertEquals(1, venue.engine.marketLotsAhead(order));
        venue.play(1);
        assertEquals(List.of("NEW", "MAKER 2@110"), venue.log);
        assertEquals(110, venue.source.prices().lastTicks(0));
        venue.play(9);
        assertEquals(116_000_000, venue.source.prices().markPrice(0));
        assertEquals(10_000, venue.fundingRateE8, "the rate that was told before its time");
    }

    @Test
    void shouldGiveTheRecordedBookToATaker() throws IOException, VenueException {
        CaptureSettings settings = write(
                "1 " + diff(1, "[\"1.19\",\"5\"]", "[\"1.20\",\"5\"],[\"1.21\",\"6\"]"),
                "2 " + diff(2, "", "[\"1.20\",\"7\"]"));
        Venue venue = new Venue(settings.withImpact(true), QueueModels.conservative());
        venue.play(1);
        venue.place(OrderRequest.of(1, 0, Side.BUY).market(8));
        assertEquals(List.of("NEW", "TAKER 5@120", "TAKER 3@121"), venue.log);
        assertEquals(3, venue.market.marketLots(0, false, 121));
        assertEquals(0, venue.market.marketLots(0, false, 120), "until it is told anew");
        venue.play(1);
        assertEquals(7, venue.market.marketLots(0, false, 120));
        assertEquals(3, venue.market.marketLots(0, false, 121));
    }

    @Test
    void shouldFillMoreTheLessCarefulTheQueueModelIs() throws IOException, VenueException {
        long careful = makerLots(QueueModels.conservative());
        long likely = makerLots(QueueModels.probabilistic(BehindProbability.share(Weight.power(3))));
        long behind =
                makerLots((aheadParts, levelLots, cancelledLots) -> aheadParts - cancelledLots * QueueModel.SCALE);
        assertTrue(careful > 0, "nothing was filled");
        assertTrue(careful < likely, careful + " is not below " + likely);
        assertTrue(likely <= behind, likely + " is above " + behind);
    }

    /** Quotes at the touch of the real capture, renewed every so often, and says how much was filled. */
    private static long makerLots(QueueModel queue) throws IOException, VenueException {
        Venue venue = new Venue(CaptureSettings.of(SharedData.file("captures/usdm-btcusdt-20240808.jsonl.gz")), queue);
        VenueRandom random = new VenueRandom(4);
        int lines = 0;
        while (lines < MOST_LINES && venue.play(400) > 0) {
            lines += 400;
            venue.engine.cancelAll(1, OrderStore.ANY_SYMBOL, lines);
            for (Side side : Side.values()) {
                long best = venue.market.bestTicks(0, side.isBuy());
                long other = venue.market.bestTicks(0, !side.isBuy());
                assertTrue(best > 0 && other > 0);
                venue.place(OrderRequest.of(1, 0, side).limit(1 + random.nextInt(20), best));
            }
            for (Order order : venue.engine.orders().openOrders(1, OrderStore.ANY_SYMBOL)) {
                long there = venue.market.marketLots(0, order.side().isBuy(), order.priceTicks());
                assertTrue(venue.engine.marketLotsAhead(order) <= there, order::toString);
            }
            long bid = venue.market.bestTicks(0, true);
            long ask = venue.market.bestTicks(0, false);
            assertTrue(bid < ask, "crossed, " + bid + " to " + ask);
        }
        return venue.makerLots;
    }
}
