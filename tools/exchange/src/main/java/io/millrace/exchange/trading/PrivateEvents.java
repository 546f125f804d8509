package io.millrace.exchange.trading;

import io.millrace.exchange.account.AccountListener;
import io.millrace.exchange.account.AccountUpdate;
import io.millrace.exchange.account.Accounts;
import io.millrace.exchange.account.Fill;
import io.millrace.exchange.account.Position;
import io.millrace.exchange.conditional.AlgoEvents;
import io.millrace.exchange.conditional.AlgoOrder;
import io.millrace.exchange.trade.Order;
import io.millrace.exchange.userdata.AccountUpdate.Balance;
import io.millrace.exchange.userdata.AccountUpdate.Reason;
import io.millrace.exchange.userdata.AlgoUpdate;
import io.millrace.exchange.userdata.ExecutionType;
import io.millrace.exchange.userdata.LeverageUpdate;
import io.millrace.exchange.userdata.MarginCall;
import io.millrace.exchange.userdata.OrderUpdate;
import io.millrace.exchange.userdata.OrderUpdate.OpenNotional;
import io.millrace.exchange.userdata.OrderUpdate.Trailing;
import io.millrace.exchange.userdata.PrivateEvent;
import io.millrace.exchange.userdata.UserData;
import java.util.List;

/**
 * Makes private events of what happens to orders and accounts.
 *
 * <p><b>Thread:</b> the venue's.
 */
final class PrivateEvents implements AccountListener, AlgoEvents {
    private static final String ASSET = "USDT";

    private final Accounts accounts;
    private final UserData userData;
    private final VenueTime time;
    private final FollowUps followUps;
    private final Origins origins;

    /** Where orders come from. */
    interface Origins {
        /** Returns the conditional order that an order comes from, or null. */
        AlgoOrder ofChild(long orderId);

        /** Adds what a fill cost and earned to what clients can ask for. */
        void settle(Fill fill);
    }

    PrivateEvents(Accounts accounts, UserData userData, VenueTime time, FollowUps followUps, Origins origins) {
        this.accounts = accounts;
        this.userData = userData;
        this.time = time;
        this.followUps = followUps;
        this.origins = origins;
    }

    /** Something other than a fill happened to an order. */
    void onOrder(Order order, ExecutionType execution) {
        publish(
                order.accountId(),
                OrderUpdate.of(order, execution, OrderUpdate.Fill.NONE, open(order), trailing(order)));
    }

    @Override
    public void onFill(Fill fill) {
        origins.settle(fill);
        Order order = fill.order();
        followUps.onPosition(order.accountId(), order.symbol(), fill.isOffBook());
        OrderUpdate.Fill details = new OrderUpdate.Fill(
                fill.trade().tradeId(),
                fill.trade().priceTicks(),
                fill.trade().qtyLots(),
                fill.isMaker(),
                fill.commission(),
                ASSET,
                fill.realizedPnl());
        publish(order.accountId(), OrderUpdate.of(order, ExecutionType.TRADE, details, open(order), trailing(order)));
    }

    @Override
    public void onAccountUpdate(AccountUpdate update) {
        List<Balance> balances = List.of(
                new Balance(ASSET, update.walletBalance(), update.crossWalletBalance(), update.balanceChange()));
        List<io.millrace.exchange.userdata.AccountUpdate.Position> positions = update.positions().stream()
                .map(state -> new io.millrace.exchange.userdata.AccountUpdate.Position(
                        state.symbol(),
                        state.lots(),
                        state.entryPriceE8(),
                        state.breakEvenPriceE8(),
                        state.realizedPnl(),
                        state.unrealizedPnl(),
                        state.isIsolated(),
                        state.isolatedWallet()))
                .toList();
        publish(
                update.accountId(),
                new io.millrace.exchange.userdata.AccountUpdate(
                        update.timeMs(), Reason.valueOf(update.reason().name()), update.symbol(), balances, positions));
    }

    @Override
    public void onLeverage(int accountId, int symbol, int leverage, long timeMs) {
        publish(accountId, new LeverageUpdate(timeMs, symbol, leverage));
    }

    @Override
    public void onMarginCall(
            int accountId, long crossWalletBalance, List<AccountUpdate.PositionState> positions, long timeMs) {
        boolean isIsolated = positions.get(0).isIsolated();
        publish(
                accountId,
                new MarginCall(
                        timeMs,
                        isIsolated ? MarginCall.NO_CROSS : crossWalletBalance,
                        positions.stream()
                                .map(state -> new MarginCall.Position(
                                        state.symbol(),
                                        state.lots(),
                                        state.isIsolated(),
                                        state.isolatedWallet(),
                                        state.markPriceE8(),
                                        state.unrealizedPnl(),
                                        state.maintenanceMargin()))
                                .toList()));
    }

    @Override
    public void onAlgoUpdate(AlgoOrder order) {
        publish(order.request().accountId(), AlgoUpdate.of(order));
    }

    private void publish(int accountId, PrivateEvent event) {
        userData.publish(accountId, event, time.epochNs());
    }

    private OpenNotional open(Order order) {
        Position position = accounts.account(order.accountId()).position(order.symbol());
        return new OpenNotional(position.bidNotional(), position.askNotional());
    }

    private Trailing trailing(Order order) {
        AlgoOrder algo = order.origType().isConditional() ? origins.ofChild(order.orderId()) : null;
        return algo == null || !algo.request().isTrailing()
                ? null
                : new Trailing(
                        algo.request().activatePriceTicks(), algo.request().callbackTenths());
    }
}
