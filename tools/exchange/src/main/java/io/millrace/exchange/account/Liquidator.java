package io.millrace.exchange.account;

import io.millrace.exchange.trade.OrderRequest;
import io.millrace.exchange.trade.OrderType;
import io.millrace.exchange.trade.Side;
import io.millrace.exchange.trade.StpMode;
import io.millrace.exchange.trade.TimeInForce;
import io.millrace.exchange.trade.Trade;
import io.millrace.exchange.venue.MarginBracket;
import java.math.RoundingMode;
import java.util.List;

/**
 * Liquidates what no longer has its maintenance margin at the mark price, in the venue's order of steps.
 *
 * <ol>
 *   <li>Open orders end: all of the account for crossed margin, those of the contract for isolated margin.
 *   <li>An immediate order with the bankruptcy price as its limit reduces the position, one bracket at a time, the crossed
 *       position with the largest loss first; fills pay the clearance fee to the insurance fund.
 *   <li>What the book did not take goes to the insurance fund at the bankruptcy price of that moment. The fund passes it on to the
 *       market's own account at the mark price and keeps the difference.
 *   <li>If that would leave the fund below zero, positions of the other side take it at the bankruptcy price, in the order of
 *       the deleveraging queue, without fee, after their open orders in the contract have ended. What is left then goes to the
 *       market's own account.
 * </ol>
 *
 * It stops as soon as the margin balance is above the maintenance margin. A wallet that ends below zero without a position is
 * filled up by the insurance fund, and beyond what the fund has by the market's own account.
 *
 * <p><b>Thread:</b> confined to the venue's thread.
 */
final class Liquidator {
    /** Begins the client order id of liquidations. */
    static final String LIQUIDATION_ID = "autoclose-";
    /** Begins the client order id of what closes positions in a contract that ends. */
    static final String SETTLEMENT_ID = "settlement_autoclose-";
    /** Begins the client order id of deleveraging. */
    static final String ADL_ID = "adl_autoclose-";

    private static final int MARGIN_CALL_PERCENT = 80;

    private final Books books;
    private final TradeBooker booker;
    private final AdlQueue adlQueue;
    private final LiquidationPort port;
    private long lastId;

    Liquidator(Books books, TradeBooker booker, AdlQueue adlQueue, LiquidationPort port) {
        this.books = books;
        this.booker = booker;
        this.adlQueue = adlQueue;
        this.port = port;
    }

    /** Checks everything that has a position in a contract whose mark price is new. */
    void onMark(int symbol) {
        // By index: an account opened meanwhile does not disturb.
        for (int i = 0; i < books.accounts().size(); i++) {
            Account account = books.accounts().get(i);
            Position position = account.positionOrNull(symbol);
            if (position == null || position.lots() == 0 || account.isInLiquidation()) {
                continue;
            }
            if (position.isIsolated()) {
                checkIsolated(account, position);
            } else {
                checkCross(account);
            }
        }
    }

    /** Closes all positions in a contract that ends, at one price and without fee, against the market's own account. */
    void settleContract(int symbol, long ticks) {
        for (int i = 0; i < books.accounts().size(); i++) {
            Account account = books.accounts().get(i);
            Position position = account.positionOrNull(symbol);
            if (position == null || position.lots() == 0) {
                continue;
            }
            Side side = Side.of(-position.lots());
            long lots = Math.abs(position.lots());
            OrderRequest request = request(account.id(), symbol, side, lots, ticks, SETTLEMENT_ID);
            booker.bookOffBook(port.recordOffBook(request, ticks, false));
            long value = position.contract().notional(ticks, lots);
            booker.bookMarket(symbol, -side.sign() * lots, -side.sign() * value);
            if (position.isIsolated()) {
                settleIsolated(account, position);
            } else {
                coverDebt(account);
            }
        }
    }

    private void checkIsolated(Account account, Position position) {
        long markE8 = books.margin().markE8(position);
        long balance = position.isolatedMargin() + position.unrealizedPnl(markE8);
        long maintenance = position.maintenanceMargin(markE8);
        if (balance <= maintenance) {
            liquidate(account, position.symbol(), () -> isolatedVictim(position));
            settleIsolated(account, position);
            position.marginCalled(false);
        } else if (isCalled(balance, maintenance) != position.isMarginCalled()) {
            position.marginCalled(!position.isMarginCalled());
            if (position.isMarginCalled()) {
                call(account, List.of(position));
            }
        }
    }

    private void checkCross(Account account) {
        long balance = books.margin().crossMarginBalance(account);
        long maintenance = books.margin().crossMaintenanceMargin(account);
        if (balance <= maintenance) {
            liquidate(account, LiquidationPort.ALL_SYMBOLS, () -> crossVictim(account));
            coverDebt(account);
            account.marginCalled(false);
        } else if (isCalled(balance, maintenance) != account.isMarginCalled()) {
            account.marginCalled(!account.isMarginCalled());
            if (account.isMarginCalled()) {
                call(account, crossPositions(account));
            }
        }
    }

    private static boolean isCalled(long balance, long maintenance) {
        return Money.mulDiv(balance, MARGIN_CALL_PERCENT, 100, RoundingMode.DOWN) <= maintenance;
    }

    private void call(Account account, List<Position> positions) {
        books.listener()
                .onMarginCall(
                        account.id(),
                        account.crossWalletBalance(),
                        TradeBooker.states(books.margin(), positions),
                        books.timeMs());
    }

    /** Names the position to reduce next, or null when there is margin enough again. */
    private interface Victim {
        Position next();
    }

    private Position isolatedVictim(Position position) {
        long markE8 = books.margin().markE8(position);
        long balance = position.isolatedMargin() + position.unrealizedPnl(markE8);
        return position.lots() != 0 && balance <= position.maintenanceMargin(markE8) ? position : null;
    }

    private Position crossVictim(Account account) {
        Margin margin = books.margin();
        if (margin.crossMarginBalance(account) > margin.crossMaintenanceMargin(account)) {
            return null;
        }
        Position worst = null;
        long worstPnl = 0;
        for (Position position : crossPositions(account)) {
            long pnl = position.unrealizedPnl(margin.markE8(position));
            if (worst == null || pnl < worstPnl) {
                worst = position;
                worstPnl = pnl;
            }
        }
        return worst;
    }

    private static List<Position> crossPositions(Account account) {
        return account.positions().stream()
                .filter(p -> p.lots() != 0 && !p.isIsolated())
                .toList();
    }

    private void liquidate(Account account, int symbols, Victim victim) {
        account.inLiquidation(true);
        port.expireOpenOrders(account.id(), symbols);
        for (Position position = victim.next(); position != null; position = victim.next()) {
            reduce(account, position);
        }
        account.inLiquidation(false);
    }

    private void reduce(Account account, Position position) {
        long step = stepLots(position);
        Side side = Side.of(-position.lots());
        long before = position.lots();
        long limit = bankruptcyTicks(account, position);
        port.liquidate(request(account.id(), position.symbol(), side, step, limit, LIQUIDATION_ID));
        long left = step - Math.abs(before - position.lots());
        if (left > 0) {
            takeOver(account, position, side, left);
        }
    }

    /** Returns how much to close at once: all in the first bracket, else what is in the highest bracket. */
    private long stepLots(Position position) {
        long lots = Math.abs(position.lots());
        long notional = Math.abs(position.notional(books.margin().markE8(position)));
        MarginBracket bracket = position.contract().rules().brackets().of(notional);
        if (bracket.number() == 1) {
            return lots;
        }
        // Just below the floor, which belongs to the bracket itself.
        long kept = Money.mulDiv(lots, bracket.floorE8(), notional, RoundingMode.CEILING) - 1;
        return Math.max(1, Math.min(lots, lots - kept));
    }

    /** Returns the price at which closing the position leaves nothing, rounded to the account's favour; at least one tick. */
    private long bankruptcyTicks(Account account, Position position) {
        Margin margin = books.margin();
        long equity = position.isIsolated()
                ? position.isolatedMargin()
                : margin.crossMarginBalance(account) - position.unrealizedPnl(margin.markE8(position));
        RoundingMode rounding = position.lots() > 0 ? RoundingMode.CEILING : RoundingMode.FLOOR;
        Contract contract = position.contract();
        long value = position.cost() - equity;
        boolean isAboveZero = value != 0 && value > 0 == position.lots() > 0;
        long priceE8 = isAboveZero ? contract.averagePriceE8(value, position.lots(), rounding) : 0;
        return Math.max(1, contract.ticks(priceE8, rounding));
    }

    private void takeOver(Account account, Position position, Side side, long lots) {
        long ticks = bankruptcyTicks(account, position);
        Contract contract = position.contract();
        long markE8 = books.margin().markE8(position);
        long gain = side.sign() * (contract.notional(ticks, lots) - contract.value(markE8, lots));
        Ledger ledger = books.ledger();
        if (ledger.insuranceFund().balance() + gain < 0) {
            deleverage(account, position, side, lots, ticks);
            return;
        }
        close(account, position, side, lots, ticks);
        booker.bookMarket(position.symbol(), -side.sign() * lots, -side.sign() * contract.value(markE8, lots));
        ledger.transfer(ledger.clearing(), ledger.insuranceFund(), gain);
    }

    private void deleverage(Account account, Position position, Side side, long lots, long ticks) {
        int symbol = position.symbol();
        long left = lots;
        for (AdlQueue.Entry entry : adlQueue.queue(symbol, !side.opposite().isBuy())) {
            if (left == 0) {
                break;
            }
            Account other = entry.account();
            port.expireOpenOrders(other.id(), symbol);
            long part = Math.min(left, Math.abs(entry.position().lots()));
            OrderRequest request = request(other.id(), symbol, side.opposite(), part, ticks, ADL_ID);
            close(account, position, side, part, ticks);
            booker.bookOffBook(port.recordOffBook(request, ticks, true));
            left -= part;
        }
        if (left > 0) {
            close(account, position, side, left, ticks);
            long value = position.contract().notional(ticks, left);
            booker.bookMarket(symbol, -side.sign() * left, -side.sign() * value);
        }
    }

    private void close(Account account, Position position, Side side, long lots, long ticks) {
        OrderRequest request = request(account.id(), position.symbol(), side, lots, ticks, LIQUIDATION_ID);
        Trade trade = port.recordOffBook(request, ticks, false);
        booker.bookOffBook(trade);
    }

    private OrderRequest request(int accountId, int symbol, Side side, long lots, long ticks, String idPrefix) {
        return OrderRequest.of(accountId, symbol, side)
                .type(OrderType.LIQUIDATION)
                .timeInForce(TimeInForce.IOC)
                .qtyLots(lots)
                .priceTicks(ticks)
                .reduceOnly(true)
                .stpMode(StpMode.NONE)
                .clientOrderId(idPrefix + ++lastId)
                .build();
    }

    /** Gives back what a closed isolated position has left, and covers what it owes. */
    private void settleIsolated(Account account, Position position) {
        if (position.lots() != 0) {
            return;
        }
        Ledger ledger = books.ledger();
        Wallet isolated = position.isolatedWallet();
        if (isolated.balance() > 0) {
            ledger.transfer(isolated, account.crossWallet(), isolated.balance());
            books.update(account, UpdateReason.ORDER, 0, List.of(position));
        } else {
            cover(account, isolated, position.symbol());
        }
    }

    /** Fills up a wallet below zero that no crossed position stands against; a running liquidation does so at its end. */
    void coverDebt(Account account) {
        if (account.crossWalletBalance() < 0
                && !account.isInLiquidation()
                && crossPositions(account).isEmpty()) {
            cover(account, account.crossWallet(), -1);
        }
    }

    private void cover(Account account, Wallet wallet, int symbol) {
        long missing = -wallet.balance();
        if (missing <= 0) {
            return;
        }
        Ledger ledger = books.ledger();
        long fromFund = Math.min(missing, Math.max(0, ledger.insuranceFund().balance()));
        ledger.transfer(ledger.insuranceFund(), wallet, fromFund);
        ledger.transfer(ledger.market(), wallet, missing - fromFund);
        books.income(account, symbol, IncomeType.INSURANCE_CLEAR, missing, 0);
        books.update(account, UpdateReason.INSURANCE_CLEAR, missing, List.of());
    }
}
