package io.millrace.engine.orders;

import io.millrace.codecs.event.MarginType;
import java.util.concurrent.TimeUnit;

/**
 * Settings of orders and positions. Outputs depend on all of them. Times are engine time.
 *
 * @param isEnabled whether there is an account to trade on; without one the stage keeps the trading state only. Default false.
 * @param capacity orders that are known at a time, finished ones for {@code times.retainNs} among them, a power of two, 16 to
 *     65,536; default 4,096.
 * @param fillCapacity fills that are remembered to tell repetitions by, 1,024 to 1,048,576; default 16,384.
 * @param limits what entries may come to.
 * @param times of commands, queries and audits.
 * @param attempts how often what is tried.
 * @param policy what becomes of differences and at shutdown.
 * @param setup what an instrument has to be set to before the first entry.
 */
public record OrderSettings(
        boolean isEnabled,
        int capacity,
        int fillCapacity,
        Limits limits,
        Times times,
        Attempts attempts,
        Policy policy,
        Setup setup) {

    /** Instruments beyond this id are not traded. */
    public static final int MAX_INSTRUMENTS = 1024;

    /** Checks the ranges. */
    public OrderSettings {
        require("capacity", capacity, 16, 1 << 16);
        require("fillCapacity", fillCapacity, 1 << 10, 1 << 20);
        if (Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException(
                    "capacity=" + capacity + " is not a power of two, use " + Integer.highestOneBit(capacity));
        }
    }

    /** Returns the defaults: no account. */
    public static OrderSettings defaults() {
        return new OrderSettings(
                false,
                4096,
                16_384,
                Limits.defaults(),
                Times.defaults(),
                Attempts.defaults(),
                Policy.defaults(),
                Setup.NONE);
    }

    /** Returns these settings with an account. */
    public OrderSettings enabled() {
        return new OrderSettings(true, capacity, fillCapacity, limits, times, attempts, policy, setup);
    }

    /** Returns these settings with other limits. */
    public OrderSettings with(Limits other) {
        return new OrderSettings(isEnabled, capacity, fillCapacity, other, times, attempts, policy, setup);
    }

    /** Returns these settings with other times. */
    public OrderSettings with(Times other) {
        return new OrderSettings(isEnabled, capacity, fillCapacity, limits, other, attempts, policy, setup);
    }

    /** Returns these settings with another policy. */
    public OrderSettings with(Policy other) {
        return new OrderSettings(isEnabled, capacity, fillCapacity, limits, times, attempts, other, setup);
    }

    /** Returns these settings with another setup. */
    public OrderSettings with(Setup other) {
        return new OrderSettings(isEnabled, capacity, fillCapacity, limits, times, attempts, policy, other);
    }

    /** Returns these settings with room for another number of orders. */
    public OrderSettings withCapacity(int other) {
        return new OrderSettings(isEnabled, other, fillCapacity, limits, times, attempts, policy, setup);
    }

    /**
     * What entries may come to: the capital cap. Orders that only reduce are never held back by it.
     *
     * @param maxOrderNotionalE8 largest notional of one entry at 1e-8 of the quote asset; default 100.
     * @param maxTotalNotionalE8 largest sum of all positions and resting entries, same unit; default 1,000.
     * @param maxOpenEntries entries that have not ended, over all instruments; default 16.
     */
    public record Limits(long maxOrderNotionalE8, long maxTotalNotionalE8, int maxOpenEntries) {
        /** Checks the ranges. */
        public Limits {
            require("maxOrderNotionalE8", maxOrderNotionalE8, 0, Long.MAX_VALUE / 4);
            require("maxTotalNotionalE8", maxTotalNotionalE8, 0, Long.MAX_VALUE / 4);
            require("maxOpenEntries", maxOpenEntries, 0, 1 << 16);
        }

        /** Returns the defaults. */
        public static Limits defaults() {
            return new Limits(100_00000000L, 1_000_00000000L, 16);
        }
    }

    /**
     * Times.
     *
     * @param entryMaxAgeNs an entry is not sent when it has waited for longer; default 200 ms.
     * @param reduceMaxAgeNs the same for cancels, stops and exits; default 2 s.
     * @param answerNs an order whose command was not answered for so long after its maximum age counts as unknown; default 10 s.
     * @param receiveWindowNs window in which the venue takes a request, at least the gateway's; default 5 s.
     * @param graceNs beyond the window, before "no such order" is believed; default 1 s.
     * @param missingFillNs so long after the venue spoke of a fill it must have come; default 1 s.
     * @param auditNs from one reconciliation to the next; default 60 s.
     * @param recheckNs the same while something differs; default 1 s.
     * @param staleNs without an audit for so long the picture is stale; default 150 s.
     * @param retainNs how long finished orders are remembered; default 10 s.
     * @param countdownNs the venue cancels entries so long after the last sign of life, 0 switches it off; default 60 s.
     */
    public record Times(
            long entryMaxAgeNs,
            long reduceMaxAgeNs,
            long answerNs,
            long receiveWindowNs,
            long graceNs,
            long missingFillNs,
            long auditNs,
            long recheckNs,
            long staleNs,
            long retainNs,
            long countdownNs) {

        /** Checks the ranges. */
        public Times {
            long most = TimeUnit.HOURS.toNanos(1);
            require("entryMaxAgeNs", entryMaxAgeNs, 1_000_000, most);
            require("reduceMaxAgeNs", reduceMaxAgeNs, 1_000_000, most);
            require("answerNs", answerNs, 1_000_000, most);
            require("receiveWindowNs", receiveWindowNs, 1_000_000, most);
            require("graceNs", graceNs, 0, most);
            require("missingFillNs", missingFillNs, 1_000_000, most);
            require("auditNs", auditNs, 100_000_000, most);
            require("recheckNs", recheckNs, 10_000_000, auditNs);
            require("staleNs", staleNs, auditNs, 24 * most);
            require("retainNs", retainNs, 0, most);
            require("countdownNs", countdownNs, 0, most);
        }

        /** Returns the defaults. */
        public static Times defaults() {
            long second = TimeUnit.SECONDS.toNanos(1);
            return new Times(
                    second / 5,
                    2 * second,
                    10 * second,
                    5 * second,
                    second,
                    second,
                    60 * second,
                    second,
                    150 * second,
                    10 * second,
                    60 * second);
        }
    }

    /**
     * How often what is tried.
     *
     * @param reduce an order that only reduces, after it came to nothing for certain, 1 to 5; default 5. Entries are not
     *     tried again: the strategy's reason for them is old by then.
     * @param cancel a cancel without an answer that settles it; after so many the next audit decides, 1 to 100; default 20.
     * @param notFound answers "no such order" beyond window and grace until it is believed, 1 to 10; default 2.
     * @param retryNs pause before the second attempt, doubled with each; default 200 ms.
     * @param maxRetryNs longest pause; default 5 s.
     */
    public record Attempts(int reduce, int cancel, int notFound, long retryNs, long maxRetryNs) {
        /** Checks the ranges. */
        public Attempts {
            require("reduce", reduce, 1, 5);
            require("cancel", cancel, 1, 100);
            require("notFound", notFound, 1, 10);
            require("retryNs", retryNs, 1_000_000, TimeUnit.MINUTES.toNanos(1));
            require("maxRetryNs", maxRetryNs, retryNs, TimeUnit.MINUTES.toNanos(10));
        }

        /** Returns the defaults. */
        public static Attempts defaults() {
            return new Attempts(5, 20, 2, TimeUnit.MILLISECONDS.toNanos(200), TimeUnit.SECONDS.toNanos(5));
        }
    }

    /** What is done about something that the journal does not explain. */
    public enum Choice {
        /** It is recorded. */
        NOTE,
        /** The venue's value is taken over, by an explicit record. */
        ADOPT,
        /** The order is cancelled. */
        CANCEL,
        /** The position is taken over and closed at the market. */
        FLATTEN,
        /** No entries until an operator resumes. */
        HALT
    }

    /**
     * What becomes of differences and at shutdown.
     *
     * @param unexpectedOrders open orders with our name that the journal has as ended or does not know: ADOPT, CANCEL or HALT;
     *     default CANCEL.
     * @param foreignOrders open orders of others on the account: NOTE, CANCEL or HALT; default HALT.
     * @param positions positions that fills do not explain, confirmed by a second audit: ADOPT, FLATTEN or HALT; default ADOPT.
     * @param isFlattenedOnStop whether an operator's STOP closes all positions, too; default false: stops stay.
     * @param stopBps distance of the stop for a position that no entry of ours explains, in 1/100 %; 0 for none, 1 to 5,000;
     *     default 0.
     */
    public record Policy(
            Choice unexpectedOrders, Choice foreignOrders, Choice positions, boolean isFlattenedOnStop, int stopBps) {
        /** Checks the choices. */
        public Policy {
            require("stopBps", stopBps, 0, 5_000);
            refuse("unexpectedOrders", unexpectedOrders, Choice.NOTE, Choice.FLATTEN);
            refuse("foreignOrders", foreignOrders, Choice.ADOPT, Choice.FLATTEN);
            refuse("positions", positions, Choice.NOTE, Choice.CANCEL);
        }

        /** Returns the defaults. */
        public static Policy defaults() {
            return new Policy(Choice.CANCEL, Choice.HALT, Choice.ADOPT, false, 0);
        }

        private static void refuse(String name, Choice choice, Choice first, Choice second) {
            if (choice == first || choice == second) {
                throw new IllegalArgumentException(name + "=" + choice + " has no meaning there, use HALT");
            }
        }
    }

    /**
     * What an instrument has to be set to before the first entry of a run; what differs is set then, by a command.
     *
     * @param leverage 1 to 125, 0 to take what there is.
     * @param marginType UNKNOWN to take what there is.
     */
    public record Setup(int leverage, MarginType marginType) {
        /** Takes what there is. */
        public static final Setup NONE = new Setup(0, MarginType.UNKNOWN);

        /** Checks the ranges. */
        public Setup {
            require("leverage", leverage, 0, 125);
        }
    }

    private static void require(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    name + "=" + value + " is outside " + min + " to " + max + ", choose a value within");
        }
    }
}
