package io.millrace.exchange.synthetic;

import io.millrace.exchange.market.Bar;
import io.millrace.exchange.market.BarPast;
import java.util.Arrays;

/**
 * What a synthetic symbol traded before the market began: made up backwards from its opening price, one {@link DayShape} a day,
 * by the market's seed. Nothing of it is kept but the opening price of each day that was asked for (8 bytes, 21 KB a symbol for
 * all of them); minutes are made when they are asked for, and days, weeks and months are exactly what their minutes add up to.
 *
 * <p><b>Thread:</b> confined to the market's thread.
 */
final class SyntheticPast implements BarPast {
    private static final long MINUTE_MS = 60_000;
    private static final long DAY_MS = DayShape.MINUTES * MINUTE_MS;
    /** 2019-09-26, the first whole day of the contracts. */
    private static final long BEGIN_DAY = 18_165;

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final long MIX = 0xBF58476D1CE4E5B9L;
    /** A day goes from its lowest to its highest over a 25th of the price, more or less. */
    private static final int RANGE_PARTS = 25;

    private static final int SIGN_BIT = 40;
    private static final int CALM_BIT = 41;

    private final long seed;
    private final long anchorTicks;
    private final long lotsPerUnit;
    private final long startDay;
    private final int startMinute;
    /** Opening prices, the starting day's first and then backwards. */
    private long[] opens = new long[16];

    private int known;

    /** What one day is, filled by {@link #load}. */
    private DayShape shape;

    private int shift;
    private boolean isMirrored;
    private long open;

    /**
     * Makes a past.
     *
     * @param seed of the symbol.
     * @param startMs when the market begins, epoch milliseconds.
     * @param openingTicks its first price, which is the past's last.
     * @param lotsPerMinute usual volume of a minute in lots.
     */
    SyntheticPast(long seed, long startMs, long openingTicks, double lotsPerMinute) {
        this.seed = seed;
        this.anchorTicks = openingTicks;
        this.lotsPerUnit = Math.max(1, (long) (lotsPerMinute / DayShape.MEAN_VOLUME));
        this.startDay = startMs / DAY_MS;
        this.startMinute = (int) (startMs % DAY_MS / MINUTE_MS);
    }

    @Override
    public long beginMs() {
        return startDay > BEGIN_DAY ? BEGIN_DAY * DAY_MS : Long.MAX_VALUE;
    }

    @Override
    public boolean sum(long fromMs, long toMs, Bar into) {
        if (fromMs < beginMs() || toMs > startDay * DAY_MS + startMinute * MINUTE_MS || fromMs >= toMs) {
            return false;
        }
        Sum sum = new Sum();
        long at = fromMs;
        while (at < toMs) {
            long day = at / DAY_MS;
            long dayMs = day * DAY_MS;
            int from = (int) ((at - dayMs) / MINUTE_MS);
            int to = (int) (Math.min(toMs - dayMs, DAY_MS) / MINUTE_MS);
            load(day);
            if (from == 0 && to == DayShape.MINUTES) {
                addDay(sum);
            } else {
                for (int minute = from; minute < to; minute++) {
                    addMinute(sum, minute);
                }
            }
            at = dayMs + to * MINUTE_MS;
        }
        into.setPrices(sum.open, sum.high, sum.low, sum.close);
        into.setVolumes(sum.trades, sum.lots, sum.turnover, sum.buyLots, sum.buyTurnover);
        return true;
    }

    private void addDay(Sum sum) {
        sum.prices(
                open,
                open + offset(isMirrored ? shape.lowest() : shape.highest()),
                open + offset(isMirrored ? shape.highest() : shape.lowest()),
                open + offset(shape.at(DayShape.MINUTES)));
        long weighted = isMirrored ? -shape.weighted(shift) : shape.weighted(shift);
        long buyWeighted = isMirrored ? -shape.takerBuyWeighted(shift) : shape.takerBuyWeighted(shift);
        sum.trades += shape.tradesSum();
        sum.lots += lotsPerUnit * shape.volumeSum();
        sum.turnover += lotsPerUnit * (open * shape.volumeSum() + weighted);
        sum.buyLots += lotsPerUnit * shape.takerBuySum();
        sum.buyTurnover += lotsPerUnit * (open * shape.takerBuySum() + buyWeighted);
    }

    private void addMinute(Sum sum, int minute) {
        sum.prices(
                open + offset(shape.at(minute)),
                open + offset(isMirrored ? shape.low(minute) : shape.high(minute)),
                open + offset(isMirrored ? shape.high(minute) : shape.low(minute)),
                open + offset(shape.at(minute + 1)));
        long price = open + offset(shape.middle(minute));
        sum.trades += shape.trades(minute);
        sum.lots += lotsPerUnit * shape.volume(minute);
        sum.turnover += lotsPerUnit * shape.volume(minute) * price;
        sum.buyLots += lotsPerUnit * shape.takerBuy(minute);
        sum.buyTurnover += lotsPerUnit * shape.takerBuy(minute) * price;
    }

    private long offset(int value) {
        long scaled = DayShape.scale(value, shift);
        return isMirrored ? -scaled : scaled;
    }

    /** Makes a day the present one; those between it and the start are made on the way. */
    private void load(long day) {
        int back = (int) (startDay - day);
        while (known <= back) {
            if (known == opens.length) {
                opens = Arrays.copyOf(opens, known * 2);
            }
            boolean isFirst = known == 0;
            long close = isFirst ? anchorTicks : opens[known - 1];
            choose(startDay - known, close);
            opens[known] = close - offset(shape.at(isFirst ? startMinute : DayShape.MINUTES));
            known++;
        }
        choose(day, back == 0 ? anchorTicks : opens[back - 1]);
        open = opens[back];
    }

    /** Decides what a day is by the price that it ends with. */
    private void choose(long day, long closeTicks) {
        long hash = (seed * MIX + day) * GOLDEN;
        hash = (hash ^ hash >>> 30) * MIX;
        hash ^= hash >>> 31;
        shape = DayShape.of(hash);
        shift = DayShape.shiftFor(closeTicks / RANGE_PARTS) + (int) (hash >>> CALM_BIT & 1);
        isMirrored = (hash >>> SIGN_BIT & 1) != 0;
        boolean isRising = shape.at(DayShape.MINUTES) > 0;
        if (closeTicks > anchorTicks * 2) {
            // Far above the opening price: the day rose to here.
            isMirrored = !isRising;
        } else if (closeTicks < anchorTicks / 2) {
            isMirrored = isRising;
        }
    }

    /** Prices and volumes so far. */
    private static final class Sum {
        private boolean isAny;
        private long open;
        private long high;
        private long low;
        private long close;
        private long trades;
        private long lots;
        private long turnover;
        private long buyLots;
        private long buyTurnover;

        void prices(long first, long highest, long lowest, long last) {
            if (!isAny) {
                isAny = true;
                open = first;
                high = highest;
                low = lowest;
            }
            high = Math.max(high, highest);
            low = Math.min(low, lowest);
            close = last;
        }
    }
}
