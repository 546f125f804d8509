package io.millrace.exchange.matching;

import io.millrace.exchange.trade.Errors;
import io.millrace.exchange.trade.OrderRequest;
import io.millrace.exchange.trade.OrderType;
import io.millrace.exchange.trade.PriceMatch;
import io.millrace.exchange.trade.PricePort;
import io.millrace.exchange.trade.Side;
import io.millrace.exchange.trade.TimeInForce;
import io.millrace.exchange.trade.VenueException;
import io.millrace.exchange.venue.ContractRules;
import io.millrace.exchange.venue.ContractStatus;
import io.millrace.exchange.venue.QtyFilter;
import java.util.regex.Pattern;

/** The venue's rules for one order by itself: each broken rule has its own code. */
final class OrderChecks {
    static final long ONE_E8 = 100_000_000L;

    private static final String CLIENT_ID_RANGE = "^[\\.A-Z\\:/a-z0-9_-]{1,36}$";
    private static final Pattern CLIENT_ID = Pattern.compile(CLIENT_ID_RANGE);
    private static final int CLIENT_ID_LENGTH = 36;
    private static final long GTD_LEAD_MS = 600_000;
    private static final long GTD_END_MS = 253_402_300_799_000L;
    private static final int BAD_REQUEST = 400;

    private final PricePort prices;

    OrderChecks(PricePort prices) {
        this.prices = prices;
    }

    /** Refuses an order for a contract that does not trade. */
    static void status(ContractRules rules, boolean isReducing) throws VenueException {
        ContractStatus status = rules.status();
        if (status == ContractStatus.TRADING) {
            return;
        }
        if (status == ContractStatus.DELIVERED || status == ContractStatus.CLOSE) {
            throw Errors.symbolClosed();
        }
        boolean isEnding = status == ContractStatus.PRE_DELIVERING || status == ContractStatus.PRE_SETTLE;
        throw isEnding && !isReducing ? Errors.symbolNotOpening() : Errors.invalidSymbolStatus();
    }

    /** Refuses a client id that is too long or has other characters. */
    static void clientOrderId(String id) throws VenueException {
        if (id.length() > CLIENT_ID_LENGTH) {
            throw Errors.invalidClientOrderId();
        }
        if (!CLIENT_ID.matcher(id).matches()) {
            throw Errors.of(
                    -1100,
                    "Illegal characters found in parameter 'newClientOrderId'; legal range is '" + CLIENT_ID_RANGE
                            + "'.",
                    BAD_REQUEST);
        }
    }

    /** Refuses a type, time in force or date that does not fit. */
    static void shape(OrderRequest request, long nowMs) throws VenueException {
        if (request.type() == null) {
            throw Errors.invalidOrderType();
        }
        if (request.type().isConditional()) {
            throw Errors.useAlgoOrder();
        }
        if (request.timeInForce() == null) {
            throw Errors.invalidTimeInForce();
        }
        if (request.type() == OrderType.MARKET && request.timeInForce() != TimeInForce.GTC) {
            throw Errors.invalidTimeInForce();
        }
        // The date of a conditional order was checked when that was taken; it may be near by the time it triggers.
        long earliestMs = request.origType() != null && request.origType().isConditional() ? 0 : nowMs + GTD_LEAD_MS;
        if (request.timeInForce() == TimeInForce.GTD
                && (request.goodTillDateMs() <= earliestMs || request.goodTillDateMs() >= GTD_END_MS)) {
            throw Errors.invalidGoodTillDate();
        }
        if (request.stpMode() == null) {
            throw Errors.invalidStpMode();
        }
        if (request.priceMatch() != PriceMatch.NONE) {
            priceMatch(request.type(), request.priceMatch(), request.priceTicks());
        }
    }

    /** Refuses a price match that the venue does not take. */
    static void priceMatch(OrderType type, PriceMatch match, long priceTicks) throws VenueException {
        if (type != OrderType.LIMIT) {
            throw Errors.priceMatchType();
        }
        boolean isRemoved = match == PriceMatch.OPPONENT_10 || match == PriceMatch.OPPONENT_20;
        if (isRemoved || priceTicks != 0) {
            throw Errors.invalidPriceMatch();
        }
    }

    /** PRICE_FILTER. */
    static void price(ContractRules rules, long priceTicks) throws VenueException {
        if (priceTicks <= 0) {
            throw Errors.priceBelowZero();
        }
        if (priceTicks < rules.minPriceTicks()) {
            throw Errors.priceBelowMin();
        }
        if (rules.maxPriceTicks() > 0 && priceTicks > rules.maxPriceTicks()) {
            throw Errors.priceOverMax();
        }
        if (priceTicks % rules.priceStepTicks() != 0) {
            throw Errors.priceOffTick();
        }
    }

    /** LOT_SIZE or MARKET_LOT_SIZE. */
    static void qty(QtyFilter filter, long qtyLots) throws VenueException {
        if (qtyLots <= 0) {
            throw Errors.qtyBelowZero();
        }
        if (qtyLots < filter.minLots()) {
            throw Errors.qtyBelowMin();
        }
        if (qtyLots > filter.maxLots()) {
            throw Errors.qtyOverMax();
        }
        if ((qtyLots - filter.minLots()) % filter.stepLots() != 0) {
            throw Errors.qtyOffStep();
        }
    }

    /** PERCENT_PRICE of a limit; without a mark price it does not apply. */
    void percentPrice(ContractRules rules, int symbol, Side side, long priceTicks) throws VenueException {
        long markE8 = prices.markPrice(symbol);
        if (markE8 <= 0) {
            return;
        }
        if (side.isBuy()) {
            long most = ContractMath.ticks(rules.spec(), markE8, rules.multiplierUpE8(), false);
            if (priceTicks > most) {
                throw Errors.priceOverPercent(ContractMath.price(rules.spec(), most));
            }
        } else {
            long least = ContractMath.ticks(rules.spec(), markE8, rules.multiplierDownE8(), true);
            if (priceTicks < least) {
                throw Errors.priceUnderPercent(ContractMath.price(rules.spec(), least));
            }
        }
    }

    /** PERCENT_PRICE of what a market order would meet. */
    void marketPercentPrice(ContractRules rules, int symbol, Side side, long opponentTicks) throws VenueException {
        long markE8 = prices.markPrice(symbol);
        if (markE8 <= 0 || opponentTicks <= 0) {
            return;
        }
        boolean isFar = side.isBuy()
                ? opponentTicks > ContractMath.ticks(rules.spec(), markE8, rules.multiplierUpE8(), false)
                : opponentTicks < ContractMath.ticks(rules.spec(), markE8, rules.multiplierDownE8(), true);
        if (isFar) {
            throw Errors.marketPercentPrice();
        }
    }

    /** MIN_NOTIONAL of a new order. */
    void notional(ContractRules rules, OrderRequest request, long priceTicks) throws VenueException {
        if (request.reduceOnly() || request.closePosition()) {
            return;
        }
        long markE8 = prices.markPrice(request.symbol());
        boolean isMarket = request.type() == OrderType.MARKET;
        if (isMarket && markE8 <= 0) {
            return;
        }
        boolean isUnder = isMarket
                ? ContractMath.isUnderNotionalE8(rules, markE8, request.qtyLots())
                : ContractMath.isUnderNotional(rules, priceTicks, request.qtyLots());
        if (isUnder) {
            throw Errors.notionalTooSmall(ContractMath.minNotional(rules));
        }
    }

    /** Returns the worst price at which a market order may trade. */
    long marketBound(ContractRules rules, int symbol, Side side) {
        long markE8 = prices.markPrice(symbol);
        if (markE8 <= 0) {
            return side.isBuy() ? Long.MAX_VALUE : 1;
        }
        return side.isBuy()
                ? ContractMath.ticks(rules.spec(), markE8, ONE_E8 + rules.marketTakeBoundE8(), false)
                : Math.max(1, ContractMath.ticks(rules.spec(), markE8, ONE_E8 - rules.marketTakeBoundE8(), true));
    }
}
