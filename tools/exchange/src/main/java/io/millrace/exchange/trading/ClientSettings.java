package io.millrace.exchange.trading;

import io.millrace.exchange.account.ApiKey;
import java.util.ArrayList;
import java.util.List;

/**
 * A client that a venue opens with.
 *
 * @param alias name of the account.
 * @param depositE8 what is in its wallet at first, in 1e-8 USDT, 0 or more.
 * @param feeTier 0 to 9.
 * @param keys its API keys.
 */
public record ClientSettings(String alias, long depositE8, int feeTier, List<Key> keys) {
    /**
     * An API key.
     *
     * @param key what requests carry.
     * @param secret the shared secret of an HMAC key, or the public key in PEM of an Ed25519 or RSA key.
     * @param canTrade whether it may do more than read.
     */
    public record Key(String key, String secret, boolean canTrade) {
        private boolean isPublicKey() {
            return secret.contains("BEGIN PUBLIC KEY");
        }
    }

    /** Checks the ranges. */
    public ClientSettings {
        keys = List.copyOf(keys);
        if (depositE8 < 0) {
            throw new IllegalArgumentException("depositE8=" + depositE8 + " of " + alias + " is below 0");
        }
        if (feeTier < 0 || feeTier > 9) {
            throw new IllegalArgumentException("feeTier=" + feeTier + " of " + alias + " is outside 0 to 9");
        }
    }

    /**
     * Returns a regular client without keys.
     *
     * @param alias name of the account.
     * @param depositUsdt what is in its wallet at first, in USDT.
     */
    public static ClientSettings of(String alias, long depositUsdt) {
        return new ClientSettings(alias, Math.multiplyExact(depositUsdt, 100_000_000L), 0, List.of());
    }

    /** Returns the client with another key that may trade. */
    public ClientSettings withKey(String key, String secret) {
        List<Key> more = new ArrayList<>(keys);
        more.add(new Key(key, secret, true));
        return new ClientSettings(alias, depositE8, feeTier, more);
    }

    /** Returns the client with another key that may only read. */
    public ClientSettings withReadOnlyKey(String key, String secret) {
        List<Key> more = new ArrayList<>(keys);
        more.add(new Key(key, secret, false));
        return new ClientSettings(alias, depositE8, feeTier, more);
    }

    /** Opens the account in a venue. */
    void openIn(TradingVenue venue) {
        var account = venue.accounts().open(alias);
        account.feeTier(feeTier);
        if (depositE8 > 0) {
            venue.accounts().deposit(account, depositE8);
        }
        for (Key key : keys) {
            if (key.isPublicKey()) {
                venue.accounts().addPublicKey(account, key.key(), ApiKey.parsePublicKey(key.secret()), key.canTrade());
            } else {
                venue.accounts().addHmacKey(account, key.key(), key.secret(), key.canTrade());
            }
        }
    }
}
