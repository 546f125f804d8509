package io.millrace.exchange.userdata;

/**
 * Leverage of a symbol changed: ACCOUNT_CONFIG_UPDATE with {@code ac}.
 *
 * @param timeMs when, epoch milliseconds.
 * @param symbol index.
 * @param leverage from now on, 1 to 125.
 */
public record LeverageUpdate(long timeMs, int symbol, int leverage) implements PrivateEvent {
    @Override
    public PrivateEventType kind() {
        return PrivateEventType.ACCOUNT_CONFIG_UPDATE;
    }
}
