package io.millrace.codecs.binance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.codecs.event.ContractType;
import io.millrace.codecs.event.InstrumentStatus;
import io.millrace.codecs.value.Grid;
import io.millrace.codecs.value.InstrumentSpec;
import io.millrace.codecs.value.InstrumentTable;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Reads the body of {@code GET /fapi/v1/exchangeInfo}. Cold: Jackson and BigDecimal. */
public final class ExchangeInfoReader {
    /** Grid version of an instrument's first definition. */
    public static final int FIRST_GRID_VERSION = 1;

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final BigDecimal MAX_BOUND = BigDecimal.valueOf(Long.MAX_VALUE);

    private ExchangeInfoReader() {}

    /**
     * Reads the wanted instruments; one that cannot be read is a failure of the whole.
     *
     * @param json body of the answer.
     * @param known instruments that have ids; not changed.
     * @param selection of what is wanted.
     * @return the wanted instruments in the body's order, changed or not: ids as known, or new ones behind the highest known;
     *     a grid version one higher than known where tick or lot differ.
     * @throws IllegalArgumentException if the body is not an exchangeInfo, or an instrument's filters make no sense.
     */
    public static List<InstrumentSpec> read(byte[] json, InstrumentTable known, InstrumentSelection selection) {
        return read(json, known, selection, problem -> {
            throw new IllegalArgumentException(problem);
        });
    }

    /**
     * Reads the wanted instruments and leaves out those that cannot be read.
     *
     * @param json body of the answer.
     * @param known instruments that have ids; not changed.
     * @param selection of what is wanted.
     * @param onProblem told about each instrument that is left out, and why.
     * @return as {@link #read(byte[], InstrumentTable, InstrumentSelection)}.
     * @throws IllegalArgumentException if the body is not an exchangeInfo.
     */
    public static List<InstrumentSpec> read(
            byte[] json, InstrumentTable known, InstrumentSelection selection, Consumer<String> onProblem) {
        JsonNode symbols = parse(json).path("symbols");
        if (!symbols.isArray()) {
            throw new IllegalArgumentException("exchangeInfo of " + json.length + " bytes has no array \"symbols\"");
        }
        List<InstrumentSpec> specs = new ArrayList<>();
        int nextId = known.nextId();
        for (JsonNode node : symbols) {
            String symbol = node.path("symbol").asText();
            int priority = selection.priority(symbol);
            if (priority == InstrumentSelection.NOT_WANTED) {
                continue;
            }
            InstrumentSpec old = known.find(symbol);
            try {
                specs.add(spec(node, old, old == null ? nextId : old.id(), selection));
            } catch (IllegalArgumentException | ArithmeticException e) {
                onProblem.accept("instrument " + symbol + " is left out: " + e.getMessage());
                continue;
            }
            nextId = old == null ? nextId + 1 : nextId;
        }
        return specs;
    }

    private static JsonNode parse(byte[] json) {
        try {
            return MAPPER.readTree(json);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "exchangeInfo of " + json.length + " bytes is not JSON: " + JsonErrors.oneLine(e), e);
        }
    }

    private static InstrumentSpec spec(JsonNode node, InstrumentSpec old, int id, InstrumentSelection selection) {
        String symbol = node.path("symbol").asText();
        JsonNode price = filter(node, "PRICE_FILTER");
        JsonNode lots = filter(node, "LOT_SIZE");
        Grid tick = grid(price, "tickSize");
        Grid lot = grid(lots, "stepSize");
        JsonNode percent = filter(node, "PERCENT_PRICE");
        InstrumentSpec.Limits limits = new InstrumentSpec.Limits(
                bound(price, "minPrice", tick, RoundingMode.CEILING),
                bound(price, "maxPrice", tick, RoundingMode.FLOOR),
                bound(lots, "minQty", lot, RoundingMode.CEILING),
                bound(lots, "maxQty", lot, RoundingMode.FLOOR),
                bound(filter(node, "MARKET_LOT_SIZE"), "maxQty", lot, RoundingMode.FLOOR),
                e8(filter(node, "MIN_NOTIONAL"), "notional"),
                e8(percent, "multiplierUp"),
                e8(percent, "multiplierDown"),
                e8(node, "marketTakeBound"),
                e8(node, "liquidationFee"));
        return new InstrumentSpec(
                id,
                gridVersion(old, tick, lot),
                symbol,
                tick,
                lot,
                limits,
                contractType(node.path("contractType").asText()),
                status(node.path("status").asText()),
                node.path("onboardDate").asLong(),
                node.path("deliveryDate").asLong(),
                selection.priority(symbol),
                selection.streams(symbol));
    }

    private static int gridVersion(InstrumentSpec old, Grid tick, Grid lot) {
        if (old == null) {
            return FIRST_GRID_VERSION;
        }
        return old.tick().equals(tick) && old.lot().equals(lot) ? old.gridVersion() : old.gridVersion() + 1;
    }

    private static JsonNode filter(JsonNode node, String type) {
        for (JsonNode filter : node.path("filters")) {
            if (filter.path("filterType").asText().equals(type)) {
                return filter;
            }
        }
        return MAPPER.missingNode();
    }

    private static Grid grid(JsonNode filter, String field) {
        BigDecimal step = decimal(filter, field);
        if (step.signum() <= 0) {
            throw new IllegalArgumentException(field + "=" + filter.path(field).asText("absent")
                    + " is no step, prices and quantities need one above 0");
        }
        return Grid.of(step);
    }

    /** Returns a bound in steps, inwards where it is between two; 0 where there is none or none that fits. */
    private static long bound(JsonNode filter, String field, Grid grid, RoundingMode inwards) {
        BigDecimal steps = decimal(filter, field).divide(grid.step(), 0, inwards);
        return steps.compareTo(MAX_BOUND) > 0 ? 0 : steps.longValueExact();
    }

    private static long e8(JsonNode node, String field) {
        return decimal(node, field).movePointRight(8).longValueExact();
    }

    private static BigDecimal decimal(JsonNode node, String field) {
        String text = node.path(field).asText();
        return text.isEmpty() ? BigDecimal.ZERO : new BigDecimal(text);
    }

    private static ContractType contractType(String name) {
        return switch (name) {
            case "PERPETUAL" -> ContractType.PERPETUAL;
            case "CURRENT_QUARTER" -> ContractType.CURRENT_QUARTER;
            case "NEXT_QUARTER" -> ContractType.NEXT_QUARTER;
            case "TRADIFI_PERPETUAL" -> ContractType.TRADIFI_PERPETUAL;
            default -> ContractType.OTHER;
        };
    }

    private static InstrumentStatus status(String name) {
        return switch (name) {
            case "PENDING_TRADING" -> InstrumentStatus.PENDING_TRADING;
            case "TRADING" -> InstrumentStatus.TRADING;
            case "PRE_DELIVERING" -> InstrumentStatus.PRE_DELIVERING;
            case "DELIVERING" -> InstrumentStatus.DELIVERING;
            case "DELIVERED" -> InstrumentStatus.DELIVERED;
            case "PRE_SETTLE" -> InstrumentStatus.PRE_SETTLE;
            case "SETTLING" -> InstrumentStatus.SETTLING;
            case "CLOSE" -> InstrumentStatus.CLOSE;
            default -> InstrumentStatus.OTHER;
        };
    }
}
