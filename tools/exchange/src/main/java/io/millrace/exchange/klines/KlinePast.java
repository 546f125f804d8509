package io.millrace.exchange.klines;

import io.millrace.exchange.market.Bar;
import io.millrace.exchange.market.BarPast;

/** The bars of a file from before the market began, with the trades that they would have been played with. */
final class KlinePast implements BarPast {
    private final KlineFile file;
    private final BarPath path;
    private final long seed;
    private final long startMs;

    KlinePast(KlineFile file, int stepsPerBar, long seed, long startMs) {
        this.file = file;
        this.path = new BarPath(stepsPerBar);
        this.seed = seed;
        this.startMs = startMs;
    }

    @Override
    public long beginMs() {
        return file.timeMs(0) < startMs ? file.timeMs(0) : Long.MAX_VALUE;
    }

    @Override
    public boolean sum(long fromMs, long toMs, Bar into) {
        if (fromMs < beginMs() || toMs > startMs || fromMs % file.intervalMs() != 0 || toMs % file.intervalMs() != 0) {
            return false;
        }
        int from = file.indexFrom(fromMs);
        int to = file.indexFrom(toMs);
        if (from >= to) {
            return false;
        }
        long high = 0;
        long low = Long.MAX_VALUE;
        long trades = 0;
        long lots = 0;
        long turnover = 0;
        long buyLots = 0;
        long buyTurnover = 0;
        for (int bar = from; bar < to; bar++) {
            high = Math.max(high, file.highTicks(bar));
            low = Math.min(low, file.lowTicks(bar));
            lots += file.volumeLots(bar);
            path.make(file, bar, seed);
            trades += path.count();
            for (int i = 0; i < path.count(); i++) {
                long units = path.priceTicks[i] * path.qtyLots[i];
                turnover += units;
                buyLots += path.isSell[i] ? 0 : path.qtyLots[i];
                buyTurnover += path.isSell[i] ? 0 : units;
            }
        }
        into.setPrices(file.openTicks(from), high, low, file.closeTicks(to - 1));
        into.setVolumes(trades, lots, turnover, buyLots, buyTurnover);
        return true;
    }
}
