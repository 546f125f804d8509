package io.millrace.exchange.trade;

/** The venue's refusals: each code with its text and status in one place. */
public final class Errors {
    private static final int BAD_REQUEST = 400;

    private Errors() {}

    /**
     * A parameter that is needed is missing.
     *
     * @param name of the parameter.
     */
    public static VenueException parameterMissing(String name) {
        return of(-1102, "Mandatory parameter '" + name + "' was not sent, was empty/null, or malformed.", BAD_REQUEST);
    }

    /**
     * A parameter was sent that does not go with the others.
     *
     * @param name of the parameter, in lower case as the venue prints it.
     */
    public static VenueException parameterNotRequired(String name) {
        return of(-1106, "Parameter '" + name + "' sent when not required.", BAD_REQUEST);
    }

    /** A price or quantity has more decimals than the contract. */
    public static VenueException overPrecision() {
        return of(-1111, "Precision is over the maximum defined for this asset.", BAD_REQUEST);
    }

    /** The time in force is unknown or does not go with the type. */
    public static VenueException invalidTimeInForce() {
        return of(-1115, "Invalid timeInForce.", BAD_REQUEST);
    }

    /** The type is unknown. */
    public static VenueException invalidOrderType() {
        return of(-1116, "Invalid orderType.", BAD_REQUEST);
    }

    /** The side is unknown. */
    public static VenueException invalidSide() {
        return of(-1117, "Invalid side.", BAD_REQUEST);
    }

    /** The contract is not listed. */
    public static VenueException invalidSymbol() {
        return of(-1121, "Invalid symbol.", BAD_REQUEST);
    }

    /** The contract does not trade now. */
    public static VenueException invalidSymbolStatus() {
        return of(-1122, "Invalid symbol status.", BAD_REQUEST);
    }

    /** The account has no listen key, or no longer. */
    public static VenueException noListenKey() {
        return of(-1125, "This listenKey does not exist.", BAD_REQUEST);
    }

    /** The rate of a trailing stop is out of range. */
    public static VenueException invalidCallbackRate() {
        return of(-2007, "Invalid callBack rate.", BAD_REQUEST);
    }

    /** The order to cancel is not open. */
    public static VenueException unknownOrder() {
        return of(-2011, "Unknown order sent.", BAD_REQUEST);
    }

    /** The order asked for is not known. */
    public static VenueException noSuchOrder() {
        return of(-2013, "Order does not exist.", BAD_REQUEST);
    }

    /** The wallet holds too little. */
    public static VenueException balanceInsufficient() {
        return of(-2018, "Balance is insufficient.", BAD_REQUEST);
    }

    /** The order needs more margin than is available. */
    public static VenueException marginInsufficient() {
        return of(-2019, "Margin is insufficient.", BAD_REQUEST);
    }

    /** The trigger is on the wrong side of the price. */
    public static VenueException wouldTrigger() {
        return of(-2021, "Order would immediately trigger.", BAD_REQUEST);
    }

    /** There is no position to reduce, or other orders reduce it already. */
    public static VenueException reduceOnlyRejected() {
        return of(-2022, "ReduceOnly Order is rejected.", BAD_REQUEST);
    }

    /** The account is being liquidated. */
    public static VenueException inLiquidation() {
        return of(-2023, "User in liquidation mode now.", BAD_REQUEST);
    }

    /** The contract's limit of open orders is reached. */
    public static VenueException tooManyOrders() {
        return of(-2025, "Reach max open order limit.", BAD_REQUEST);
    }

    /** The brackets allow no such position at the leverage chosen. */
    public static VenueException overPositionLimit() {
        return of(-2027, "Exceeded the maximum allowable position at current leverage.", BAD_REQUEST);
    }

    /** A lower leverage needs more margin than is available. */
    public static VenueException leverageTooSmall() {
        return of(-2028, "Leverage is smaller than permitted: insufficient margin balance.", BAD_REQUEST);
    }

    /** The price is not above 0. */
    public static VenueException priceBelowZero() {
        return of(-4001, "Price less than 0.", BAD_REQUEST);
    }

    /** PRICE_FILTER, upper end. */
    public static VenueException priceOverMax() {
        return of(-4002, "Price greater than max price.", BAD_REQUEST);
    }

    /** The quantity is not above 0. */
    public static VenueException qtyBelowZero() {
        return of(-4003, "Quantity less than or equal to zero.", BAD_REQUEST);
    }

    /** LOT_SIZE or MARKET_LOT_SIZE, lower end. */
    public static VenueException qtyBelowMin() {
        return of(-4004, "Quantity less than min quantity.", BAD_REQUEST);
    }

    /** LOT_SIZE or MARKET_LOT_SIZE, upper end. */
    public static VenueException qtyOverMax() {
        return of(-4005, "Quantity greater than max quantity.", BAD_REQUEST);
    }

    /** The trigger is not above 0. */
    public static VenueException stopPriceBelowZero() {
        return of(-4006, "Stop price less than zero.", BAD_REQUEST);
    }

    /** PRICE_FILTER of a trigger, upper end. */
    public static VenueException stopPriceOverMax() {
        return of(-4007, "Stop price greater than max price.", BAD_REQUEST);
    }

    /** PRICE_FILTER, lower end. */
    public static VenueException priceBelowMin() {
        return of(-4013, "Price less than min price.", BAD_REQUEST);
    }

    /** PRICE_FILTER, step. */
    public static VenueException priceOffTick() {
        return of(-4014, "Price not increased by tick size.", BAD_REQUEST);
    }

    /** The client order id breaks the rules. */
    public static VenueException invalidClientOrderId() {
        return of(-4015, "Client order id is not valid.", BAD_REQUEST);
    }

    /** LOT_SIZE or MARKET_LOT_SIZE, step. */
    public static VenueException qtyOffStep() {
        return of(-4023, "Quantity not increased by step size.", BAD_REQUEST);
    }

    /** The leverage is outside what the contract allows. */
    public static VenueException invalidLeverage() {
        return of(-4028, "Leverage is not valid.", BAD_REQUEST);
    }

    /** The account's limit of conditional orders is reached. */
    public static VenueException tooManyAlgoOrders() {
        return of(-4045, "Reach max stop order limit.", BAD_REQUEST);
    }

    /** The margin type is that already. */
    public static VenueException sameMarginType() {
        return of(-4046, "No need to change margin type.", BAD_REQUEST);
    }

    /** The position mode is that already. */
    public static VenueException samePositionSide() {
        return of(-4059, "No need to change position side.", BAD_REQUEST);
    }

    /** LONG or SHORT in one-way mode. */
    public static VenueException positionSideMismatch() {
        return of(-4061, "Order's position side does not match user's setting.", BAD_REQUEST);
    }

    /** Another open order of the account has the id. */
    public static VenueException duplicateClientOrderId() {
        return of(-4116, "ClientOrderId is duplicated.", BAD_REQUEST);
    }

    /** The conditional order has met its condition and is on its way, too late to be cancelled. */
    public static VenueException algoOrderTriggering() {
        return of(-4117, "stop order is triggering", BAD_REQUEST);
    }

    /** A conditional type on the ordinary endpoint. */
    public static VenueException useAlgoOrder() {
        return of(
                -4120,
                "Order type not supported for this endpoint. Please use the Algo Order API endpoints instead.",
                BAD_REQUEST);
    }

    /** Another order of the type closes the position in that direction already. */
    public static VenueException closePositionExists() {
        return of(
                -4130,
                "An open stop or take profit order with GTE and closePosition in the direction is existing.",
                BAD_REQUEST);
    }

    /** The book is too far from the mark price for a market order. */
    public static VenueException marketPercentPrice() {
        return of(-4131, "The counterparty's best price does not meet the PERCENT_PRICE filter limit.", BAD_REQUEST);
    }

    /** The price from which a trailing stop is to follow is out of range. */
    public static VenueException invalidActivatePrice() {
        return of(-4135, "Invalid activation price", BAD_REQUEST);
    }

    /**
     * The type cannot close a position.
     *
     * @param type asked for.
     */
    public static VenueException closePositionType(OrderType type) {
        return of(-4136, "Target strategy invalid for orderType " + type + ",closePosition true", BAD_REQUEST);
    }

    /** A quantity was sent for an order that closes whatever there is. */
    public static VenueException closePositionQty() {
        return of(-4137, "Quantity must be zero with closePosition equals true", BAD_REQUEST);
    }

    /** The contract does not trade now, positions cannot be opened. */
    public static VenueException symbolNotOpening() {
        return of(-4140, "Invalid symbol status for opening position.", BAD_REQUEST);
    }

    /** The contract is no longer traded. */
    public static VenueException symbolClosed() {
        return of(-4141, "Symbol is closed.", BAD_REQUEST);
    }

    /**
     * The limit of a conditional order is too far above its trigger.
     *
     * @param limit highest price that is allowed, as the venue prints it.
     */
    public static VenueException priceOverStopPercent(String limit) {
        return of(-4183, "Limit price can't be higher than " + limit + ".", BAD_REQUEST);
    }

    /**
     * The limit of a conditional order is too far below its trigger.
     *
     * @param limit lowest price that is allowed, as the venue prints it.
     */
    public static VenueException priceUnderStopPercent(String limit) {
        return of(-4184, "Limit price can't be lower than " + limit + ".", BAD_REQUEST);
    }

    /** GTE_GTC without a position for it to depend on. */
    public static VenueException noPositionForGte() {
        return of(
                -4509,
                "Time in Force (TIF) GTE can only be used with open positions. Please ensure that positions are"
                        + " available.",
                BAD_REQUEST);
    }

    /** A fill-or-kill order that cannot be filled at once. */
    public static VenueException fokRejected() {
        return of(
                -5021,
                "Due to the order could not be filled immediately, the FOK order has been rejected. The order will not be recorded in the order history",
                BAD_REQUEST);
    }

    /** A post-only order that would take. */
    public static VenueException gtxRejected() {
        return of(
                -5022,
                "Due to the order could not be executed as maker, the Post Only order will be rejected. The order will not be recorded in the order history",
                BAD_REQUEST);
    }

    /** The contract does not trade now. */
    public static VenueException amendSymbolStatus() {
        return of(-5024, "Symbol is not in trading status. Order amendment is not permitted.", BAD_REQUEST);
    }

    /** Only limit orders can be amended. */
    public static VenueException amendNotLimit() {
        return of(-5025, "Only limit order is supported.", BAD_REQUEST);
    }

    /** The order was amended 10,000 times. */
    public static VenueException tooManyAmendments() {
        return of(-5026, "Exceed maximum modify order limit.", BAD_REQUEST);
    }

    /** The amendment changes nothing. */
    public static VenueException noAmendment() {
        return of(-5027, "No need to modify the order.", BAD_REQUEST);
    }

    /** The price match mode is unknown, refused, or comes with a price. */
    public static VenueException invalidPriceMatch() {
        return of(-5037, "Invalid price match", BAD_REQUEST);
    }

    /** The type takes no price match. */
    public static VenueException priceMatchType() {
        return of(-5038, "Price match only supports order type: LIMIT, STOP AND TAKE_PROFIT", BAD_REQUEST);
    }

    /** The mode of self-trade prevention is unknown. */
    public static VenueException invalidStpMode() {
        return of(-5039, "Invalid self trade prevention mode", BAD_REQUEST);
    }

    /** goodTillDate is out of range. */
    public static VenueException invalidGoodTillDate() {
        return of(
                -5040,
                "The goodTillDate timestamp must be greater than the current time plus 600 seconds and smaller than 253402300799000",
                BAD_REQUEST);
    }

    /** The book has no such level. */
    public static VenueException noDepthForPriceMatch() {
        return of(-5041, "No depth matches this BBO order", BAD_REQUEST);
    }

    /** Another amendment of the order is under way. */
    public static VenueException amendPending() {
        return of(-5043, "A pending modification already exists for this order.", BAD_REQUEST);
    }

    /**
     * PERCENT_PRICE, upper end.
     *
     * @param limit highest price that is allowed, as the venue prints it.
     */
    public static VenueException priceOverPercent(String limit) {
        return of(-4016, "Limit price can't be higher than " + limit + ".", BAD_REQUEST);
    }

    /**
     * PERCENT_PRICE, lower end.
     *
     * @param limit lowest price that is allowed, as the venue prints it.
     */
    public static VenueException priceUnderPercent(String limit) {
        return of(-4024, "Limit price can't be lower than " + limit + ".", BAD_REQUEST);
    }

    /**
     * MIN_NOTIONAL.
     *
     * @param notional lowest value that is allowed, as the venue prints it.
     */
    public static VenueException notionalTooSmall(String notional) {
        return of(
                -4164,
                "Order's notional must be no smaller than " + notional + " (unless you choose reduce only).",
                BAD_REQUEST);
    }

    /**
     * MIN_NOTIONAL of an amendment.
     *
     * @param notional lowest value that is allowed, as the venue prints it.
     */
    public static VenueException amendNotionalTooSmall(String notional) {
        return of(-5029, "Order's notional must be no smaller than " + notional + ".", BAD_REQUEST);
    }

    /**
     * Makes any refusal.
     *
     * @param code the venue's code, below 0.
     * @param message the venue's text.
     * @param httpStatus status of the answer.
     */
    public static VenueException of(int code, String message, int httpStatus) {
        return new VenueException(code, message, httpStatus);
    }
}
