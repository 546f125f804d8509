package io.millrace.exchange.matching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.exchange.market.FrameSink;
import io.millrace.exchange.market.StreamKind;
import io.millrace.exchange.synthetic.SyntheticMarket;
import io.millrace.exchange.synthetic.SyntheticSettings;
import io.millrace.exchange.trade.AmendRequest;
import io.millrace.exchange.trade.MarketFlow;
import io.millrace.exchange.trade.MarketPort;
import io.millrace.exchange.trade.Order;
import io.millrace.exchange.trade.OrderEvents;
import io.millrace.exchange.trade.OrderRequest;
import io.millrace.exchange.trade.PriceMatch;
import io.millrace.exchange.trade.RiskPort;
import io.millrace.exchange.trade.Side;
import io.millrace.exchange.trade.StpMode;
import io.millrace.exchange.trade.TimeInForce;
import io.millrace.exchange.trade.Trade;
import io.millrace.exchange.trade.VenueException;
import io.millrace.exchange.venue.ContractRules;
import io.millrace.exchange.venue.VenueRandom;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Clients at random among the real synthetic flow of two contracts, small and large ones, near the touch and far away from it. */
class SyntheticMatchingTest {
    private static final long START_NS = Desk.T0 * 1_000_000L;
    private static final int ACCOUNTS = 5;
    private static final StpMode[] STP_MODES = StpMode.values();

    /** Clients, their positions, and what they were told. */
    private static final class Venue implements OrderEvents, RiskPort, FrameSink, MarketFlow {
        final SyntheticMarket source;
        final MarketPort market;
        final MatchingEngine engine;
        final VenueRandom random;
        final Map<Long, Long> positions = new HashMap<>();
        final CRC32 told = new CRC32();
        long makerFills;
        long takerFills;
        long nowNs = START_NS;

        Venue(long seed) {
            random = new VenueRandom(seed);
            source = new SyntheticMarket(SyntheticSettings.of(2, seed), START_NS);
            market = source.connect(this);
            engine = new MatchingEngine(
                    new TradingPorts(
                            market,
                            source.prices(),
                            this,
                            this,
                            symbol -> ContractRules.of(source.symbols().get(symbol))),
                    QueueModels.anywhere(seed),
                    1);
        }

        long nowMs() {
            return nowNs / 1_000_000L;
        }

        void step() {
            nowNs += random.nextInt(20_000_000);
            while (source.advance(nowNs, 1_000, this) > 0) {
                // Until everything that is due has happened.
            }
            source.enter(nowNs, this);
            engine.advance(nowMs());
            try {
                act(random.nextInt(2), 1 + random.nextInt(ACCOUNTS));
            } catch (VenueException refusal) {
                tell("refused " + refusal.code());
            }
        }

        private void act(int symbol, int account) throws VenueException {
            List<Order> open = engine.orders().openOrders(account, symbol);
            int what = random.nextInt(100);
            if (what < 20 && !open.isEmpty()) {
                Order order = open.get(random.nextInt(open.size()));
                engine.cancel(account, symbol, order.orderId(), null, nowMs());
            } else if (what < 30 && !open.isEmpty()) {
                Order order = open.get(random.nextInt(open.size()));
                engine.amend(
                        new AmendRequest(
                                account,
                                symbol,
                                order.orderId(),
                                null,
                                order.side(),
                                lots(symbol),
                                price(symbol, order.side()),
                                PriceMatch.NONE,
                                0),
                        nowMs());
            } else {
                engine.place(request(symbol, account), nowMs());
            }
        }

        private OrderRequest request(int symbol, int account) {
            Side side = random.nextInt(2) == 0 ? Side.BUY : Side.SELL;
            OrderRequest.Builder builder = OrderRequest.of(account, symbol, side)
                    .stpMode(STP_MODES[random.nextInt(STP_MODES.length)])
                    .reduceOnly(random.nextInt(3) == 0);
            if (random.nextInt(6) == 0) {
                return builder.market(lots(symbol)).build();
            }
            TimeInForce tif = random.nextInt(3) == 0
                    ? List.of(TimeInForce.IOC, TimeInForce.FOK, TimeInForce.GTX).get(random.nextInt(3))
                    : TimeInForce.GTC;
            return builder.limit(lots(symbol), price(symbol, side))
                    .timeInForce(tif)
                    .build();
        }

        /** Mostly a usual order, now and then one that sweeps the book. */
        private long lots(int symbol) {
            long usual = symbol == 0 ? 60 : 900;
            return random.nextInt(40) == 0 ? usual * 2_000 : usual + random.nextInt(500);
        }

        /** Mostly at the touch, now and then further away than the ladder reaches. */
        private long price(int symbol, Side side) {
            long best = market.bestTicks(symbol, side.isBuy());
            long away = random.nextInt(10) == 0 ? random.nextInt(2_500) : random.nextInt(6) - 3;
            return best - side.sign() * away;
        }

        void check() {
            for (int symbol = 0; symbol < 2; symbol++) {
                long bid = market.bestTicks(symbol, true);
                long ask = market.bestTicks(symbol, false);
                assertTrue(bid > 0 && bid < ask, "touch " + bid + " to " + ask);
                assertEquals(bid, source.book(symbol, 5).bidTicks()[0]);
                Map<Long, Long> shown = new TreeMap<>();
                for (int account = 1; account <= ACCOUNTS; account++) {
                    for (Order order : engine.orders().openOrders(account, symbol)) {
                        checkResting(order, bid, ask);
                        shown.merge(order.priceTicks(), order.remainingLots(), Long::sum);
                    }
                }
                checkBook(symbol, shown);
            }
        }

        private void checkResting(Order order, long bid, long ask) {
            boolean isBid = order.side().isBuy();
            assertTrue(order.isWorking() && order.remainingLots() > 0, order::toString);
            assertTrue(isBid ? order.priceTicks() <= bid : order.priceTicks() >= ask, order::toString);
            long ahead = engine.marketLotsAhead(order);
            long there = market.marketLots(order.symbol(), isBid, order.priceTicks());
            assertTrue(ahead >= 0 && ahead <= there, () -> order + " has " + ahead + " of " + there + " before it");
            if (order.isReduceOnly()) {
                long position = positionLots(order.accountId(), order.symbol());
                long closable = Math.max(0, -order.side().sign() * position);
                assertTrue(order.remainingLots() <= closable, () -> order + " reduces " + position);
            }
        }

        /** What the public sees at a price where clients rest is the market's and the clients', nothing else. */
        private void checkBook(int symbol, Map<Long, Long> shown) {
            var book = source.book(symbol, 1_000);
            for (boolean isBid : new boolean[] {true, false}) {
                long[] ticks = isBid ? book.bidTicks() : book.askTicks();
                long[] lots = isBid ? book.bidLots() : book.askLots();
                for (int i = 0; i < ticks.length; i++) {
                    assertEquals(
                            market.marketLots(symbol, isBid, ticks[i]) + shown.getOrDefault(ticks[i], 0L), lots[i]);
                }
            }
        }

        private void tell(String what) {
            told.update(what.getBytes(StandardCharsets.UTF_8));
        }

        // --- the flow comes to the engine

        @Override
        public void onTake(int symbol, boolean isBid, long priceTicks, long qtyLots, long timeMs) {
            engine.onTake(symbol, isBid, priceTicks, qtyLots, timeMs);
        }

        @Override
        public void onWithdraw(int symbol, boolean isBid, long priceTicks, long qtyLots, long leftLots) {
            engine.onWithdraw(symbol, isBid, priceTicks, qtyLots, leftLots);
        }

        @Override
        public void onPrint(int symbol, boolean isSell, long priceTicks, long qtyLots, long timeMs) {
            throw new IllegalStateException("the synthetic market is not recorded");
        }

        @Override
        public void onLevel(int symbol, boolean isBid, long priceTicks, long oldLots, long newLots, long timeMs) {
            throw new IllegalStateException("the synthetic market is not recorded");
        }

        // --- events and accounts

        @Override
        public void onNew(Order order) {
            tell("new " + order);
        }

        @Override
        public void onTrade(Trade trade) {
            book(trade.taker(), trade);
            book(trade.maker(), trade);
            takerFills += trade.taker() == null ? 0 : 1;
            makerFills += trade.maker() == null ? 0 : 1;
            tell("trade " + trade);
        }

        private void book(Order order, Trade trade) {
            if (order == null) {
                return;
            }
            long key = order.accountId() * 10L + trade.symbol();
            long before = positions.getOrDefault(key, 0L);
            long after = before + order.side().sign() * trade.qtyLots();
            positions.put(key, after);
            if (order.isReduceOnly() && (trade.taker() == null || trade.maker() == null)) {
                assertTrue(Math.abs(after) == Math.abs(before) - trade.qtyLots(), () -> order + " grew " + before);
            }
        }

        @Override
        public void onAmended(Order order) {
            tell("amended " + order);
        }

        @Override
        public void onCanceled(Order order) {
            tell("canceled " + order);
        }

        @Override
        public void onExpired(Order order) {
            tell("expired " + order + order.expiryReason());
        }

        @Override
        public void checkMargin(OrderRequest request, long referencePriceTicks) {
            // Everybody is rich.
        }

        @Override
        public long positionLots(int accountId, int symbol) {
            return positions.getOrDefault(accountId * 10L + symbol, 0L);
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

    private static Venue run(long seed, int steps) {
        Venue venue = new Venue(seed);
        for (int i = 1; i <= steps; i++) {
            venue.step();
            if (i % 20 == 0) {
                venue.check();
            }
        }
        assertTrue(venue.makerFills > steps / 20, () -> "only " + venue.makerFills + " fills of resting orders");
        assertTrue(venue.takerFills > steps / 20, () -> "only " + venue.takerFills + " fills of taking orders");
        return venue;
    }

    @Test
    void shouldKeepBookAndQueuesConsistent() {
        run(11, 4_000);
    }

    @Test
    void shouldTellTheSameForTheSameSeed() {
        assertEquals(run(12, 1_500).told.getValue(), run(12, 1_500).told.getValue());
    }

    @Test
    @Tag("slow")
    void shouldKeepBookAndQueuesConsistentForLong() {
        for (long seed = 20; seed < 26; seed++) {
            run(seed, 20_000);
        }
    }
}
