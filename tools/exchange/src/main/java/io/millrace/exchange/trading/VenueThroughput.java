package io.millrace.exchange.trading;

import io.millrace.exchange.account.Account;
import io.millrace.exchange.market.FrameSink;
import io.millrace.exchange.market.StreamKind;
import io.millrace.exchange.synthetic.SyntheticMarket;
import io.millrace.exchange.synthetic.SyntheticSettings;
import io.millrace.exchange.trade.OrderRequest;
import io.millrace.exchange.trade.Side;
import io.millrace.exchange.trade.VenueException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * Measures a venue of 648 contracts in process, on one thread: synthetic flow, all streams written, clients with resting orders and
 * positions in the liveliest contracts.
 */
public final class VenueThroughput {
    private static final int SYMBOLS = 648;
    private static final int EVENTS_PER_SECOND = 100_000;
    private static final int CLIENTS = 10;
    private static final int TRADED = 50;
    private static final int LEVELS = 5;
    private static final long USDT = 100_000_000L;
    private static final long WARM_UP_NS = 4_000_000_000L;
    private static final long STEP_NS = 100_000_000L;
    private static final long START_NS = 1_795_262_400_000_000_000L;

    private final TradingVenue venue;
    private final SyntheticMarket market;
    private long payloads;
    private long bytes;
    private long orders;

    private VenueThroughput() {
        market = new SyntheticMarket(SyntheticSettings.of(SYMBOLS, 1).withEventsPerSecond(EVENTS_PER_SECOND), START_NS);
        venue = new TradingVenue(market, VenueSettings.of(1), START_NS);
        venue.publishTo(new Counter());
        for (int i = 0; i < CLIENTS; i++) {
            Account account = venue.accounts().open("client" + i);
            venue.accounts().deposit(account, 10_000_000 * USDT);
        }
    }

    /** Counts what is published. */
    private final class Counter implements FrameSink {
        @Override
        public boolean isWanted(int symbol, StreamKind kind) {
            // The slower copies of a stream say nothing new.
            return kind != StreamKind.DEPTH_250MS && kind != StreamKind.DEPTH_500MS && kind != StreamKind.MARK_PRICE_3S;
        }

        @Override
        public void onFrame(int symbol, StreamKind kind, byte[] payload, int length) {
            payloads++;
            bytes += length;
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
            quote(symbol++ % TRADED);
        }
    }

    /**
     * Measures.
     *
     * @param seconds of the market's time, after a warm-up, at least 1.
     * @return one line of figures; processor time, so that what else the machine does is not the venue's doing.
     */
    public static String measure(int seconds) {
        VenueThroughput run = new VenueThroughput();
        run.run(START_NS + WARM_UP_NS);
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long events = run.market.flowEvents();
        long orders = run.orders;
        run.payloads = 0;
        run.bytes = 0;
        long beginNs = threads.getCurrentThreadCpuTime();
        run.run(START_NS + WARM_UP_NS + seconds * 1_000_000_000L);
        double spent = (threads.getCurrentThreadCpuTime() - beginNs) / 1e9;
        run.venue.accounts().verify();
        return String.format(
                "%d contracts, %d clients, %,d orders placed among %,d market events: %,.0f market events/s, %,.0f payloads/s,"
                        + " %,.0f MB/s of one core",
                SYMBOLS,
                CLIENTS,
                run.orders - orders,
                run.market.flowEvents() - events,
                (run.market.flowEvents() - events) / spent,
                run.payloads / spent,
                run.bytes / spent / 1e6);
    }

    /**
     * Prints the figures.
     *
     * @param arguments seconds of the market's time, 10 without.
     */
    public static void main(String[] arguments) {
        System.out.println(measure(arguments.length == 0 ? 10 : Integer.parseInt(arguments[0])));
    }
}
