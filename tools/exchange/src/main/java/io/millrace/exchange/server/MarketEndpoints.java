package io.millrace.exchange.server;

import io.millrace.exchange.api.ApiCall;
import io.millrace.exchange.api.ApiErrors;
import io.millrace.exchange.api.Cost;
import io.millrace.exchange.api.Endpoint;
import io.millrace.exchange.api.Parameters;
import io.millrace.exchange.faults.ActiveFault;
import io.millrace.exchange.faults.FaultKind;
import io.millrace.exchange.market.JsonWriter;
import io.millrace.exchange.trade.Errors;
import io.millrace.exchange.trade.VenueException;
import io.millrace.exchange.venue.BookImage;
import io.millrace.exchange.venue.SymbolSpec;
import java.util.List;
import java.util.Map;

/**
 * Rows of the endpoint table for ping, time, exchangeInfo and depth.
 *
 * <p><b>Thread:</b> the loop.
 */
final class MarketEndpoints {
    private static final int DEFAULT_LIMIT = 500;
    /** Depth limits and their weights. */
    private static final Map<Long, Integer> DEPTH_WEIGHTS =
            Map.of(5L, 2, 10L, 2, 20L, 2, 50L, 2, 100L, 5, 500L, 10, 1000L, 20);

    private final MarketHub hub;
    private final ServerSettings.Limits limits;
    private final byte[] exchangeInfo;
    private ActiveFault depthFault;

    /**
     * Makes the rows' handlers.
     *
     * @param hub the market.
     * @param limits of the venue.
     * @param exchangeInfo body to answer with, or null to write one from the market's contracts.
     */
    MarketEndpoints(MarketHub hub, ServerSettings.Limits limits, byte[] exchangeInfo) {
        this.hub = hub;
        this.limits = limits;
        this.exchangeInfo = exchangeInfo;
    }

    List<Endpoint> rows() {
        return List.of(
                Endpoint.of("GET", "/fapi/v1/ping").serve((call, out) -> out.raw("{}")),
                Endpoint.of("GET", "/fapi/v1/time")
                        .serve((call, out) -> out.raw("{\"serverTime\":")
                                .number(call.timeMs())
                                .raw('}')),
                Endpoint.of("GET", "/fapi/v1/exchangeInfo").serve((call, out) -> out.raw(exchangeInfo())),
                Endpoint.of("GET", "/fapi/v1/depth")
                        .cost(Cost.weight(MarketEndpoints::depthWeight))
                        .takes("symbol", "limit")
                        .serve(this::depth));
    }

    /** Returns the fault that the last depth request met, once. */
    ActiveFault takeDepthFault() {
        ActiveFault fault = depthFault;
        depthFault = null;
        return fault;
    }

    private byte[] exchangeInfo() {
        return exchangeInfo != null
                ? exchangeInfo
                : ExchangeInfoJson.write(hub.rules(), limits.weightPerMinute(), hub.nowMs());
    }

    private static int depthWeight(Parameters parameters) throws VenueException {
        return DEPTH_WEIGHTS.getOrDefault(parameters.integer("limit", DEFAULT_LIMIT), 1);
    }

    private void depth(ApiCall call, JsonWriter out) throws VenueException {
        String symbol = call.parameters().mandatory("symbol");
        long limit = call.parameters().integer("limit", DEFAULT_LIMIT);
        if (!hub.isListed(symbol)) {
            throw Errors.invalidSymbol();
        }
        if (!DEPTH_WEIGHTS.containsKey(limit)) {
            throw ApiErrors.invalidData("limit");
        }
        depthFault = hub.faults().onRequest(FaultKind.Target.DEPTH_REQUEST, symbol);
        boolean isStale = depthFault != null
                && depthFault.fault().kind() == FaultKind.STALE_SNAPSHOT
                && depthFault.keptBook(symbol) != null;
        BookImage image = isStale ? depthFault.keptBook(symbol).top((int) limit) : hub.book(symbol, (int) limit);
        if (image == null) {
            throw Errors.invalidSymbolStatus();
        }
        out.raw("{\"lastUpdateId\":").number(image.lastUpdateId());
        out.raw(",\"E\":")
                .number(hub.nowMs())
                .raw(",\"T\":")
                .number(image.timeMs())
                .raw(",\"bids\":[");
        levels(out, image.spec(), image.bidTicks(), image.bidLots());
        out.raw("],\"asks\":[");
        levels(out, image.spec(), image.askTicks(), image.askLots());
        out.raw("]}");
    }

    private static void levels(JsonWriter out, SymbolSpec spec, long[] ticks, long[] lots) {
        long priceFactor = spec.priceFactor();
        long qtyFactor = spec.qtyFactor();
        for (int i = 0; i < ticks.length; i++) {
            out.raw(i == 0 ? "[\"" : ",[\"").decimal(ticks[i] * priceFactor, spec.priceDecimals());
            out.raw("\",\"").decimal(lots[i] * qtyFactor, spec.qtyDecimals()).raw("\"]");
        }
    }
}
