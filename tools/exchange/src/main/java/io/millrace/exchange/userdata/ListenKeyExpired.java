package io.millrace.exchange.userdata;

/**
 * A listen key has run out; its connections stay open and hear nothing more.
 *
 * @param timeMs when, epoch milliseconds.
 * @param listenKey that was.
 */
public record ListenKeyExpired(long timeMs, String listenKey) implements PrivateEvent {
    @Override
    public PrivateEventType kind() {
        return PrivateEventType.LISTEN_KEY_EXPIRED;
    }
}
