package io.millrace.bench.peer;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/** The usual book: one sorted map of exact decimals for each side. */
final class DecimalBook {
    private final Map<BigDecimal, BigDecimal> bids = new TreeMap<>(Comparator.reverseOrder());
    private final Map<BigDecimal, BigDecimal> asks = new TreeMap<>();

    void clear() {
        bids.clear();
        asks.clear();
    }

    void on(boolean isBid, BigDecimal price, BigDecimal qty) {
        Map<BigDecimal, BigDecimal> side = isBid ? bids : asks;
        if (qty.signum() == 0) {
            side.remove(price);
        } else {
            side.put(price, qty);
        }
    }

    Map<BigDecimal, BigDecimal> bids() {
        return bids;
    }

    Map<BigDecimal, BigDecimal> asks() {
        return asks;
    }
}
