package io.millrace.engine.bars;

/** What one-minute bars are made from. */
public enum BarSource {
    /** Klines where the kline stream is subscribed, else trades. */
    AUTO,
    /** The kline stream. */
    KLINES,
    /** Single trades where that stream is subscribed, else aggregate trades. */
    TRADES
}
