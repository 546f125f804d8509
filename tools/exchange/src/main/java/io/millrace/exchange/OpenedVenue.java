package io.millrace.exchange;

import io.millrace.exchange.capture.CaptureMarket;
import io.millrace.exchange.faults.FaultScript;
import io.millrace.exchange.faults.Faults;
import io.millrace.exchange.klines.KlineMarket;
import io.millrace.exchange.synthetic.SyntheticMarket;
import io.millrace.exchange.trading.TradingVenue;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * A venue as the settings describe it, with its clients, before anything has happened.
 *
 * <p><b>Thread:</b> the caller's.
 */
final class OpenedVenue {
    private final TradingVenue venue;
    private final byte[] exchangeInfo;
    private final FaultScript faults;
    private final long startNs;

    private OpenedVenue(TradingVenue venue, byte[] exchangeInfo, FaultScript faults, long startNs) {
        this.venue = venue;
        this.exchangeInfo = exchangeInfo;
        this.faults = faults;
        this.startNs = startNs;
    }

    /**
     * Opens a venue.
     *
     * @param settings what it is made of.
     * @param startNs opening time on the driver's clock, epoch nanoseconds; for bars it may be {@link KlineMarket#FILE_TIME}.
     * @throws IOException if a file of the market cannot be read.
     */
    static OpenedVenue of(ExchangeSettings settings, long startNs) throws IOException {
        byte[] exchangeInfo = null;
        long openedNs = startNs;
        TradingVenue venue;
        if (settings.synthetic() != null) {
            venue = new TradingVenue(new SyntheticMarket(settings.synthetic(), startNs), settings.venue(), startNs);
        } else if (settings.capture() != null) {
            CaptureMarket market = new CaptureMarket(settings.capture());
            exchangeInfo = market.exchangeInfo();
            venue = new TradingVenue(market, settings.venue(), startNs);
        } else {
            KlineMarket market = new KlineMarket(settings.klines(), startNs);
            openedNs = startNs == KlineMarket.FILE_TIME ? market.firstNs() : startNs;
            venue = new TradingVenue(market, settings.venue(), openedNs);
        }
        for (int i = 0; i < venue.symbols().size(); i++) {
            venue.contracts().define(i, settings.rules().apply(venue.rules(i)));
        }
        settings.clients().forEach(venue::open);
        return new OpenedVenue(venue, exchangeInfo, settings.faults(), openedNs);
    }

    TradingVenue venue() {
        return venue;
    }

    /** Returns the body of exchangeInfo, or null if it follows from the contracts. */
    byte[] exchangeInfo() {
        return exchangeInfo;
    }

    /** Returns the opening time on the driver's clock, epoch nanoseconds. */
    long startNs() {
        return startNs;
    }

    /** Returns what sets the faults of the settings. */
    Consumer<Faults> script() {
        return set -> set.apply(faults);
    }
}
