package io.millrace.exchange.matching;

import io.millrace.exchange.trade.AmendRequest;
import io.millrace.exchange.trade.Errors;
import io.millrace.exchange.trade.Order;
import io.millrace.exchange.trade.OrderType;
import io.millrace.exchange.trade.PriceMatch;
import io.millrace.exchange.trade.TimeInForce;
import io.millrace.exchange.trade.VenueException;
import io.millrace.exchange.venue.ContractRules;

/** Changes of open limit orders. */
final class Amendments {
    private final TradingPorts ports;
    private final OrderStore store;
    private final OrderChecks checks;
    private final Matcher matcher;
    private final BookLevels levels;

    Amendments(TradingPorts ports, OrderStore store, OrderChecks checks, Matcher matcher, BookLevels levels) {
        this.ports = ports;
        this.store = store;
        this.checks = checks;
        this.matcher = matcher;
        this.levels = levels;
    }

    void amend(Order order, AmendRequest request, ContractRules rules, long nowMs) throws VenueException {
        long priceTicks = checkedPrice(order, request, rules);
        boolean isDone = order.executedLots() > 0 && request.qtyLots() <= order.executedLots();
        boolean wouldTake = order.timeInForce() == TimeInForce.GTX
                && Matcher.isWithin(
                        !order.side().isBuy(),
                        levels.best(order.symbol(), !order.side().isBuy()),
                        priceTicks);
        long qtyLots = request.qtyLots();
        if (!isDone && !wouldTake) {
            qtyLots = fitToPosition(order, priceTicks, qtyLots);
            ports.risk().checkAmend(order, qtyLots, priceTicks);
        }
        ports.market().begin(order.symbol());
        try {
            if (isDone || wouldTake) {
                matcher.cancel(order, nowMs);
                return;
            }
            long oldPriceTicks = order.priceTicks();
            long oldQtyLots = order.qtyLots();
            matcher.withdraw(order);
            order.amend(qtyLots, priceTicks, request.modifyId(), nowMs);
            store.addAmendment(order, oldPriceTicks, oldQtyLots);
            ports.events().onAmended(order);
            matcher.run(order, priceTicks, nowMs);
        } finally {
            ports.market().end(order.symbol());
        }
    }

    /** Refuses what the rules forbid and returns the new price. */
    private long checkedPrice(Order order, AmendRequest request, ContractRules rules) throws VenueException {
        if (order.type() != OrderType.LIMIT) {
            throw Errors.amendNotLimit();
        }
        if (!rules.isTrading()) {
            throw Errors.amendSymbolStatus();
        }
        if (request.side() != order.side()) {
            throw Errors.invalidSide();
        }
        if (order.modifications() >= ContractRules.MAX_AMENDMENTS) {
            throw Errors.tooManyAmendments();
        }
        long priceTicks = request.priceTicks();
        if (request.priceMatch() != PriceMatch.NONE) {
            OrderChecks.priceMatch(order.type(), request.priceMatch(), request.priceTicks());
            priceTicks = levels.match(order.symbol(), order.side(), request.priceMatch());
        }
        OrderChecks.price(rules, priceTicks);
        OrderChecks.qty(rules.limitQty(), request.qtyLots());
        if (priceTicks == order.priceTicks() && request.qtyLots() == order.qtyLots()) {
            throw Errors.noAmendment();
        }
        checks.percentPrice(rules, order.symbol(), order.side(), priceTicks);
        if (!order.isReduceOnly() && ContractMath.isUnderNotional(rules, priceTicks, request.qtyLots())) {
            throw Errors.amendNotionalTooSmall(ContractMath.minNotional(rules));
        }
        return priceTicks;
    }

    private long fitToPosition(Order order, long priceTicks, long qtyLots) throws VenueException {
        if (!order.isReduceOnly()) {
            return qtyLots;
        }
        long room = matcher.reduceOnly().room(order.accountId(), order.symbol(), order.side(), priceTicks, order);
        return Math.min(qtyLots, order.executedLots() + room);
    }
}
