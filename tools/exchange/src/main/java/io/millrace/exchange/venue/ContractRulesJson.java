package io.millrace.exchange.venue;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.codecs.value.Grid;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Reads a contract's rules from the venue's exchangeInfo. What exchangeInfo does not say (brackets, fees) is the default. */
public final class ContractRulesJson {
    private static final int E8_DECIMALS = 8;

    private ContractRulesJson() {}

    /**
     * Reads the grid and names of a contract.
     *
     * @param symbol the contract's object in exchangeInfo.
     */
    public static SymbolSpec spec(JsonNode symbol) {
        Grid tick = Grid.parse(text(filter(symbol, "PRICE_FILTER"), "tickSize", "0"));
        Grid lot = Grid.parse(text(filter(symbol, "LOT_SIZE"), "stepSize", "0"));
        return new SymbolSpec(
                symbol.get("symbol").textValue(),
                symbol.path("baseAsset").asText(),
                tick,
                lot,
                decimals(symbol, "pricePrecision", tick),
                decimals(symbol, "quantityPrecision", lot),
                0);
    }

    /**
     * Reads the rules of a contract.
     *
     * @param symbol the contract's object in exchangeInfo; filters that are absent are off, as the venue means it.
     */
    public static ContractRules rules(JsonNode symbol) {
        return rules(symbol, spec(symbol));
    }

    /**
     * Reads the rules of a contract for a given grid.
     *
     * @param symbol the contract's object in exchangeInfo.
     * @param spec grid that prices and quantities are counted on.
     */
    public static ContractRules rules(JsonNode symbol, SymbolSpec spec) {
        ContractRules defaults = ContractDefaults.rules(spec);
        JsonNode price = filter(symbol, "PRICE_FILTER");
        JsonNode percent = filter(symbol, "PERCENT_PRICE");
        QtyFilter limitQty = qty(filter(symbol, "LOT_SIZE"), spec.lot(), defaults.limitQty());
        return new ContractRules(
                spec,
                status(symbol.path("status")
                        .asText(symbol.path("contractStatus").asText("TRADING"))),
                symbol.path("onboardDate").asLong(defaults.onboardDateMs()),
                symbol.path("deliveryDate").asLong(ContractRules.NEVER_MS),
                units(text(price, "minPrice", "0"), spec.tick(), RoundingMode.CEILING),
                units(text(price, "maxPrice", "0"), spec.tick(), RoundingMode.FLOOR),
                Math.max(1, units(text(price, "tickSize", "0"), spec.tick(), RoundingMode.CEILING)),
                limitQty,
                qty(filter(symbol, "MARKET_LOT_SIZE"), spec.lot(), limitQty),
                filter(symbol, "MAX_NUM_ORDERS").path("limit").asInt(Integer.MAX_VALUE),
                e8(text(filter(symbol, "MIN_NOTIONAL"), "notional", "0")),
                e8(text(percent, "multiplierUp", "1000")),
                e8(text(percent, "multiplierDown", "0")),
                e8(text(symbol, "marketTakeBound", "0.05")),
                e8(text(symbol, "triggerProtect", "0.05")),
                e8(text(symbol, "liquidationFee", "0.0125")),
                defaults.brackets(),
                defaults.fees(),
                defaults.fundingIntervalHours(),
                defaults.fundingCapE8(),
                defaults.fundingFloorE8());
    }

    private static ContractStatus status(String text) {
        for (ContractStatus status : ContractStatus.values()) {
            if (status.name().equals(text)) {
                return status;
            }
        }
        // Historic names such as BREAK: not trading.
        return ContractStatus.PRE_SETTLE;
    }

    private static QtyFilter qty(JsonNode filter, Grid lot, QtyFilter absent) {
        if (filter.isMissingNode()) {
            return absent;
        }
        long step = units(text(filter, "stepSize", "0"), lot, RoundingMode.CEILING);
        return new QtyFilter(
                units(text(filter, "minQty", "0"), lot, RoundingMode.CEILING),
                units(text(filter, "maxQty", "0"), lot, RoundingMode.FLOOR),
                Math.max(1, step));
    }

    private static int decimals(JsonNode symbol, String field, Grid grid) {
        int needed = Math.max(0, -grid.exponent());
        return Math.min(
                SymbolSpec.MAX_DECIMALS, Math.max(needed, symbol.path(field).asInt(needed)));
    }

    private static JsonNode filter(JsonNode symbol, String type) {
        for (JsonNode filter : symbol.path("filters")) {
            if (type.equals(filter.path("filterType").textValue())) {
                return filter;
            }
        }
        return symbol.path("filters").path(type);
    }

    private static String text(JsonNode node, String field, String absent) {
        return node.path(field).asText(absent);
    }

    private static long units(String value, Grid grid, RoundingMode rounding) {
        return new BigDecimal(value).divide(grid.step(), 0, rounding).longValueExact();
    }

    private static long e8(String value) {
        return new BigDecimal(value)
                .movePointRight(E8_DECIMALS)
                .setScale(0, RoundingMode.UNNECESSARY)
                .longValueExact();
    }
}
