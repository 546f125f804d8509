package io.millrace.exchange.server;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.exchange.venue.SymbolSpec;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes exchangeInfo for a list of contracts, with the filters of a contract of that price. */
final class ExchangeInfoJson {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String[] ORDER_TYPES = {
        "LIMIT", "MARKET", "STOP", "STOP_MARKET", "TAKE_PROFIT", "TAKE_PROFIT_MARKET", "TRAILING_STOP_MARKET"
    };
    private static final String[] TIME_IN_FORCE = {"GTC", "IOC", "FOK", "GTX", "GTD"};
    private static final long FAR_FUTURE_MS = 4_133_404_800_000L;
    private static final long ONBOARD_MS = 1_569_398_400_000L;
    private static final long UNKNOWN_PRICE_MAX_TICKS = 100_000_000;
    private static final int MAX_LOTS = 10_000_000;
    private static final int PRICE_ROOM = 20;

    private ExchangeInfoJson() {}

    static byte[] write(List<SymbolSpec> symbols, int weightPerMinute, long nowMs) {
        ObjectNode info = JSON.createObjectNode().put("timezone", "UTC").put("serverTime", nowMs);
        info.put("futuresType", "U_MARGINED");
        ArrayNode rates = info.putArray("rateLimits");
        rate(rates, "REQUEST_WEIGHT", "MINUTE", 1, weightPerMinute);
        rate(rates, "ORDERS", "MINUTE", 1, 1200);
        rate(rates, "ORDERS", "SECOND", 10, 300);
        info.putArray("exchangeFilters");
        info.putArray("assets")
                .addObject()
                .put("asset", "USDT")
                .put("marginAvailable", true)
                .put("autoAssetExchange", "-10000");
        ArrayNode list = info.putArray("symbols");
        symbols.forEach(spec -> symbol(list.addObject(), spec));
        return info.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void rate(ArrayNode rates, String type, String interval, int count, int limit) {
        rates.addObject()
                .put("rateLimitType", type)
                .put("interval", interval)
                .put("intervalNum", count)
                .put("limit", limit);
    }

    private static void symbol(ObjectNode node, SymbolSpec spec) {
        node.put("symbol", spec.symbol()).put("pair", spec.symbol()).put("contractType", "PERPETUAL");
        node.put("deliveryDate", FAR_FUTURE_MS).put("onboardDate", ONBOARD_MS).put("status", "TRADING");
        node.put("maintMarginPercent", "2.5000").put("requiredMarginPercent", "5.0000");
        node.put("baseAsset", spec.baseAsset()).put("quoteAsset", "USDT").put("marginAsset", "USDT");
        node.put("pricePrecision", spec.priceDecimals()).put("quantityPrecision", spec.qtyDecimals());
        node.put("baseAssetPrecision", 8).put("quotePrecision", 8).put("underlyingType", "COIN");
        node.putArray("underlyingSubType");
        node.put("settlePlan", 0).put("triggerProtect", "0.0500").put("liquidationFee", "0.012500");
        node.put("marketTakeBound", "0.05");
        strings(node.putArray("orderTypes"), ORDER_TYPES);
        strings(node.putArray("timeInForce"), TIME_IN_FORCE);
        filters(node.putArray("filters"), spec);
    }

    private static void filters(ArrayNode filters, SymbolSpec spec) {
        long start = spec.startPriceTicks();
        long minTicks = start == 0 ? 1 : Math.max(1, start / PRICE_ROOM);
        long maxTicks = start == 0 ? UNKNOWN_PRICE_MAX_TICKS : start * PRICE_ROOM;
        BigDecimal tick = spec.tick().step();
        BigDecimal lot = spec.lot().step();
        String tickSize = tick.setScale(Math.max(0, spec.priceDecimals()), RoundingMode.UNNECESSARY)
                .toPlainString();
        String stepSize = lot.setScale(Math.max(0, spec.qtyDecimals()), RoundingMode.UNNECESSARY)
                .toPlainString();
        filters.addObject()
                .put("filterType", "PRICE_FILTER")
                .put("minPrice", plain(tick, minTicks))
                .put("maxPrice", plain(tick, maxTicks))
                .put("tickSize", tickSize);
        filters.addObject()
                .put("filterType", "LOT_SIZE")
                .put("minQty", stepSize)
                .put("maxQty", plain(lot, MAX_LOTS))
                .put("stepSize", stepSize);
        filters.addObject()
                .put("filterType", "MARKET_LOT_SIZE")
                .put("minQty", stepSize)
                .put("maxQty", plain(lot, MAX_LOTS / 10))
                .put("stepSize", stepSize);
        filters.addObject().put("filterType", "MAX_NUM_ORDERS").put("limit", 200);
        filters.addObject().put("filterType", "MIN_NOTIONAL").put("notional", "5");
        filters.addObject()
                .put("filterType", "PERCENT_PRICE")
                .put("multiplierUp", "1.0500")
                .put("multiplierDown", "0.9500")
                .put("multiplierDecimal", "4");
    }

    private static String plain(BigDecimal step, long count) {
        return step.multiply(BigDecimal.valueOf(count)).stripTrailingZeros().toPlainString();
    }

    private static void strings(ArrayNode array, String[] values) {
        for (String value : values) {
            array.add(value);
        }
    }
}
