package io.millrace.exchange.conditional;

import io.millrace.exchange.venue.VenueRandom;

/**
 * Makes up the ids that clients did not give: 22 letters and digits.
 *
 * <p><b>Thread:</b> confined to one thread.
 */
public final class ClientIds {
    private static final int LENGTH = 22;
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private final VenueRandom random;

    /**
     * Makes a sequence of ids.
     *
     * @param random decides them.
     */
    public ClientIds(VenueRandom random) {
        this.random = random;
    }

    /** Returns the next id. */
    public String next() {
        StringBuilder id = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return id.toString();
    }
}
