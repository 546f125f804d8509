package io.millrace.exchange.server;

import java.util.HashMap;
import java.util.Map;

/**
 * Request weight of each address in fixed windows of a minute, with bans for those that go on when they are told to stop.
 *
 * <p><b>Thread:</b> the loop.
 */
final class WeightLedger {
    static final int OK = 200;
    static final int LIMITED = 429;
    static final int BANNED = 418;

    private static final long WINDOW_MS = 60_000;

    private final ServerSettings.Limits limits;
    private final Map<String, Account> accounts = new HashMap<>();

    WeightLedger(ServerSettings.Limits limits) {
        this.limits = limits;
    }

    /** Charges a request; returns the HTTP status that says whether it may be served. */
    int charge(String address, int weight, long nowMs) {
        Account account = accounts.computeIfAbsent(address, unused -> new Account());
        if (nowMs < account.bannedUntilMs) {
            return BANNED;
        }
        long window = nowMs / WINDOW_MS;
        if (window != account.window) {
            account.window = window;
            account.weight = 0;
            account.refusals = 0;
        }
        account.weight += weight;
        if (account.weight <= limits.weightPerMinute()) {
            return OK;
        }
        account.refusals++;
        if (account.refusals > limits.refusalsBeforeBan()) {
            account.bannedUntilMs = nowMs + limits.banMs();
            return BANNED;
        }
        return LIMITED;
    }

    /** Returns the weight that an address has used in its current window. */
    int used(String address) {
        Account account = accounts.get(address);
        return account == null ? 0 : account.weight;
    }

    /** Returns when an address may ask again, epoch milliseconds. */
    long retryAtMs(String address, long nowMs) {
        Account account = accounts.get(address);
        long windowEnd = (nowMs / WINDOW_MS + 1) * WINDOW_MS;
        return account == null ? windowEnd : Math.max(windowEnd, account.bannedUntilMs);
    }

    private static final class Account {
        private long window;
        private int weight;
        private int refusals;
        private long bannedUntilMs;
    }
}
