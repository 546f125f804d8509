package io.millrace.exchange.account;

import io.millrace.exchange.account.AccountUpdate.PositionState;
import io.millrace.exchange.trade.Order;
import io.millrace.exchange.trade.Side;
import io.millrace.exchange.trade.Trade;
import io.millrace.exchange.venue.FeeTier;
import java.math.RoundingMode;
import java.util.List;

/**
 * Books fills: position, profit, isolated margin, commission, clearance fee of liquidations.
 *
 * <p>Commission goes from the cross wallet, also for isolated positions, so that a new isolated position holds exactly its
 * initial margin; rounded half even. A partial close of an isolated position returns its share of the margin together with
 * the profit or loss; a loss above that share stays with the position. A liquidation pays the clearance fee in place of
 * commission, never more than the margin that is left.
 *
 * <p><b>Thread:</b> confined to the venue's thread. <b>Units:</b> 1e-8 USDT.
 */
final class TradeBooker {
    private final Books books;
    private final Position[] market;

    TradeBooker(Books books) {
        this.books = books;
        this.market = new Position[books.contracts().size()];
    }

    /** Books both sides of a trade of the book. */
    void book(Trade trade) {
        if (trade.taker() == null && trade.maker() == null) {
            return;
        }
        Contract contract = books.contracts().get(trade.symbol());
        long value = contract.notional(trade.priceTicks(), trade.qtyLots());
        Side taker = trade.taker() != null
                ? trade.taker().side()
                : trade.maker().side().opposite();
        if (trade.maker() == null) {
            bookMarket(trade.symbol(), -taker.sign() * trade.qtyLots(), -taker.sign() * value);
        } else {
            bookClient(trade, trade.maker(), value);
        }
        if (trade.taker() == null) {
            bookMarket(trade.symbol(), taker.sign() * trade.qtyLots(), taker.sign() * value);
        } else {
            bookClient(trade, trade.taker(), value);
        }
    }

    /** Books a fill outside the book, without fees. */
    void bookOffBook(Trade trade) {
        Order order = trade.taker();
        Account account = books.account(order.accountId());
        Position position = account.position(trade.symbol());
        int sign = order.side().sign();
        long value = position.contract().notional(trade.priceTicks(), trade.qtyLots());
        long realized = post(account, position, sign * trade.qtyLots(), sign * value);
        tell(account, position, new Fill(trade, order, false, 0, realized, true));
    }

    /** Books the market's side. */
    void bookMarket(int symbol, long lots, long value) {
        Position position = marketPosition(symbol);
        Ledger ledger = books.ledger();
        ledger.transfer(ledger.clearing(), ledger.market(), position.fill(lots, value));
    }

    /** Returns the position of the market's own orders, which mirrors those of all clients. */
    Position marketPosition(int symbol) {
        if (market[symbol] == null) {
            market[symbol] =
                    new Position(books.contracts().get(symbol), books.ledger().market());
        }
        return market[symbol];
    }

    private void bookClient(Trade trade, Order order, long value) {
        Account account = books.account(order.accountId());
        Position position = account.position(trade.symbol());
        int sign = order.side().sign();
        long lots = sign * trade.qtyLots();
        boolean isForced = order.isLiquidation() || order.isAdl();
        boolean isMaker = order == trade.maker();
        FeeTier fees = account.fees(trade.symbol());
        long rate = isMaker ? fees.makerE8() : fees.takerE8();
        long commission = isForced ? 0 : Money.share(value, rate, RoundingMode.HALF_EVEN);
        long opening = lots - position.closingLots(lots);
        long realized = post(account, position, lots, sign * value);
        books.ledger().transfer(account.crossWallet(), books.ledger().feePot(), commission);
        position.addOpenFee(Position.proportion(commission, opening, lots));
        books.income(account, trade.symbol(), IncomeType.COMMISSION, -commission, trade.tradeId());
        tell(account, position, new Fill(trade, order, isMaker, commission, realized, false));
        if (order.isLiquidation()) {
            payClearanceFee(account, position, value, trade.tradeId());
        }
    }

    /** Moves the position, its profit and its isolated margin; returns the profit. */
    private long post(Account account, Position position, long lots, long value) {
        Ledger ledger = books.ledger();
        long lotsBefore = position.lots();
        long marginBefore = position.isIsolated() ? position.isolatedMargin() : 0;
        long closing = position.closingLots(lots);
        long realized = position.fill(lots, value);
        if (!position.isIsolated()) {
            ledger.transfer(ledger.clearing(), account.crossWallet(), realized);
            return realized;
        }
        Wallet isolated = position.isolatedWallet();
        ledger.transfer(ledger.clearing(), isolated, realized);
        if (closing == -lotsBefore && closing != 0) {
            // A liquidation's fee comes out of the margin first, see payClearanceFee.
            if (!account.isInLiquidation()) {
                ledger.transfer(isolated, account.crossWallet(), isolated.balance());
            }
        } else if (closing != 0 && !account.isInLiquidation()) {
            long share = Position.proportion(marginBefore, closing, lotsBefore) + realized;
            long free = Math.max(0, Math.min(share, isolated.balance()));
            ledger.transfer(isolated, account.crossWallet(), free);
        }
        if (lots != closing) {
            // What opens, alone: a position that was turned over has paid its old margin back above.
            long opened = lotsBefore + closing == 0 ? position.cost() : value;
            ledger.transfer(account.crossWallet(), isolated, position.atLeverage(Math.abs(opened)));
        }
        return realized;
    }

    private void tell(Account account, Position position, Fill fill) {
        Trade trade = fill.trade();
        position.touch(trade.timeMs());
        books.income(account, trade.symbol(), IncomeType.REALIZED_PNL, fill.realizedPnl(), trade.tradeId());
        if (fill.order().isLiquidation() || fill.order().isAdl()) {
            account.addForced(fill);
        }
        books.listener().onFill(fill);
        books.update(account, UpdateReason.ORDER, 0, List.of(position));
    }

    private void payClearanceFee(Account account, Position position, long value, long tradeId) {
        Ledger ledger = books.ledger();
        long markE8 = books.margin().markE8(position);
        boolean isIsolated = position.isIsolated();
        Wallet wallet = isIsolated ? position.isolatedWallet() : account.crossWallet();
        long equity = isIsolated
                ? wallet.balance() + position.unrealizedPnl(markE8)
                : books.margin().crossMarginBalance(account);
        long left = Math.max(0, Math.min(wallet.balance(), equity));
        long fee = Money.share(value, position.contract().rules().liquidationFeeE8(), RoundingMode.HALF_EVEN);
        long paid = Math.min(fee, left);
        ledger.transfer(wallet, ledger.insuranceFund(), paid);
        if (paid != 0) {
            books.income(account, position.symbol(), IncomeType.INSURANCE_CLEAR, -paid, tradeId);
            books.update(account, UpdateReason.INSURANCE_CLEAR, -paid, List.of(position));
        }
    }

    /** Returns the state of positions for events. */
    static List<PositionState> states(Margin margin, List<Position> positions) {
        return positions.stream()
                .map(position -> PositionState.of(position, margin.markE8(position)))
                .toList();
    }
}
