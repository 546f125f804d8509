package io.millrace.exchange.market;

/**
 * What there was to trade before the market began, so that a client that asks for bars gets some.
 *
 * <p><b>Thread:</b> confined to the market's thread.
 */
public interface BarPast {
    /** No past at all. */
    BarPast NONE = new BarPast() {
        @Override
        public long beginMs() {
            return Long.MAX_VALUE;
        }

        @Override
        public boolean sum(long fromMs, long toMs, Bar into) {
            return false;
        }
    };

    /** Returns the oldest moment that is known, epoch milliseconds at a whole minute. */
    long beginMs();

    /**
     * Adds up what was traded in some time; sets prices and volumes, neither the time nor ids.
     *
     * @param fromMs beginning, a whole minute not before {@link #beginMs()}.
     * @param toMs end, exclusive, a whole minute not after the market's first.
     * @param into takes the sum.
     * @return false if nothing is known of exactly that time.
     */
    boolean sum(long fromMs, long toMs, Bar into);
}
