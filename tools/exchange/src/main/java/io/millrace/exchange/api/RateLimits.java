package io.millrace.exchange.api;

import io.millrace.exchange.trade.VenueException;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts what clients ask, in fixed windows of the clock: request weight by address, orders by account, and the two limits of
 * their own. REST and the WebSocket API share one.
 *
 * <p>A refused request counts. An address that is refused too often within a minute is banned, and each further ban within a
 * day lasts twice as long as the last.
 *
 * <p><b>Thread:</b> the venue's.
 */
public final class RateLimits {
    static final int LIMITED = 429;
    static final int BANNED = 418;

    private static final long SECOND_MS = 1000;
    private static final long MINUTE_MS = 60 * SECOND_MS;
    private static final long DAY_MS = 24 * 60 * MINUTE_MS;
    private static final long LONGEST_BAN_MS = 3 * DAY_MS;
    private static final long TEN_SECONDS_MS = 10 * SECOND_MS;
    private static final long FIVE_MINUTES_MS = 5 * MINUTE_MS;

    private final RateLimitSettings settings;
    private final Map<String, Address> addresses = new HashMap<>();
    private final Map<Integer, Orders> accounts = new HashMap<>();

    /**
     * Makes the counters.
     *
     * @param settings the limits.
     */
    public RateLimits(RateLimitSettings settings) {
        this.settings = settings;
    }

    /** Returns the limits. */
    public RateLimitSettings settings() {
        return settings;
    }

    /**
     * Charges a request to its address.
     *
     * @param address of the client.
     * @param weight of the request.
     * @param bucket counted beside.
     * @param nowMs the venue's time.
     * @throws VenueException -1003 with status 429 or 418.
     */
    public void charge(String address, int weight, Cost.Bucket bucket, long nowMs) throws VenueException {
        Address counted = address(address);
        if (nowMs < counted.bannedUntilMs) {
            throw ApiErrors.banned(address, counted.bannedUntilMs);
        }
        int used = counted.weight.add(weight, nowMs);
        boolean isOver = used > settings.weightPerMinute();
        int limit = settings.weightPerMinute();
        if (!isOver && bucket != Cost.Bucket.NONE) {
            boolean isFunding = bucket == Cost.Bucket.FUNDING;
            limit = isFunding ? settings.fundingPer5Minutes() : settings.dataPer5Minutes();
            isOver = (isFunding ? counted.funding : counted.data).add(1, nowMs) > limit;
        }
        if (isOver) {
            refuse(counted, address, limit, nowMs);
        }
    }

    private void refuse(Address counted, String address, int limit, long nowMs) throws VenueException {
        if (counted.refusals.add(1, nowMs) > settings.refusalsBeforeBan()) {
            if (nowMs - counted.bannedUntilMs > DAY_MS) {
                counted.nextBanMs = settings.banMs();
            }
            counted.bannedUntilMs = nowMs + counted.nextBanMs;
            counted.nextBanMs = Math.min(LONGEST_BAN_MS, counted.nextBanMs * 2);
            throw ApiErrors.banned(address, counted.bannedUntilMs);
        }
        throw ApiErrors.tooManyRequests(address, limit);
    }

    /**
     * Charges orders to an account.
     *
     * @param accountId whose orders.
     * @param cost of the request.
     * @param nowMs the venue's time.
     * @throws VenueException -1015 with status 429.
     */
    public void chargeOrders(int accountId, Cost cost, long nowMs) throws VenueException {
        Orders orders = accounts.computeIfAbsent(accountId, unused -> new Orders());
        int in10s = orders.per10s.add(cost.ordersPer10s(), nowMs);
        int inMinute = orders.perMinute.add(cost.ordersPerMinute(), nowMs);
        if (in10s > settings.ordersPer10s()) {
            throw ApiErrors.tooManyOrders(settings.ordersPer10s(), "10 SECONDS");
        }
        if (inMinute > settings.ordersPerMinute()) {
            throw ApiErrors.tooManyOrders(settings.ordersPerMinute(), "1 MINUTE");
        }
    }

    /** Returns the weight that an address has used in the current minute. */
    public int usedWeight(String address, long nowMs) {
        Address counted = addresses.get(address);
        return counted == null ? 0 : counted.weight.count(nowMs);
    }

    /** Returns an account's orders of the current ten seconds. */
    public int ordersIn10s(int accountId, long nowMs) {
        Orders orders = accounts.get(accountId);
        return orders == null ? 0 : orders.per10s.count(nowMs);
    }

    /** Returns an account's orders of the current minute. */
    public int ordersInMinute(int accountId, long nowMs) {
        Orders orders = accounts.get(accountId);
        return orders == null ? 0 : orders.perMinute.count(nowMs);
    }

    /**
     * Returns when a refused address may ask again, epoch milliseconds.
     *
     * @param address of the client.
     * @param nowMs the venue's time.
     */
    public long retryAtMs(String address, long nowMs) {
        Address counted = address(address);
        return Math.max(counted.weight.endMs(nowMs), counted.bannedUntilMs);
    }

    /**
     * Bans an address.
     *
     * @param address of the client.
     * @param untilMs when the ban ends, epoch milliseconds; a time that has passed ends one.
     */
    public void ban(String address, long untilMs) {
        address(address).bannedUntilMs = untilMs;
    }

    private Address address(String address) {
        return addresses.computeIfAbsent(address, unused -> new Address(settings.banMs()));
    }

    private static final class Address {
        private final Window weight = new Window(MINUTE_MS);
        private final Window refusals = new Window(MINUTE_MS);
        private final Window funding = new Window(FIVE_MINUTES_MS);
        private final Window data = new Window(FIVE_MINUTES_MS);
        private long bannedUntilMs;
        private long nextBanMs;

        Address(long firstBanMs) {
            this.nextBanMs = firstBanMs;
        }
    }

    private static final class Orders {
        private final Window per10s = new Window(TEN_SECONDS_MS);
        private final Window perMinute = new Window(MINUTE_MS);
    }
}
