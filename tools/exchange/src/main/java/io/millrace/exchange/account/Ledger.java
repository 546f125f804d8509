package io.millrace.exchange.account;

import java.util.ArrayList;
import java.util.List;

/**
 * All the money of the exchange, in wallets that sum to zero: what clients have is what came from {@link #outside()}. Money
 * moves only by {@link #transfer}, so the sum cannot change; {@link #verify} adds it up.
 *
 * <p>Profit and loss go through {@link #clearing()}: a gain is paid when it is realized, when the other side's loss may still
 * be open, so clearing holds, with opposite sign, what all open positions have cost.
 *
 * <p><b>Thread:</b> confined to the venue's thread. <b>Units:</b> 1e-8 USDT.
 */
public final class Ledger {
    private final List<Wallet> wallets = new ArrayList<>();
    private final Wallet outside = open("outside");
    private final Wallet clearing = open("clearing");
    private final Wallet feePot = open("feePot");
    private final Wallet insuranceFund = open("insuranceFund");
    private final Wallet market = open("market");
    private long transfers;

    /** Makes a ledger whose wallets are empty. */
    public Ledger() {}

    /**
     * Opens an empty wallet.
     *
     * @param name for messages and audits.
     */
    Wallet open(String name) {
        Wallet wallet = new Wallet(name);
        wallets.add(wallet);
        return wallet;
    }

    /** Returns where deposits come from and withdrawals go to; its balance is minus what the exchange holds. */
    public Wallet outside() {
        return outside;
    }

    /** Returns the counterparty of every realized profit and loss. */
    public Wallet clearing() {
        return clearing;
    }

    /** Returns where commissions go, and rebates come from. */
    public Wallet feePot() {
        return feePot;
    }

    /** Returns the insurance fund: takes clearance fees, pays what liquidated accounts cannot. */
    public Wallet insuranceFund() {
        return insuranceFund;
    }

    /** Returns the wallet of the market's own orders, which has no limits. */
    public Wallet market() {
        return market;
    }

    /**
     * Moves money.
     *
     * @param from pays.
     * @param to receives.
     * @param amount below 0 moves it the other way.
     * @throws ArithmeticException if a balance would not fit; nothing has moved then.
     */
    void transfer(Wallet from, Wallet to, long amount) {
        // Both checked first: a transfer that fails halfway would make money.
        Math.subtractExact(from.balance(), amount);
        Math.addExact(to.balance(), amount);
        from.add(-amount);
        to.add(amount);
        transfers++;
        assert isBalanced() : "the ledger sums to " + total() + " after " + amount + " from " + from + " to " + to;
    }

    /** Returns the number of transfers so far. */
    public long transfers() {
        return transfers;
    }

    /** Returns all wallets in the order they were opened. */
    public List<Wallet> wallets() {
        return List.copyOf(wallets);
    }

    /**
     * Adds everything up.
     *
     * @throws IllegalStateException if the sum is not zero.
     */
    public void verify() {
        if (!isBalanced()) {
            throw new IllegalStateException("the ledger sums to " + total() + " x 1e-8 instead of 0 after " + transfers
                    + " transfers: " + wallets);
        }
    }

    private boolean isBalanced() {
        return total() == 0;
    }

    private long total() {
        long sum = 0;
        // Wraps on the way where balances are extreme; the end is right all the same.
        for (Wallet wallet : wallets) {
            sum += wallet.balance();
        }
        return sum;
    }
}
