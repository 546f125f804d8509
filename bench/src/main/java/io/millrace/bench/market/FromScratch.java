package io.millrace.bench.market;

import io.millrace.engine.book.MarketView;
import io.millrace.engine.book.OrderBook;
import java.util.Arrays;

/**
 * The usual way to have features: look back over what was recorded and work them out anew. It keeps best bid and ask, mids and trades in plain
 * arrays, which are free here; only looking back counts. What the product has besides (refills, liquidations, bars, funding) it leaves out.
 */
final class FromScratch {
    private static final long[] WINDOWS_NS = {1_000_000_000L, 10_000_000_000L, 60_000_000_000L};
    private static final int BUCKETS = 20;
    private static final int SECONDS = 120;
    private static final int PRINTS = 512;
    private static final long SECOND_NS = 1_000_000_000L;

    private final FeatureTape tape;
    private final long[] touches;
    private final int[] trades;
    private final MarketView view = new MarketView();
    private final double[] values = new double[PRINTS];
    private final long[] mids = new long[SECONDS + 2];
    private double sum;

    FromScratch(FeatureTape tape) {
        this.tape = tape;
        this.touches = new long[4 * tape.count()];
        this.trades = new int[tape.count() + 1];
        int seen = 0;
        for (int i = 0; i < tape.count(); i++) {
            if (tape.kind(i) == FeatureTape.VIEW) {
                view.wrap(tape.views(), (int) tape.number(i, 0));
                touches[4 * i] = view.bidTicks();
                touches[4 * i + 1] = view.bidLots();
                touches[4 * i + 2] = view.askTicks();
                touches[4 * i + 3] = view.askLots();
            } else if (tape.kind(i) == FeatureTape.TRADE) {
                trades[seen++] = i;
            }
        }
        Arrays.fill(trades, seen, trades.length, Integer.MAX_VALUE);
    }

    /** Works everything out as of an event; returns a number that depends on all of it. */
    double at(int last) {
        sum = 0;
        for (long windowNs : WINDOWS_NS) {
            flows(last, windowNs);
            volatility(last, windowNs / BUCKETS, BUCKETS);
        }
        jump(last);
        prints(last);
        touch(last);
        return sum;
    }

    private void flows(int last, long windowNs) {
        long firstNs = (tape.ns(last) / (windowNs / BUCKETS) - BUCKETS + 1) * (windowNs / BUCKETS);
        long flow = 0;
        long size = 0;
        long bought = 0;
        long sold = 0;
        long count = 0;
        int after = -1;
        for (int i = last; i >= 0 && (tape.ns(i) >= firstNs || after >= 0); i--) {
            if (tape.kind(i) == FeatureTape.TRADE && tape.ns(i) >= firstNs) {
                bought += tape.number(i, 2) == 0 ? tape.number(i, 1) : 0;
                sold += tape.number(i, 2) == 0 ? 0 : tape.number(i, 1);
                count++;
            } else if (tape.kind(i) == FeatureTape.VIEW) {
                if (after >= 0) {
                    long e = contribution(i, after);
                    flow += e;
                    size += Math.abs(e);
                }
                after = tape.ns(i) >= firstNs ? i : -1;
            }
        }
        sum += (double) flow / Math.max(1, size) + (double) (bought - sold) / Math.max(1, bought + sold) + count;
    }

    private long contribution(int before, int now) {
        int b = 4 * before;
        int n = 4 * now;
        return (touches[n] >= touches[b] ? touches[n + 1] : 0)
                - (touches[n] <= touches[b] ? touches[b + 1] : 0)
                - (touches[n + 2] <= touches[b + 2] ? touches[n + 3] : 0)
                + (touches[n + 2] >= touches[b + 2] ? touches[b + 3] : 0);
    }

    private int sample(int last, long bucketNs, int buckets) {
        long end = tape.ns(last) / bucketNs;
        int found = 0;
        for (int i = last; i >= 0 && found <= buckets; i--) {
            if (tape.kind(i) == FeatureTape.VIEW) {
                while (found <= buckets && tape.ns(i) < (end - found) * bucketNs) {
                    mids[found++] = touches[4 * i] + touches[4 * i + 2];
                }
            }
        }
        return found;
    }

    private void volatility(int last, long bucketNs, int buckets) {
        int found = sample(last, bucketNs, buckets);
        double squares = 0;
        for (int i = 0; i + 1 < found; i++) {
            double r = mids[i] == mids[i + 1] ? 0 : StrictMath.log((double) mids[i] / mids[i + 1]);
            squares += r * r;
        }
        sum += Math.sqrt(squares);
    }

    private void jump(int last) {
        int found = sample(last, SECOND_NS, SECONDS);
        double products = 0;
        double newer = 0;
        double newest = 0;
        for (int i = 0; i + 1 < found; i++) {
            double r = mids[i] == mids[i + 1] ? 0 : StrictMath.log((double) mids[i] / mids[i + 1]);
            newest = i == 0 ? r : newest;
            products += i > 1 ? Math.abs(r) * newer : 0;
            newer = Math.abs(r);
        }
        sum += products == 0 ? 0 : newest / Math.sqrt(products / SECONDS);
    }

    private void prints(int last) {
        int end = Arrays.binarySearch(trades, last);
        end = end < 0 ? -end - 2 : end;
        int count = Math.min(PRINTS, end + 1);
        for (int i = 0; i < count; i++) {
            int trade = trades[end - i];
            values[i] = (double) tape.number(trade, 0) * tape.number(trade, 1);
        }
        if (count > 0) {
            double newest = values[0];
            Arrays.sort(values, 0, count);
            sum += Arrays.binarySearch(values, 0, count, newest);
        }
    }

    private void touch(int last) {
        for (int i = last; i >= 0; i--) {
            if (tape.kind(i) == FeatureTape.VIEW) {
                view.wrap(tape.views(), (int) tape.number(i, 0));
                sum += (double) (view.lotsOf20(OrderBook.BID) - view.lotsOf20(OrderBook.ASK))
                        / Math.max(1, view.lotsOf20(OrderBook.BID) + view.lotsOf20(OrderBook.ASK));
                return;
            }
        }
    }
}
