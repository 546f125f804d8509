package io.millrace.exchange.market;

/** Takes the payloads that a market publishes. */
public interface FrameSink {
    /** Stands for the symbol where a stream is of the whole market. */
    int WHOLE_MARKET = -1;

    /**
     * Says whether anybody takes a stream, so that nobody writes payloads for nothing. The market itself goes on alike.
     *
     * @param symbol index in {@link MarketSource#symbols()}, or {@link #WHOLE_MARKET}.
     * @param kind stream of the symbol or of the market.
     */
    boolean isWanted(int symbol, StreamKind kind);

    /**
     * One payload, in the raw form.
     *
     * @param symbol index in {@link MarketSource#symbols()}, or {@link #WHOLE_MARKET}.
     * @param kind stream of the symbol or of the market.
     * @param payload holds the payload from index 0; lent for the call.
     * @param length bytes of the payload.
     */
    void onFrame(int symbol, StreamKind kind, byte[] payload, int length);
}
