package io.millrace.exchange.conditional;

import io.millrace.exchange.trade.Errors;
import io.millrace.exchange.trade.OrderType;
import io.millrace.exchange.trade.PriceMatch;
import io.millrace.exchange.trade.TimeInForce;
import io.millrace.exchange.trade.VenueException;
import io.millrace.exchange.venue.ContractRules;
import io.millrace.exchange.venue.QtyFilter;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** What the service refuses at once, looking only at the request and the contract's rules. Margin is not looked at. */
final class AlgoChecks {
    static final int MIN_CALLBACK_TENTHS = 1;
    static final int MAX_CALLBACK_TENTHS = 200;
    private static final long MIN_GOOD_TILL_MS = 600_000L;
    private static final long MAX_GOOD_TILL_MS = 253_402_300_799_000L;
    private static final int MAX_ID_LENGTH = 36;
    private static final int E8_DECIMALS = 8;

    private AlgoChecks() {}

    static void check(AlgoRequest request, ContractRules rules, long nowMs) throws VenueException {
        if (!request.type().isConditional()) {
            throw Errors.invalidOrderType();
        }
        if (!rules.isTrading()) {
            throw Errors.symbolNotOpening();
        }
        checkClientId(request.clientAlgoId());
        checkClosePosition(request);
        checkTrigger(request, rules);
        checkPrice(request, rules);
        checkTimeInForce(request, nowMs);
        if (!request.closePosition()) {
            checkQty(request, rules);
        }
    }

    private static void checkClientId(String id) throws VenueException {
        if (id == null) {
            return;
        }
        boolean isValid = !id.isEmpty() && id.length() <= MAX_ID_LENGTH;
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            isValid &= (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '-' && c <= ':') || c == '_';
        }
        if (!isValid) {
            throw Errors.invalidClientOrderId();
        }
    }

    private static void checkClosePosition(AlgoRequest request) throws VenueException {
        if (!request.closePosition()) {
            return;
        }
        if (request.type() != OrderType.STOP_MARKET && request.type() != OrderType.TAKE_PROFIT_MARKET) {
            throw Errors.closePositionType(request.type());
        }
        if (request.qtyLots() != 0) {
            throw Errors.closePositionQty();
        }
        if (request.reduceOnly()) {
            throw Errors.parameterNotRequired("reduceonly");
        }
    }

    private static void checkTrigger(AlgoRequest request, ContractRules rules) throws VenueException {
        if (request.isTrailing()) {
            if (request.triggerPriceTicks() != 0) {
                throw Errors.parameterNotRequired("triggerprice");
            }
            if (request.callbackTenths() == 0) {
                throw Errors.parameterMissing("callbackrate");
            }
            if (request.callbackTenths() < MIN_CALLBACK_TENTHS || request.callbackTenths() > MAX_CALLBACK_TENTHS) {
                throw Errors.invalidCallbackRate();
            }
            if (request.activatePriceTicks() < 0 || isOverMax(request.activatePriceTicks(), rules)) {
                throw Errors.invalidActivatePrice();
            }
            return;
        }
        if (request.callbackTenths() != 0) {
            throw Errors.parameterNotRequired("callbackrate");
        }
        if (request.activatePriceTicks() != 0) {
            throw Errors.parameterNotRequired("activateprice");
        }
        if (request.triggerPriceTicks() == 0) {
            throw Errors.parameterMissing("triggerprice");
        }
        if (request.triggerPriceTicks() < 0) {
            throw Errors.stopPriceBelowZero();
        }
        if (isOverMax(request.triggerPriceTicks(), rules)) {
            throw Errors.stopPriceOverMax();
        }
    }

    private static boolean isOverMax(long ticks, ContractRules rules) {
        return rules.maxPriceTicks() != 0 && ticks > rules.maxPriceTicks();
    }

    private static void checkPrice(AlgoRequest request, ContractRules rules) throws VenueException {
        boolean isMatched = request.priceMatch() != PriceMatch.NONE;
        if (isMatched && !request.isLimit()) {
            throw Errors.priceMatchType();
        }
        boolean isRemoved =
                request.priceMatch() == PriceMatch.OPPONENT_10 || request.priceMatch() == PriceMatch.OPPONENT_20;
        if (isMatched && (isRemoved || request.priceTicks() != 0)) {
            throw Errors.invalidPriceMatch();
        }
        if (!request.isLimit()) {
            if (request.priceTicks() != 0) {
                throw Errors.parameterNotRequired("price");
            }
            return;
        }
        if (isMatched) {
            return;
        }
        if (request.priceTicks() == 0) {
            throw Errors.parameterMissing("price");
        }
        if (request.priceTicks() < 0) {
            throw Errors.priceBelowZero();
        }
        if (isOverMax(request.priceTicks(), rules)) {
            throw Errors.priceOverMax();
        }
        if (request.priceTicks() < rules.minPriceTicks()) {
            throw Errors.priceBelowMin();
        }
        checkPercent(request, rules);
    }

    /** The limit may not be further from the trigger than PERCENT_PRICE allows from the mark price. */
    private static void checkPercent(AlgoRequest request, ContractRules rules) throws VenueException {
        boolean isBuy = request.side().isBuy();
        BigDecimal multiplier =
                BigDecimal.valueOf(isBuy ? rules.multiplierUpE8() : rules.multiplierDownE8(), E8_DECIMALS);
        if (multiplier.signum() == 0) {
            return;
        }
        BigDecimal limit =
                rules.spec().tick().toDecimal(request.triggerPriceTicks()).multiply(multiplier);
        int side = rules.spec().tick().toDecimal(request.priceTicks()).compareTo(limit);
        if (isBuy ? side > 0 : side < 0) {
            String text = limit.setScale(rules.spec().priceDecimals(), isBuy ? RoundingMode.DOWN : RoundingMode.UP)
                    .toPlainString();
            throw isBuy ? Errors.priceOverStopPercent(text) : Errors.priceUnderStopPercent(text);
        }
    }

    private static void checkTimeInForce(AlgoRequest request, long nowMs) throws VenueException {
        boolean isGtd = request.timeInForce() == TimeInForce.GTD;
        if (isGtd
                && (request.goodTillDateMs() <= nowMs + MIN_GOOD_TILL_MS
                        || request.goodTillDateMs() >= MAX_GOOD_TILL_MS)) {
            throw Errors.invalidGoodTillDate();
        }
        if (!isGtd && request.goodTillDateMs() != 0) {
            throw Errors.parameterNotRequired("goodtilldate");
        }
    }

    private static void checkQty(AlgoRequest request, ContractRules rules) throws VenueException {
        long lots = request.qtyLots();
        if (lots == 0) {
            throw Errors.parameterMissing("quantity");
        }
        if (lots < 0) {
            throw Errors.qtyBelowZero();
        }
        QtyFilter filter = request.isLimit() ? rules.limitQty() : rules.marketQty();
        if (lots < filter.minLots()) {
            throw Errors.qtyBelowMin();
        }
        if (lots > filter.maxLots()) {
            throw Errors.qtyOverMax();
        }
        if ((lots - filter.minLots()) % filter.stepLots() != 0) {
            throw Errors.qtyOffStep();
        }
    }

    /**
     * MIN_NOTIONAL; what only reduces is exempt.
     *
     * @param referenceTicks price of a trailing stop, which has none of its own.
     */
    static void checkNotional(AlgoRequest request, ContractRules rules, long referenceTicks) throws VenueException {
        if (request.reduceOnly() || request.closePosition()) {
            return;
        }
        long ticks = request.priceTicks() != 0 ? request.priceTicks() : request.triggerPriceTicks();
        BigDecimal notional = rules.spec()
                .tick()
                .toDecimal(ticks != 0 ? ticks : referenceTicks)
                .multiply(rules.spec().lot().toDecimal(request.qtyLots()));
        BigDecimal least = BigDecimal.valueOf(rules.minNotionalE8(), E8_DECIMALS);
        if (notional.compareTo(least) < 0) {
            throw Errors.notionalTooSmall(least.stripTrailingZeros().toPlainString());
        }
    }

    /**
     * The trigger may not be met already.
     *
     * @param price as it is now, in 1e-8 of the quote asset; 0 if it is not known.
     */
    static void checkSide(AlgoOrder order, long price) throws VenueException {
        AlgoRequest request = order.request();
        if (price <= 0 || order.triggerPrice() == 0) {
            return;
        }
        // A trailing stop first needs the price to move in its favour: a purchase down, a sale up.
        boolean isRising = request.isTrailing() ? !request.side().isBuy() : request.isRising();
        if (isRising ? price >= order.triggerPrice() : price <= order.triggerPrice()) {
            throw Errors.wouldTrigger();
        }
    }
}
