package io.millrace.codecs.value;

/** The venue's streams of one instrument: index, and bit in {@code StreamSet}. */
public final class Streams {
    /** Diff book depth. */
    public static final int DEPTH = 0;
    /** Best bid and ask. */
    public static final int BOOK_TICKER = 1;
    /** Aggregated trades. */
    public static final int AGG_TRADE = 2;
    /** Single trades. */
    public static final int TRADE = 3;
    /** Mark price, index price and funding. */
    public static final int MARK_PRICE = 4;
    /** One-minute bars. */
    public static final int KLINE = 5;
    /** Liquidation orders. */
    public static final int FORCE_ORDER = 6;
    /** Rolling 24 h statistics. */
    public static final int TICKER_24H = 7;
    /** Number of streams. */
    public static final int COUNT = 8;

    private Streams() {}

    /** Returns the stream's bit in {@code StreamSet}. */
    public static int bit(int stream) {
        return 1 << stream;
    }
}
