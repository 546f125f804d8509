package io.millrace.exchange.userdata;

/**
 * How long private events take, and with what seed. Events of one kind keep their order; kinds overtake each other by
 * their delays, and account updates come now before, now after the order update of the same fill.
 *
 * @param tradeLiteNs nanoseconds until a TRADE_LITE, at most {@code orderNs}.
 * @param orderNs nanoseconds until an order update.
 * @param accountNs least nanoseconds until an account update.
 * @param accountSpreadNs how much longer an account update may take, nanoseconds.
 * @param otherNs nanoseconds until any other event.
 * @param listenKeyMs milliseconds that a listen key lives without being extended.
 * @param seed of listen keys and delays.
 */
public record DeliverySettings(
        long tradeLiteNs,
        long orderNs,
        long accountNs,
        long accountSpreadNs,
        long otherNs,
        long listenKeyMs,
        long seed) {
    private static final long LISTEN_KEY_MS = 3_600_000L;

    /** Checks the ranges. */
    public DeliverySettings {
        if (tradeLiteNs < 0 || tradeLiteNs > orderNs || accountNs < 0 || accountSpreadNs < 0 || otherNs < 0) {
            throw new IllegalArgumentException("delays of private events are tradeLiteNs=" + tradeLiteNs + " orderNs="
                    + orderNs + " accountNs=" + accountNs + " accountSpreadNs=" + accountSpreadNs + " otherNs="
                    + otherNs + ", they must be 0 or more and tradeLiteNs at most orderNs");
        }
        if (listenKeyMs <= 0) {
            throw new IllegalArgumentException("listenKeyMs=" + listenKeyMs + " must be above 0");
        }
    }

    /**
     * Returns delays as seen on the venue: a fill in short after 1 ms, in full after 3 ms, the account after 2 to 4 ms.
     *
     * @param seed of listen keys and delays.
     */
    public static DeliverySettings of(long seed) {
        return new DeliverySettings(1_000_000L, 3_000_000L, 2_000_000L, 2_000_001L, 3_000_000L, LISTEN_KEY_MS, seed);
    }

    /**
     * Returns no delays at all: events come in the order in which they happened.
     *
     * @param seed of listen keys.
     */
    public static DeliverySettings immediate(long seed) {
        return new DeliverySettings(0, 0, 0, 0, 0, LISTEN_KEY_MS, seed);
    }

    /** Returns the settings with another life of listen keys, milliseconds. */
    public DeliverySettings withListenKeyMs(long lifetimeMs) {
        return new DeliverySettings(tradeLiteNs, orderNs, accountNs, accountSpreadNs, otherNs, lifetimeMs, seed);
    }
}
