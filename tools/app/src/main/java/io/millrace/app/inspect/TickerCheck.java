package io.millrace.app.inspect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The ticker check of one symbol: for each ticker whose update id is the final one of an applied depth update, the book's
 * best bid and ask after that update must be the ticker's. Compares at that id, whichever of the two came first.
 */
final class TickerCheck {
    /** How far apart, in tickers or updates, the two may come. */
    private static final int WINDOW = 1 << 17;

    private final Map<Long, Touch> applied = window();
    private final Map<Long, List<Touch>> waiting = window();
    private long matchedTickerFirst;
    private long matchedDepthFirst;
    private long mismatched;

    /**
     * Best bid and ask.
     *
     * @param bidTicks best bid.
     * @param bidLots its quantity.
     * @param askTicks best ask.
     * @param askLots its quantity.
     */
    record Touch(long bidTicks, long bidLots, long askTicks, long askLots) {}

    /** A depth update was applied and left this touch. */
    void onDepth(long lastUpdateId, Touch touch) {
        applied.put(lastUpdateId, touch);
        List<Touch> tickers = waiting.remove(lastUpdateId);
        if (tickers != null) {
            for (Touch ticker : tickers) {
                if (ticker.equals(touch)) {
                    matchedTickerFirst++;
                } else {
                    mismatched++;
                }
            }
        }
    }

    /** A ticker came. */
    void onTicker(long updateId, Touch ticker) {
        Touch touch = applied.get(updateId);
        if (touch == null) {
            waiting.computeIfAbsent(updateId, id -> new ArrayList<>(1)).add(ticker);
        } else if (touch.equals(ticker)) {
            matchedDepthFirst++;
        } else {
            mismatched++;
        }
    }

    long matched() {
        return matchedTickerFirst + matchedDepthFirst;
    }

    long matchedTickerFirst() {
        return matchedTickerFirst;
    }

    long matchedDepthFirst() {
        return matchedDepthFirst;
    }

    long mismatched() {
        return mismatched;
    }

    private static <V> Map<Long, V> window() {
        return new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Long, V> eldest) {
                return size() > WINDOW;
            }
        };
    }
}
