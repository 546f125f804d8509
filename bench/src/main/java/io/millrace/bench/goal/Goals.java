package io.millrace.bench.goal;

import java.util.List;

/**
 * The goals table. Ours in rows 1 to 4, 6 and 12 is the product's own path: frame bytes, checked decoder, slot, registered book
 * stage; the unit there is one venue message.
 */
public final class Goals {
    private static final List<Goal> ALL = List.of(
            lower(1, "decode + book / plain byte scan", 2.5, 1.8, 1.2),
            higher(2, "official connector + TreeMap / ours", 20, 35, 60),
            higher(3, "XChange / ours", 15, 28, 45),
            higher(4, "Jackson + TreeMap / ours", 4, 7, 11),
            new Goal(5, "heap allocated per event, all engine threads", "B", 0, 0, 0, true),
            lower(6, "burst replay p99.9: ours / Jackson + TreeMap", 0.2, 0.1, 0.05),
            lower(7, "ring hop p50 with the real slot / bare Disruptor hop", 2, 1.3, 1.1),
            lower(8, "wire to wire p50 / bare Netty WebSocket echo", 1.6, 1.3, 1.1),
            lower(9, "wire to wire p99 / bare Netty WebSocket echo", 2, 1.5, 1.3),
            lower(10, "hot path with the journal on / off", 1.5, 1.25, 1.05),
            lower(11, "journal append p50 / bare Chronicle append", 1.5, 1.2, 1),
            higher(12, "replay from the journal / decode-only rate", 0.3, 0.6, 1),
            higher(13, "features from scratch / incremental", 20, 50, 100),
            lower(14, "pre-trade checks of one order / bare hop", 1, 0.5, 0.3),
            lower(15, "model score p50 / XGBoost4J predict", 0.2, 0.08, 0.03),
            lower(16, "start-up to first synced book / XChange cold", 1, 0.5, 0.25),
            new Goal(17, "resident memory with 648 instruments", "MiB", 512, 256, 156, true),
            new Goal(18, "full-hour close, 648 instruments and 6 timeframes", "ms", 20, 5, 2, true));

    private Goals() {}

    private static Goal lower(int row, String text, double gate, double target, double moonshot) {
        return new Goal(row, text, Goal.RATIO, gate, target, moonshot, true);
    }

    private static Goal higher(int row, String text, double gate, double target, double moonshot) {
        return new Goal(row, text, Goal.RATIO, gate, target, moonshot, false);
    }

    /** Returns all goals in the order of their rows, which are 1, 2, 3 and so on. */
    public static List<Goal> all() {
        return ALL;
    }

    /**
     * Returns one goal.
     *
     * @param row its number, 1 to 18.
     * @throws IllegalArgumentException if there is no such row.
     */
    public static Goal row(int row) {
        if (row < 1 || row > ALL.size()) {
            throw new IllegalArgumentException("goal " + row + " is not in 1 to " + ALL.size() + ", name another");
        }
        return ALL.get(row - 1);
    }
}
