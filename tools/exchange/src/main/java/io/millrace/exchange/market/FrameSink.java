package io.millrace.exchange.market;

/** Takes the payloads that a market publishes. */
public interface FrameSink {
    /**
     * Says whether anybody takes a stream, so that nobody writes payloads for nothing. The market itself goes on alike.
     *
     * @param symbol index in {@link MarketSource#symbols()}.
     * @param kind stream of the symbol.
     */
    boolean isWanted(int symbol, StreamKind kind);

    /**
     * One payload, in the raw form.
     *
     * @param symbol index in {@link MarketSource#symbols()}.
     * @param kind stream of the symbol.
     * @param payload holds the payload from index 0; lent for the call.
     * @param length bytes of the payload.
     */
    void onFrame(int symbol, StreamKind kind, byte[] payload, int length);
}
