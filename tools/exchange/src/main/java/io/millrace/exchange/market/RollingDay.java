package io.millrace.exchange.market;

import java.util.Arrays;

/**
 * Statistics of the last 24 h in buckets of 15 minutes: the window moves in steps of a bucket.
 *
 * <p><b>Thread:</b> confined to the market's thread. <b>Units:</b> prices in ticks, volumes in lots, turnover in ticks x lots.
 */
final class RollingDay {
    static final long BUCKET_MS = 15 * 60_000;
    static final int BUCKETS = 96;

    private final long[] open = new long[BUCKETS];
    private final long[] high = new long[BUCKETS];
    private final long[] low = new long[BUCKETS];
    private final long[] volume = new long[BUCKETS];
    private final long[] turnover = new long[BUCKETS];
    private final long[] firstId = new long[BUCKETS];
    private final long[] trades = new long[BUCKETS];
    private final long startMs;
    private long bucket;

    long openTimeMs;
    long openTicks;
    long highTicks;
    long lowTicks;
    long volumeLots;
    long turnoverUnits;
    long firstTradeId;
    long lastTradeId;
    long lastTicks;
    long lastLots;
    long tradeCount;
    boolean isDirty;

    RollingDay(long startMs) {
        this.startMs = startMs;
        this.bucket = startMs / BUCKET_MS;
    }

    void onTrade(long timeMs, long tradeId, long priceTicks, long qtyLots) {
        roll(timeMs);
        int slot = (int) (bucket % BUCKETS);
        if (trades[slot] == 0) {
            open[slot] = priceTicks;
            high[slot] = priceTicks;
            low[slot] = priceTicks;
            firstId[slot] = tradeId;
        }
        high[slot] = Math.max(high[slot], priceTicks);
        low[slot] = Math.min(low[slot], priceTicks);
        volume[slot] += qtyLots;
        turnover[slot] += priceTicks * qtyLots;
        trades[slot]++;
        lastTradeId = tradeId;
        lastTicks = priceTicks;
        lastLots = qtyLots;
        isDirty = true;
    }

    /** Moves the window and adds it up into the fields. */
    void sum(long timeMs) {
        roll(timeMs);
        openTimeMs = Math.max(startMs, (bucket - BUCKETS + 1) * BUCKET_MS);
        highTicks = 0;
        lowTicks = Long.MAX_VALUE;
        volumeLots = 0;
        turnoverUnits = 0;
        tradeCount = 0;
        for (long b = bucket; b > bucket - BUCKETS && b >= 0; b--) {
            int slot = (int) (b % BUCKETS);
            if (trades[slot] > 0) {
                openTicks = open[slot];
                firstTradeId = firstId[slot];
                highTicks = Math.max(highTicks, high[slot]);
                lowTicks = Math.min(lowTicks, low[slot]);
                volumeLots += volume[slot];
                turnoverUnits += turnover[slot];
                tradeCount += trades[slot];
            }
        }
    }

    private void roll(long timeMs) {
        long now = timeMs / BUCKET_MS;
        if (now - bucket >= BUCKETS) {
            Arrays.fill(trades, 0);
            Arrays.fill(volume, 0);
            Arrays.fill(turnover, 0);
            bucket = now;
        }
        while (bucket < now) {
            bucket++;
            int slot = (int) (bucket % BUCKETS);
            trades[slot] = 0;
            volume[slot] = 0;
            turnover[slot] = 0;
        }
    }
}
