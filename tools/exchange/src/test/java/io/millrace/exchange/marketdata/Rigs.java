package io.millrace.exchange.marketdata;

import io.millrace.exchange.MarketRig;
import io.millrace.exchange.market.StreamKind;
import io.millrace.exchange.synthetic.SyntheticMarket;
import io.millrace.exchange.synthetic.SyntheticSettings;

/** Markets that the endpoints are asked about. */
final class Rigs {
    /** 2026-11-21 11:59:00 UTC. */
    static final long START_NS = 1_795_262_340_000_000_000L;

    static final long SECOND_NS = 1_000_000_000L;

    private Rigs() {}

    static MarketRig synthetic(int symbols, int seconds, StreamKind... wanted) {
        SyntheticMarket market = new SyntheticMarket(
                SyntheticSettings.of(symbols, 5)
                        .withEventsPerSecond(700 * symbols)
                        .withJumpsPerHour(600),
                START_NS);
        MarketRig rig = new MarketRig(market, START_NS, wanted);
        rig.advance(seconds * SECOND_NS);
        return rig;
    }
}
