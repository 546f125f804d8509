package io.millrace.exchange.account;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/**
 * The income rows of one account, oldest first; what is older than 90 days falls away.
 *
 * <p><b>Thread:</b> confined to the venue's thread.
 */
public final class IncomeHistory {
    /** How long rows are kept. */
    public static final long KEPT_MS = 90L * 86_400_000L;

    private final ArrayDeque<Income> rows = new ArrayDeque<>();

    IncomeHistory() {}

    void add(Income row) {
        while (!rows.isEmpty() && rows.peekFirst().timeMs() < row.timeMs() - KEPT_MS) {
            rows.removeFirst();
        }
        rows.addLast(row);
    }

    /** Returns the number of rows. */
    public int size() {
        return rows.size();
    }

    /**
     * What rows to return.
     *
     * @param symbol index of the contract, -1 for all.
     * @param type kind, null for all.
     * @param startMs first time, epoch milliseconds; 0 returns the newest rows.
     * @param endMs last time, epoch milliseconds.
     * @param page from 1 on.
     * @param limit rows of a page, 1 to 1,000.
     */
    public record Query(int symbol, IncomeType type, long startMs, long endMs, int page, int limit) {
        /** Returns the query of everything. */
        public static Query all() {
            return new Query(-1, null, 1, Long.MAX_VALUE, 1, Integer.MAX_VALUE);
        }

        private boolean takes(Income row) {
            return (symbol < 0 || row.symbol() == symbol)
                    && (type == null || row.type() == type)
                    && row.timeMs() >= startMs
                    && row.timeMs() <= endMs;
        }
    }

    /**
     * Returns rows, oldest first.
     *
     * @param query which.
     */
    public List<Income> find(Query query) {
        boolean isNewestFirst = query.startMs() == 0;
        List<Income> found = new ArrayList<>();
        Iterator<Income> all = isNewestFirst ? rows.descendingIterator() : rows.iterator();
        long skip = (query.page() - 1L) * query.limit();
        while (all.hasNext() && found.size() < query.limit()) {
            Income row = all.next();
            if (query.takes(row) && skip-- <= 0) {
                found.add(row);
            }
        }
        if (isNewestFirst) {
            Collections.reverse(found);
        }
        return found;
    }
}
