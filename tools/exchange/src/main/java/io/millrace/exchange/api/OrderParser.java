package io.millrace.exchange.api;

import io.millrace.exchange.conditional.ClientIds;
import io.millrace.exchange.trade.AmendRequest;
import io.millrace.exchange.trade.Errors;
import io.millrace.exchange.trade.OrderRequest;
import io.millrace.exchange.trade.OrderType;
import io.millrace.exchange.trade.PriceMatch;
import io.millrace.exchange.trade.Side;
import io.millrace.exchange.trade.StpMode;
import io.millrace.exchange.trade.TimeInForce;
import io.millrace.exchange.trade.VenueException;
import io.millrace.exchange.venue.SymbolSpec;
import java.util.regex.Pattern;

/** Reads orders and amendments from parameters, with the venue's refusals for what cannot be read. */
final class OrderParser {
    /** What the venue's time in force may read like. */
    private static final Pattern CLIENT_ID = Pattern.compile("^[\\.A-Z\\:/a-z0-9_-]{1,36}$");

    private static final int LONGEST_CLIENT_ID = 36;
    private static final long LEAST_GOOD_TILL_MS = 600_000;
    private static final long LATEST_GOOD_TILL_MS = 253_402_300_799_000L;
    private static final long SECOND_MS = 1000;

    /** The position side that a request names. */
    enum PositionSide {
        BOTH,
        LONG,
        SHORT
    }

    /** How much of an order an answer tells. */
    enum ResponseType {
        ACK,
        RESULT
    }

    private final TradingPort venue;
    private final ClientIds clientIds;

    OrderParser(TradingPort venue, ClientIds clientIds) {
        this.venue = venue;
        this.clientIds = clientIds;
    }

    /** Returns the index of the contract that has to be named. */
    int symbol(Parameters parameters) throws VenueException {
        int symbol = venue.symbolIndex(parameters.mandatory("symbol"));
        if (symbol < 0) {
            throw Errors.invalidSymbol();
        }
        return symbol;
    }

    /** Returns the index of the contract, or {@link TradingPort#ALL} if none is named. */
    int symbolOrAll(Parameters parameters) throws VenueException {
        return parameters.text("symbol") == null ? TradingPort.ALL : symbol(parameters);
    }

    OrderRequest order(ApiCall call, Parameters parameters, StpMode defaultStpMode) throws VenueException {
        int symbol = symbol(parameters);
        SymbolSpec spec = venue.rules(symbol).spec();
        OrderType type = type(parameters);
        checkPositionSide(call.accountId(), parameters);
        OrderRequest.Builder order = OrderRequest.of(call.accountId(), symbol, side(parameters))
                .type(type)
                .clientOrderId(clientOrderId(parameters, "newClientOrderId"))
                .stpMode(stpMode(parameters, defaultStpMode));
        timeInForce(call, parameters, type, order);
        if (parameters.flag("closePosition", false)) {
            throw Errors.closePositionType(type);
        }
        if (parameters.has("stopPrice")) {
            throw Errors.parameterNotRequired("stopprice");
        }
        parameters.mandatory("quantity");
        long qtyLots = Decimals.qtyLots(parameters.decimal("quantity"), spec);
        if (qtyLots == 0) {
            throw Errors.qtyBelowZero();
        }
        order.qtyLots(qtyLots).reduceOnly(parameters.flag("reduceOnly", false));
        price(parameters, type, spec, order);
        responseType(parameters);
        return order.build();
    }

    AmendRequest amendment(ApiCall call, Parameters parameters) throws VenueException {
        int symbol = symbol(parameters);
        long orderId = parameters.integer("orderId", 0);
        String clientOrderId = parameters.text("origClientOrderId");
        if (orderId == 0 && clientOrderId == null) {
            throw ApiErrors.mandatoryEither("orderId", "origClientOrderId");
        }
        SymbolSpec spec = venue.rules(symbol).spec();
        Side side = side(parameters);
        parameters.mandatory("quantity");
        long qtyLots = Decimals.qtyLots(parameters.decimal("quantity"), spec);
        if (qtyLots == 0) {
            throw Errors.qtyBelowZero();
        }
        PriceMatch priceMatch = priceMatch(parameters);
        long priceTicks = limit(parameters, priceMatch, spec);
        return new AmendRequest(
                call.accountId(),
                symbol,
                orderId,
                clientOrderId,
                side,
                qtyLots,
                priceTicks,
                priceMatch,
                parameters.integer("modifyId", 0));
    }

    Side side(Parameters parameters) throws VenueException {
        parameters.mandatory("side");
        return parameters.constant("side", Side.class, null, Errors::invalidSide);
    }

    private static OrderType type(Parameters parameters) throws VenueException {
        parameters.mandatory("type");
        OrderType type = parameters.constant("type", OrderType.class, null, Errors::invalidOrderType);
        return switch (type) {
            case LIMIT, MARKET -> type;
            case LIQUIDATION -> throw Errors.invalidOrderType();
            default -> throw Errors.useAlgoOrder();
        };
    }

    /** Refuses a position side that does not fit the account's mode. */
    void checkPositionSide(int accountId, Parameters parameters) throws VenueException {
        PositionSide side = parameters.constant(
                "positionSide", PositionSide.class, PositionSide.BOTH, ApiErrors::invalidPositionSide);
        if ((side != PositionSide.BOTH) != venue.isHedgeMode(accountId)) {
            throw Errors.positionSideMismatch();
        }
    }

    private static void timeInForce(ApiCall call, Parameters parameters, OrderType type, OrderRequest.Builder order)
            throws VenueException {
        if (type == OrderType.MARKET) {
            if (parameters.has("timeInForce")) {
                throw Errors.parameterNotRequired("timeinforce");
            }
            return;
        }
        parameters.mandatory("timeInForce");
        TimeInForce timeInForce =
                parameters.constant("timeInForce", TimeInForce.class, null, Errors::invalidTimeInForce);
        order.timeInForce(timeInForce);
        if (timeInForce == TimeInForce.GTD) {
            order.goodTillDateMs(goodTillDateMs(parameters, call.timeMs()));
        }
    }

    /** Returns the end of a GTD order, to the second. */
    static long goodTillDateMs(Parameters parameters, long nowMs) throws VenueException {
        long untilMs = parameters.mandatoryInteger("goodTillDate");
        if (untilMs <= nowMs + LEAST_GOOD_TILL_MS || untilMs >= LATEST_GOOD_TILL_MS) {
            throw Errors.invalidGoodTillDate();
        }
        return untilMs / SECOND_MS * SECOND_MS;
    }

    private static void price(Parameters parameters, OrderType type, SymbolSpec spec, OrderRequest.Builder order)
            throws VenueException {
        PriceMatch priceMatch = priceMatch(parameters);
        if (type == OrderType.MARKET) {
            if (priceMatch != PriceMatch.NONE) {
                throw Errors.priceMatchType();
            }
            if (parameters.has("price")) {
                throw Errors.parameterNotRequired("price");
            }
            return;
        }
        order.priceMatch(priceMatch).priceTicks(limit(parameters, priceMatch, spec));
    }

    /** Returns the limit in ticks, 0 where the book gives it. */
    static long limit(Parameters parameters, PriceMatch priceMatch, SymbolSpec spec) throws VenueException {
        if (priceMatch != PriceMatch.NONE) {
            if (parameters.has("price")) {
                throw Errors.invalidPriceMatch();
            }
            return 0;
        }
        parameters.mandatory("price");
        long priceTicks = Decimals.priceTicks(parameters.decimal("price"), spec);
        if (priceTicks == 0) {
            throw Errors.priceBelowZero();
        }
        return priceTicks;
    }

    static PriceMatch priceMatch(Parameters parameters) throws VenueException {
        return parameters.constant("priceMatch", PriceMatch.class, PriceMatch.NONE, Errors::invalidPriceMatch);
    }

    static StpMode stpMode(Parameters parameters, StpMode otherwise) throws VenueException {
        return parameters.constant("selfTradePreventionMode", StpMode.class, otherwise, Errors::invalidStpMode);
    }

    static ResponseType responseType(Parameters parameters) throws VenueException {
        return parameters.constant(
                "newOrderRespType", ResponseType.class, ResponseType.ACK, ApiErrors::invalidResponseType);
    }

    /** Returns the client's id, or makes one up. */
    String clientOrderId(Parameters parameters, String name) throws VenueException {
        String id = parameters.text(name);
        if (id == null) {
            return clientIds.next();
        }
        if (id.length() > LONGEST_CLIENT_ID) {
            throw ApiErrors.clientIdTooLong();
        }
        if (!CLIENT_ID.matcher(id).matches()) {
            throw ApiErrors.illegalCharacters(name, CLIENT_ID.pattern());
        }
        return id;
    }
}
