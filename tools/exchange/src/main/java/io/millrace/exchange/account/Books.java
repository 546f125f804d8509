package io.millrace.exchange.account;

import io.millrace.exchange.trade.PricePort;
import io.millrace.exchange.venue.ContractRules;
import io.millrace.exchange.venue.VenueClock;
import java.util.ArrayList;
import java.util.List;

/**
 * What the parts of the package share: contracts, accounts, the ledger, prices, time, and who listens.
 *
 * <p><b>Thread:</b> confined to the venue's thread.
 */
final class Books {
    private static final long NS_PER_MS = 1_000_000L;

    private final Ledger ledger = new Ledger();
    private final List<Contract> contracts;
    private final List<Account> accounts = new ArrayList<>();
    private final Margin margin;
    private final VenueClock clock;
    private AccountListener listener = AccountListener.NONE;
    private long lastTranId;

    Books(List<ContractRules> rules, PricePort prices, VenueClock clock) {
        List<Contract> all = new ArrayList<>(rules.size());
        for (int i = 0; i < rules.size(); i++) {
            all.add(new Contract(i, rules.get(i)));
        }
        this.contracts = List.copyOf(all);
        this.margin = new Margin(prices);
        this.clock = clock;
    }

    Ledger ledger() {
        return ledger;
    }

    List<Contract> contracts() {
        return contracts;
    }

    List<Account> accounts() {
        return accounts;
    }

    Account account(int accountId) {
        if (accountId < 0 || accountId >= accounts.size()) {
            throw new IllegalArgumentException("accountId=" + accountId + " is outside 0 to " + (accounts.size() - 1)
                    + ", open the account first");
        }
        return accounts.get(accountId);
    }

    Account open(String alias) {
        Account account = new Account(accounts.size(), alias, ledger, contracts);
        accounts.add(account);
        return account;
    }

    Margin margin() {
        return margin;
    }

    AccountListener listener() {
        return listener;
    }

    void listener(AccountListener newListener) {
        listener = newListener;
    }

    long timeMs() {
        return clock.epochNs() / NS_PER_MS;
    }

    /** Writes a row of income history; nothing for an amount of 0. */
    void income(Account account, int symbol, IncomeType type, long amount, long tradeId) {
        if (amount != 0) {
            account.incomes().add(new Income(symbol, type, amount, timeMs(), ++lastTranId, tradeId));
        }
    }

    /** Tells what changed. */
    void update(Account account, UpdateReason reason, long balanceChange, List<Position> positions) {
        update(account, reason, balanceChange, positions, -1);
    }

    void update(Account account, UpdateReason reason, long balanceChange, List<Position> positions, int symbol) {
        long timeMs = timeMs();
        account.touch(timeMs);
        listener.onAccountUpdate(new AccountUpdate(
                account.id(),
                timeMs,
                reason,
                account.walletBalance(),
                account.crossWalletBalance(),
                balanceChange,
                TradeBooker.states(margin, positions),
                symbol));
    }
}
