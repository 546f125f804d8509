package io.millrace.exchange.account;

import java.math.RoundingMode;
import java.util.List;

/**
 * Settles funding: every position pays rate x value at the mark price, longs to shorts if the rate is above 0. Each amount is
 * rounded half even, twice at most: value and payment. It goes between the client's wallet and the market's, whose position mirrors
 * the clients', so that what rounding leaves stays there.
 *
 * <p><b>Thread:</b> confined to the venue's thread.
 */
final class FundingSettlement {
    private final Books books;

    FundingSettlement(Books books) {
        this.books = books;
    }

    void settle(int symbol, long rateE8, long markE8) {
        for (Account account : books.accounts()) {
            Position position = account.positionOrNull(symbol);
            if (position != null && position.lots() != 0) {
                pay(account, position, -Money.share(position.notional(markE8), rateE8, RoundingMode.HALF_EVEN));
            }
        }
    }

    private void pay(Account account, Position position, long amount) {
        Ledger ledger = books.ledger();
        boolean isIsolated = position.isIsolated();
        Wallet wallet = isIsolated ? position.isolatedWallet() : account.crossWallet();
        ledger.transfer(ledger.market(), wallet, amount);
        books.income(account, position.symbol(), IncomeType.FUNDING_FEE, amount, 0);
        List<Position> changed = isIsolated ? List.of(position) : List.of();
        books.update(account, UpdateReason.FUNDING_FEE, amount, changed, position.symbol());
    }
}
