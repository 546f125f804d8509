package io.millrace.exchange.account;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The order in which positions of one side are deleveraged: by unrealized profit over cost, times effective leverage (value over
 * margin balance); a loss is divided by it instead. Highest first, ties by account.
 *
 * <p><b>Thread:</b> confined to the venue's thread.
 */
final class AdlQueue {
    private static final int QUANTILES = 5;

    private final Books books;

    AdlQueue(Books books) {
        this.books = books;
    }

    /**
     * A position in the queue.
     *
     * @param account whose.
     * @param position of the account.
     * @param score rank, highest is deleveraged first.
     */
    record Entry(Account account, Position position, BigDecimal score) {}

    /** Returns the positions of a side in a contract, first to be deleveraged first. */
    List<Entry> queue(int symbol, boolean isLong) {
        List<Entry> entries = new ArrayList<>();
        for (Account account : books.accounts()) {
            Position position = account.positionOrNull(symbol);
            if (position != null && position.lots() != 0 && position.lots() > 0 == isLong) {
                entries.add(new Entry(account, position, score(account, position)));
            }
        }
        // The sort is stable and accounts come by id.
        entries.sort(Comparator.comparing(Entry::score).reversed());
        return entries;
    }

    /** Returns 0 to 4, the fifth of the queue that a position is in, 4 is first to go; 0 if flat. */
    int quantile(Account account, Position position) {
        if (position.lots() == 0) {
            return 0;
        }
        List<Entry> entries = queue(position.symbol(), position.lots() > 0);
        BigDecimal own = score(account, position);
        long lower = entries.stream().filter(e -> e.score().compareTo(own) < 0).count();
        return (int) (lower * QUANTILES / entries.size());
    }

    private BigDecimal score(Account account, Position position) {
        Margin margin = books.margin();
        long markE8 = margin.markE8(position);
        long pnl = position.unrealizedPnl(markE8);
        long balance = position.isIsolated() ? position.isolatedMargin() + pnl : margin.crossMarginBalance(account);
        BigDecimal rate = ratio(pnl, Math.abs(position.cost()));
        BigDecimal leverage = ratio(Math.abs(position.notional(markE8)), Math.max(1, balance));
        return pnl >= 0 || leverage.signum() == 0
                ? rate.multiply(leverage)
                : rate.divide(leverage, MathContext.DECIMAL64);
    }

    private static BigDecimal ratio(long amount, long whole) {
        return BigDecimal.valueOf(amount).divide(BigDecimal.valueOf(Math.max(1, whole)), MathContext.DECIMAL64);
    }
}
