package io.millrace.bench.exchange;

import io.millrace.exchange.account.Account;
import io.millrace.exchange.synthetic.SyntheticMarket;
import io.millrace.exchange.synthetic.SyntheticSettings;
import io.millrace.exchange.trade.OrderRequest;
import io.millrace.exchange.trade.Side;
import io.millrace.exchange.trade.VenueException;
import io.millrace.exchange.trading.TradingVenue;
import io.millrace.exchange.trading.VenueSettings;

/**
 * Measures a whole venue in process, on one thread: synthetic flow, all streams written, clients with resting orders and positions in
 * the liveliest contracts.
 */
final class VenueThroughput {
    private static final int CLIENTS = 10;
    private static final int TRADED = 50;
    private static final int LEVELS = 5;
    private static final long USDT = 100_000_000L;
    private static final long STEP_NS = 100_000_000L;

    private final TradingVenue venue;
    private final SyntheticMarket market;
    private final PayloadCounter counter = new PayloadCounter(PayloadCounter::isNews);
    private long orders;

    private VenueThroughput(int symbols) {
        market = new SyntheticMarket(
                SyntheticSettings.of(symbols, 1).withEventsPerSecond(MarketThroughput.EVENTS_PER_SECOND),
                MarketThroughput.START_NS);
        venue = new TradingVenue(market, VenueSettings.of(1), MarketThroughput.START_NS);
        venue.publishTo(counter);
        for (int i = 0; i < CLIENTS; i++) {
            Account account = venue.accounts().open("client" + i);
            venue.accounts().deposit(account, 10_000_000 * USDT);
        }
    }

    /** The clients replace the orders of a contract by new ones around the touch. */
    private void quote(int symbol) {
        for (int client = 0; client < CLIENTS; client++) {
            venue.cancelAll(client, symbol);
            for (int level = 0; level < LEVELS; level++) {
                place(client, symbol, Side.BUY, venue.prices().bestBidTicks(symbol) - level);
                place(client, symbol, Side.SELL, venue.prices().bestAskTicks(symbol) + level);
            }
        }
    }

    private void place(int client, int symbol, Side side, long ticks) {
        long minE8 = venue.rules(symbol).minNotionalE8();
        double lotUsdt = ticks
                * venue.rules(symbol).spec().tick().step().doubleValue()
                * venue.rules(symbol).spec().lot().step().doubleValue();
        long lots = 1 + (long) (2 * minE8 / 1e8 / lotUsdt);
        try {
            venue.place(OrderRequest.of(client, symbol, side).limit(lots, ticks).build());
            orders++;
        } catch (VenueException e) {
            throw new IllegalStateException("an order of the measurement was refused: " + e.getMessage(), e);
        }
    }

    private void run(long untilNs) {
        int symbol = 0;
        for (long ns = venue.clock().epochNs() + STEP_NS; ns <= untilNs; ns += STEP_NS) {
            venue.advanceTo(ns);
            quote(symbol++ % Math.min(TRADED, venue.symbols().size()));
        }
    }

    /**
     * Measures.
     *
     * @param symbols number of contracts.
     * @param seconds of the market's time, after a warm-up, at least 1.
     */
    static ExchangeFigure measure(int symbols, int seconds) {
        VenueThroughput run = new VenueThroughput(symbols);
        long warmNs = MarketThroughput.START_NS + MarketThroughput.WARM_UP_NS;
        run.run(warmNs);
        long eventsBefore = run.market.flowEvents();
        long ordersBefore = run.orders;
        run.counter.begin(eventsBefore);
        run.run(warmNs + seconds * 1_000_000_000L);
        String name = String.format(
                "venue with %d clients, %,d orders among %,d market events",
                CLIENTS, run.orders - ordersBefore, run.market.flowEvents() - eventsBefore);
        ExchangeFigure figure = run.counter.end(name, run.market.flowEvents());
        run.venue.accounts().verify();
        return figure;
    }
}
