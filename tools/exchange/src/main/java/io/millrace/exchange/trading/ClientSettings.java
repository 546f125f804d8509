package io.millrace.exchange.trading;

import io.millrace.exchange.account.Account;
import io.millrace.exchange.account.AccountControls;
import io.millrace.exchange.account.ApiKey;
import io.millrace.exchange.trade.VenueException;
import java.util.ArrayList;
import java.util.List;

/**
 * A client that a venue opens with.
 *
 * @param alias name of the account.
 * @param depositE8 what is in its wallet at first, in 1e-8 USDT, 0 or more.
 * @param feeTier 0 to 9.
 * @param keys its API keys.
 * @param leverages leverage and margin type of single contracts.
 */
public record ClientSettings(String alias, long depositE8, int feeTier, List<Key> keys, List<Leverage> leverages) {
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

    /**
     * What an account begins with in a contract.
     *
     * @param symbol of the contract.
     * @param leverage from 1 up to the contract's highest.
     * @param isIsolated whether the position has a margin of its own.
     */
    public record Leverage(String symbol, int leverage, boolean isIsolated) {}

    /** Checks the ranges. */
    public ClientSettings {
        keys = List.copyOf(keys);
        leverages = List.copyOf(leverages);
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
        return new ClientSettings(alias, Math.multiplyExact(depositUsdt, 100_000_000L), 0, List.of(), List.of());
    }

    /** Returns the client with another key that may trade. */
    public ClientSettings withKey(String key, String secret) {
        List<Key> more = new ArrayList<>(keys);
        more.add(new Key(key, secret, true));
        return new ClientSettings(alias, depositE8, feeTier, more, leverages);
    }

    /** Returns the client with another key that may only read. */
    public ClientSettings withReadOnlyKey(String key, String secret) {
        List<Key> more = new ArrayList<>(keys);
        more.add(new Key(key, secret, false));
        return new ClientSettings(alias, depositE8, feeTier, more, leverages);
    }

    /** Returns the client with a leverage and margin type in a contract. */
    public ClientSettings withLeverage(String symbol, int leverage, boolean isIsolated) {
        List<Leverage> more = new ArrayList<>(leverages);
        more.add(new Leverage(symbol, leverage, isIsolated));
        return new ClientSettings(alias, depositE8, feeTier, keys, more);
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
        leverages.forEach(wish -> set(venue, account, wish));
    }

    private static void set(TradingVenue venue, Account account, Leverage wish) {
        int symbol = venue.symbolIndex(wish.symbol());
        if (symbol < 0) {
            throw new IllegalArgumentException("leverage of " + account.alias() + " is for " + wish.symbol()
                    + ", which is no contract of this market");
        }
        AccountControls controls = venue.accounts().controls();
        try {
            controls.setLeverage(account, symbol, wish.leverage());
            if (wish.isIsolated()) {
                controls.setMarginType(account, symbol, true);
            }
        } catch (VenueException e) {
            throw new IllegalArgumentException(
                    "leverage=" + wish.leverage() + " of " + account.alias() + " in " + wish.symbol()
                            + " is refused: " + e.getMessage() + ", at most "
                            + venue.rules(symbol).brackets().maxLeverage(),
                    e);
        }
    }
}
