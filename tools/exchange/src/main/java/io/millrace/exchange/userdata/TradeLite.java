package io.millrace.exchange.userdata;

/**
 * A fill in short: TRADE_LITE.
 *
 * @param update the order update that tells the same fill in full.
 */
public record TradeLite(OrderUpdate update) implements PrivateEvent {
    @Override
    public PrivateEventType kind() {
        return PrivateEventType.TRADE_LITE;
    }

    @Override
    public long timeMs() {
        return update.timeMs();
    }
}
