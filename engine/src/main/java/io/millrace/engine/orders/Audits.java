package io.millrace.engine.orders;

/** Bits of AuditSet. */
final class Audits {
    static final int OPEN_ORDERS = 1;
    static final int OPEN_ALGOS = 1 << 1;
    static final int POSITIONS = 1 << 2;
    static final int BALANCES = 1 << 3;
    static final int TRADES = 1 << 4;
    static final int SETTINGS = 1 << 5;
    /** Everything but trades, which are asked for by instrument. */
    static final int PICTURE = OPEN_ORDERS | OPEN_ALGOS | POSITIONS | BALANCES;

    private Audits() {}
}
