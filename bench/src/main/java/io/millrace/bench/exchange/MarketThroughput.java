package io.millrace.bench.exchange;

import io.millrace.exchange.market.StreamKind;
import io.millrace.exchange.synthetic.SyntheticMarket;
import io.millrace.exchange.synthetic.SyntheticSettings;
import java.util.function.Predicate;

/** Measures the synthetic market alone, in process, on one thread: order flow, books, payloads. */
final class MarketThroughput {
    static final long START_NS = 1_795_262_400_000_000_000L;
    static final int EVENTS_PER_SECOND = 100_000;
    static final long WARM_UP_NS = 4_000_000_000L;

    private MarketThroughput() {}

    /**
     * Measures.
     *
     * @param name of the figure.
     * @param symbols number of contracts.
     * @param seconds of the market's time, after a warm-up.
     * @param wanted streams that are taken.
     */
    static ExchangeFigure measure(String name, int symbols, int seconds, Predicate<StreamKind> wanted) {
        SyntheticMarket market =
                new SyntheticMarket(SyntheticSettings.of(symbols, 1).withEventsPerSecond(EVENTS_PER_SECOND), START_NS);
        PayloadCounter counter = new PayloadCounter(wanted);
        market.advance(START_NS + WARM_UP_NS, Integer.MAX_VALUE, counter);
        counter.begin(market.flowEvents());
        market.advance(START_NS + WARM_UP_NS + seconds * 1_000_000_000L, Integer.MAX_VALUE, counter);
        return counter.end(name, market.flowEvents());
    }
}
