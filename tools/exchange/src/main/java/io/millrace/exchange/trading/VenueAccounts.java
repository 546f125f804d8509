package io.millrace.exchange.trading;

import io.millrace.exchange.account.Account;
import io.millrace.exchange.account.Accounts;
import io.millrace.exchange.account.ApiKey;
import io.millrace.exchange.account.BalanceView;
import io.millrace.exchange.account.IncomeHistory;
import io.millrace.exchange.account.PositionView;
import io.millrace.exchange.api.AccountPort;
import io.millrace.exchange.api.ApiKeys;
import io.millrace.exchange.api.TradingPort;
import io.millrace.exchange.trade.VenueException;
import io.millrace.exchange.venue.VenueClock;
import java.util.ArrayList;
import java.util.List;

/**
 * The venue as the account endpoints ask it, at the time of a driver's clock; and its API keys.
 *
 * <p><b>Thread:</b> the venue's.
 */
public final class VenueAccounts implements AccountPort, ApiKeys {
    private final TradingVenue venue;
    private final VenueClock clock;

    /**
     * Answers for a venue.
     *
     * @param venue asked.
     * @param clock tells when requests come.
     */
    public VenueAccounts(TradingVenue venue, VenueClock clock) {
        this.venue = venue;
        this.clock = clock;
    }

    private Accounts accounts() {
        venue.at(clock.epochNs());
        return venue.accounts();
    }

    private Account account(int accountId) {
        return accounts().account(accountId);
    }

    @Override
    public ApiKey find(String key) {
        return venue.accounts().key(key);
    }

    @Override
    public Balance balance(int accountId) {
        BalanceView view = accounts().balance(account(accountId));
        return new Balance(
                view.walletBalance(),
                view.crossWalletBalance(),
                view.unrealizedProfit(),
                view.crossUnPnl(),
                view.maintMargin(),
                view.positionInitialMargin(),
                view.openOrderInitialMargin(),
                view.availableBalance(),
                view.maxWithdrawAmount(),
                view.updateTimeMs());
    }

    @Override
    public Position position(int accountId, int symbol) {
        PositionView view = accounts().position(account(accountId), symbol);
        io.millrace.exchange.account.Position position = view.position();
        return new Position(
                symbol,
                position.lots(),
                position.entryPriceE8(),
                position.breakEvenPriceE8(),
                view.markPriceE8(),
                view.unrealizedProfit(),
                view.liquidationPriceE8(),
                position.isIsolated(),
                view.isolatedMargin(),
                view.isolatedWallet(),
                view.notional(),
                view.maintMargin(),
                view.positionInitialMargin(),
                view.openOrderInitialMargin(),
                position.bidNotional(),
                position.askNotional(),
                view.adl(),
                position.leverage(),
                view.maxNotional(),
                position.updateTimeMs());
    }

    @Override
    public List<Integer> activeSymbols(int accountId) {
        List<Integer> symbols = new ArrayList<>();
        for (io.millrace.exchange.account.Position position : account(accountId).positions()) {
            if (position.lots() != 0 || position.openOrders() != 0) {
                symbols.add(position.symbol());
            }
        }
        symbols.sort(null);
        return symbols;
    }

    @Override
    public int feeTier(int accountId) {
        return account(accountId).feeTier();
    }

    @Override
    public boolean isFeeBurn(int accountId) {
        return account(accountId).isFeeBurn();
    }

    @Override
    public void setFeeBurn(int accountId, boolean isOn) {
        account(accountId).feeBurn(isOn);
    }

    @Override
    public boolean isMultiAssets(int accountId) {
        return false;
    }

    @Override
    public void setMultiAssets(int accountId, boolean isOn) throws VenueException {
        accounts().controls().setMultiAssets(isOn);
    }

    @Override
    public void setHedgeMode(int accountId, boolean isOn) throws VenueException {
        accounts().controls().setHedgeMode(account(accountId), isOn);
    }

    @Override
    public void setLeverage(int accountId, int symbol, int leverage) throws VenueException {
        accounts().controls().setLeverage(account(accountId), symbol, leverage);
    }

    @Override
    public void setIsolated(int accountId, int symbol, boolean isIsolated) throws VenueException {
        accounts().controls().setMarginType(account(accountId), symbol, isIsolated);
    }

    @Override
    public void changeMargin(int accountId, int symbol, long amount) throws VenueException {
        accounts().controls().changeMargin(account(accountId), symbol, Math.abs(amount), amount > 0);
    }

    @Override
    public List<MarginChange> marginChanges(int accountId, int symbol) {
        return account(accountId).marginChanges().stream()
                .filter(change -> change.symbol() == symbol)
                .map(change -> new MarginChange(symbol, change.isAdded(), change.amount(), true, change.timeMs()))
                .toList();
    }

    @Override
    public List<Income> income(int accountId) {
        return account(accountId).incomes().find(IncomeHistory.Query.all()).stream()
                .map(row -> new Income(
                        row.type().name(),
                        row.symbol() < 0 ? TradingPort.ALL : row.symbol(),
                        row.amount(),
                        row.type().name(),
                        row.timeMs(),
                        row.tranId(),
                        row.tradeId()))
                .toList();
    }
}
