package io.millrace.exchange.server;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.codecs.value.Grid;
import io.millrace.exchange.venue.ContractRules;
import io.millrace.exchange.venue.QtyFilter;
import io.millrace.exchange.venue.SymbolSpec;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes exchangeInfo: for each contract exactly the rules that the venue applies. */
final class ExchangeInfoJson {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String[] ORDER_TYPES = {
        "LIMIT", "MARKET", "STOP", "STOP_MARKET", "TAKE_PROFIT", "TAKE_PROFIT_MARKET", "TRAILING_STOP_MARKET"
    };
    private static final String[] TIME_IN_FORCE = {"GTC", "IOC", "FOK", "GTX", "GTD"};

    private ExchangeInfoJson() {}

    static byte[] write(List<ContractRules> contracts, int weightPerMinute, long nowMs) {
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
        contracts.forEach(rules -> symbol(list.addObject(), rules));
        return info.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void rate(ArrayNode rates, String type, String interval, int count, int limit) {
        rates.addObject()
                .put("rateLimitType", type)
                .put("interval", interval)
                .put("intervalNum", count)
                .put("limit", limit);
    }

    private static void symbol(ObjectNode node, ContractRules rules) {
        SymbolSpec spec = rules.spec();
        node.put("symbol", spec.symbol()).put("pair", spec.symbol()).put("contractType", "PERPETUAL");
        node.put("deliveryDate", rules.deliveryDateMs()).put("onboardDate", rules.onboardDateMs());
        node.put("status", rules.status().name());
        node.put("maintMarginPercent", "2.5000").put("requiredMarginPercent", "5.0000");
        node.put("baseAsset", spec.baseAsset()).put("quoteAsset", "USDT").put("marginAsset", "USDT");
        node.put("pricePrecision", spec.priceDecimals()).put("quantityPrecision", spec.qtyDecimals());
        node.put("baseAssetPrecision", 8).put("quotePrecision", 8).put("underlyingType", "COIN");
        node.putArray("underlyingSubType");
        node.put("settlePlan", 0).put("triggerProtect", e8(rules.triggerProtectE8(), 4));
        node.put("liquidationFee", e8(rules.liquidationFeeE8(), 6));
        node.put("marketTakeBound", e8(rules.marketTakeBoundE8(), 2));
        strings(node.putArray("orderTypes"), ORDER_TYPES);
        strings(node.putArray("timeInForce"), TIME_IN_FORCE);
        filters(node.putArray("filters"), rules);
    }

    private static void filters(ArrayNode filters, ContractRules rules) {
        Grid tick = rules.spec().tick();
        filters.addObject()
                .put("filterType", "PRICE_FILTER")
                .put("minPrice", plain(tick, rules.minPriceTicks()))
                .put("maxPrice", plain(tick, rules.maxPriceTicks()))
                .put(
                        "tickSize",
                        padded(
                                tick.toDecimal(rules.priceStepTicks()),
                                rules.spec().priceDecimals()));
        qty(filters, "LOT_SIZE", rules.limitQty(), rules.spec());
        qty(filters, "MARKET_LOT_SIZE", rules.marketQty(), rules.spec());
        filters.addObject().put("filterType", "MAX_NUM_ORDERS").put("limit", rules.maxOrders());
        filters.addObject().put("filterType", "MIN_NOTIONAL").put("notional", e8(rules.minNotionalE8(), 0));
        filters.addObject()
                .put("filterType", "PERCENT_PRICE")
                .put("multiplierUp", e8(rules.multiplierUpE8(), 4))
                .put("multiplierDown", e8(rules.multiplierDownE8(), 4))
                .put("multiplierDecimal", "4");
    }

    private static void qty(ArrayNode filters, String type, QtyFilter filter, SymbolSpec spec) {
        BigDecimal step = spec.lot().toDecimal(filter.stepLots());
        filters.addObject()
                .put("filterType", type)
                .put("minQty", padded(spec.lot().toDecimal(filter.minLots()), spec.qtyDecimals()))
                .put("maxQty", plain(spec.lot(), filter.maxLots()))
                .put("stepSize", padded(step, spec.qtyDecimals()));
    }

    private static String padded(BigDecimal value, int decimals) {
        return value.setScale(decimals, RoundingMode.UNNECESSARY).toPlainString();
    }

    private static String plain(Grid grid, long count) {
        return grid.toDecimal(count).stripTrailingZeros().toPlainString();
    }

    /** Writes a number at 1e-8 with as many decimals as it needs, at least so many. */
    private static String e8(long value, int decimals) {
        BigDecimal exact = BigDecimal.valueOf(value, 8).stripTrailingZeros();
        return exact.scale() < decimals ? padded(exact, decimals) : exact.toPlainString();
    }

    private static void strings(ArrayNode array, String[] values) {
        for (String value : values) {
            array.add(value);
        }
    }
}
