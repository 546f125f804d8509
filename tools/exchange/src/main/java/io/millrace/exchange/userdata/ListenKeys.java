package io.millrace.exchange.userdata;

import io.millrace.exchange.trade.Errors;
import io.millrace.exchange.trade.VenueException;
import io.millrace.exchange.venue.VenueRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The keys that open private streams: one for an account, valid for an hour after it was last asked for. Keys that have run
 * out are there until {@link #expire} collects them, so collect before asking anything else.
 *
 * <p><b>Thread:</b> the venue's.
 */
final class ListenKeys {
    private static final int KEY_LENGTH = 64;
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private final VenueRandom random;
    private final long lifetimeMs;
    private final Map<Integer, Key> byAccount = new LinkedHashMap<>();
    private final Map<String, Key> byName = new LinkedHashMap<>();
    private long nextExpiryMs = Long.MAX_VALUE;

    private static final class Key {
        final int accountId;
        final String name;
        long expiryMs;

        Key(int accountId, String name) {
            this.accountId = accountId;
            this.name = name;
        }
    }

    /**
     * A key that has run out.
     *
     * @param accountId whose it was.
     * @param listenKey its name.
     * @param timeMs when it ran out, epoch milliseconds.
     */
    record Expired(int accountId, String listenKey, long timeMs) {}

    /**
     * Makes an empty register.
     *
     * @param seed of the names; the same seed gives the same names.
     * @param lifetimeMs milliseconds that a key lives, above 0.
     */
    ListenKeys(long seed, long lifetimeMs) {
        if (lifetimeMs <= 0) {
            throw new IllegalArgumentException("listen key lifetimeMs=" + lifetimeMs + " must be above 0");
        }
        this.random = new VenueRandom(seed);
        this.lifetimeMs = lifetimeMs;
    }

    /**
     * Opens the account's stream: makes its key, or returns the one that there is and extends it.
     *
     * @param accountId whose stream.
     * @param nowMs epoch milliseconds.
     */
    String open(int accountId, long nowMs) {
        Key key = byAccount.get(accountId);
        if (key == null) {
            key = new Key(accountId, newName());
            byAccount.put(accountId, key);
            byName.put(key.name, key);
        }
        extend(key, nowMs);
        return key.name;
    }

    /**
     * Extends the account's key.
     *
     * @param accountId whose stream.
     * @param nowMs epoch milliseconds.
     * @return the key.
     * @throws VenueException −1125 if the account has no key, or no longer.
     */
    String extend(int accountId, long nowMs) throws VenueException {
        Key key = byAccount.get(accountId);
        if (key == null) {
            throw Errors.noListenKey();
        }
        extend(key, nowMs);
        return key.name;
    }

    /**
     * Ends the account's key, for every connection and process that uses it.
     *
     * @param accountId whose stream.
     * @throws VenueException −1125 if the account has no key, or no longer.
     */
    void close(int accountId) throws VenueException {
        Key key = byAccount.get(accountId);
        if (key == null) {
            throw Errors.noListenKey();
        }
        remove(key);
    }

    /**
     * Lets the account's key run out now, whatever its age; for faults.
     *
     * @param accountId whose stream; nothing happens if it has no key.
     * @param nowMs epoch milliseconds.
     */
    void expireNow(int accountId, long nowMs) {
        Key key = byAccount.get(accountId);
        if (key != null) {
            key.expiryMs = Math.min(key.expiryMs, nowMs);
            nextExpiryMs = Math.min(nextExpiryMs, key.expiryMs);
        }
    }

    /** Returns the account's key as long as it is valid, or null. */
    String keyOf(int accountId) {
        Key key = byAccount.get(accountId);
        return key == null ? null : key.name;
    }

    /** Returns the account that a key belongs to, or −1 if it is none or no longer. */
    int accountOf(String listenKey) {
        Key key = byName.get(listenKey);
        return key == null ? -1 : key.accountId;
    }

    /** Returns when the next key can run out, epoch milliseconds, or {@link Long#MAX_VALUE}. */
    long nextExpiryMs() {
        return nextExpiryMs;
    }

    /** Removes and returns the keys that have run out, the oldest first. */
    List<Expired> expire(long nowMs) {
        if (nowMs < nextExpiryMs) {
            return List.of();
        }
        List<Key> due = new ArrayList<>();
        nextExpiryMs = Long.MAX_VALUE;
        for (Key key : byAccount.values()) {
            if (key.expiryMs <= nowMs) {
                due.add(key);
            } else {
                nextExpiryMs = Math.min(nextExpiryMs, key.expiryMs);
            }
        }
        due.sort((a, b) -> Long.compare(a.expiryMs, b.expiryMs));
        due.forEach(this::remove);
        return due.stream()
                .map(key -> new Expired(key.accountId, key.name, key.expiryMs))
                .toList();
    }

    private void extend(Key key, long nowMs) {
        key.expiryMs = Math.addExact(nowMs, lifetimeMs);
        nextExpiryMs = Math.min(nextExpiryMs, key.expiryMs);
    }

    private void remove(Key key) {
        byName.remove(key.name);
        byAccount.remove(key.accountId, key);
    }

    private String newName() {
        StringBuilder name = new StringBuilder(KEY_LENGTH);
        for (int i = 0; i < KEY_LENGTH; i++) {
            name.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return name.toString();
    }
}
