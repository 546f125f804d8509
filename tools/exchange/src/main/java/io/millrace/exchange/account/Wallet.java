package io.millrace.exchange.account;

/**
 * A place where money is. Only the {@link Ledger} that opened it changes it.
 *
 * <p><b>Thread:</b> confined to the venue's thread. <b>Units:</b> 1e-8 USDT.
 */
public final class Wallet {
    private final String name;
    private long balance;

    Wallet(String name) {
        this.name = name;
    }

    /** Returns what it is called in messages and audits. */
    public String name() {
        return name;
    }

    /** Returns what is in it; below 0 where the place may owe. */
    public long balance() {
        return balance;
    }

    void add(long amount) {
        balance = Math.addExact(balance, amount);
    }

    @Override
    public String toString() {
        return name + "=" + Money.toText(balance);
    }
}
