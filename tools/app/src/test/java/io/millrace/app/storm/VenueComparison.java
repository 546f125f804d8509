package io.millrace.app.storm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.app.crash.VenueAccount;
import io.millrace.app.trading.AccountPicture;
import io.millrace.engine.orders.OrderState;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Holds what a journal says of an account against what the exchange says of it. */
final class VenueComparison {
    private static final int PAGE = 1_000;

    private final VenueAccount venue;
    private final AccountPicture picture;
    private final JournalOrders journal;
    private final List<String> differences = new ArrayList<>();

    VenueComparison(VenueAccount venue, AccountPicture picture, JournalOrders journal) {
        this.venue = venue;
        this.picture = picture;
        this.journal = journal;
    }

    /** Compares everything, and returns the number of orders that the venue ever took. */
    int run(List<String> symbols) throws Exception {
        assertEquals(openAtVenue(), openInJournal(), "open orders");
        Map<String, BigDecimal> positions = new TreeMap<>();
        for (AccountPicture.Position position : picture.positions()) {
            BigDecimal qty = new BigDecimal(position.qty());
            if (qty.signum() != 0) {
                positions.put(position.symbol(), qty);
            }
            assertEquals(position.venueQty(), position.qty(), position.toString());
        }
        assertEquals(plain(venue.positions()), plain(positions), "positions");
        BigDecimal wallet = new BigDecimal(picture.wallets().get(0).ours());
        assertEquals(0, venue.wallet().compareTo(wallet), () -> "wallet " + picture.wallets());
        int count = 0;
        for (String symbol : symbols) {
            count += history(symbol);
        }
        assertEquals(List.of(), differences, "orders that ended otherwise");
        return count;
    }

    private static Map<String, String> plain(Map<String, BigDecimal> amounts) {
        Map<String, String> texts = new TreeMap<>();
        amounts.forEach((symbol, amount) ->
                texts.put(symbol, amount.stripTrailingZeros().toPlainString()));
        return texts;
    }

    private static String plain(String number) {
        return number == null
                ? "0"
                : new BigDecimal(number).stripTrailingZeros().toPlainString();
    }

    private Set<String> openAtVenue() throws Exception {
        Set<String> open = new TreeSet<>();
        for (JsonNode row : venue.ask("/fapi/v1/openOrders", "")) {
            open.add(line(row, "clientOrderId", "type", "price", "origQty") + " filled "
                    + plain(row.path("executedQty").asText()));
        }
        for (JsonNode row : venue.ask("/fapi/v1/openAlgoOrders", "")) {
            open.add(line(row, "clientAlgoId", "orderType", "triggerPrice", "quantity") + " filled 0");
        }
        return open;
    }

    private static String line(JsonNode row, String id, String type, String price, String qty) {
        return String.join(
                " ",
                row.path(id).asText(),
                row.path("symbol").asText(),
                row.path("side").asText(),
                row.path(type).asText(),
                plain(row.path(price).asText()),
                plain(row.path(qty).asText()));
    }

    private Set<String> openInJournal() {
        Set<String> open = new TreeSet<>();
        for (AccountPicture.Order order : picture.orders()) {
            if (order.isOpen()) {
                open.add(String.join(
                        " ",
                        order.id(),
                        order.symbol(),
                        order.side(),
                        order.type(),
                        plain(order.trigger() == null ? order.price() : order.trigger()),
                        plain(order.qty()),
                        "filled",
                        plain(order.filled())));
            }
        }
        return open;
    }

    /** Every order of a symbol that the venue ever took. */
    private int history(String symbol) throws Exception {
        Set<String> seen = new HashSet<>();
        int count = 0;
        for (JsonNode row : pages("/fapi/v1/allOrders", symbol, "orderId")) {
            String id = row.path("clientOrderId").asText();
            if (id.startsWith("settlement_autoclose") || id.startsWith("autoclose") || id.startsWith("adl")) {
                continue; // The venue's own.
            }
            count++;
            if (journal.conditional.contains(id)) {
                continue; // What a conditional order became; compared as that.
            }
            assertTrue(seen.add(id), () -> "order " + id + " is there twice");
            compare(
                    id,
                    row,
                    journal.ordinary.contains(id),
                    ordinary(row.path("status").asText()));
        }
        for (JsonNode row : pages("/fapi/v1/allAlgoOrders", symbol, "algoId")) {
            String id = row.path("clientAlgoId").asText();
            count++;
            assertTrue(seen.add(id), () -> "order " + id + " is there twice");
            compare(
                    id,
                    row,
                    journal.conditional.contains(id),
                    conditional(row.path("algoStatus").asText()));
        }
        return count;
    }

    private void compare(String id, JsonNode row, boolean isKnown, Set<OrderState> expected) {
        assertTrue(isKnown, () -> "the venue has an order that the journal has not: " + row);
        OrderState state = journal.states.get(id);
        if (!expected.contains(state)) {
            differences.add(id + " is " + state + " in the journal, at the venue: " + row);
        }
    }

    private static Set<OrderState> ordinary(String status) {
        return switch (status) {
            case "NEW" -> Set.of(OrderState.WORKING, OrderState.ACKNOWLEDGED);
            case "PARTIALLY_FILLED" -> Set.of(OrderState.PARTIALLY_FILLED);
            case "FILLED" -> Set.of(OrderState.FILLED);
            case "CANCELED" -> Set.of(OrderState.CANCELLED);
            case "EXPIRED", "EXPIRED_IN_MATCH" -> Set.of(OrderState.EXPIRED);
            default -> Set.of();
        };
    }

    private static Set<OrderState> conditional(String status) {
        return switch (status) {
            case "NEW" -> Set.of(OrderState.WORKING, OrderState.ACKNOWLEDGED);
            case "TRIGGERING" -> Set.of(OrderState.TRIGGERING);
            case "CANCELED" -> Set.of(OrderState.CANCELLED);
            case "REJECTED" -> Set.of(OrderState.REJECTED);
            case "EXPIRED" -> Set.of(OrderState.EXPIRED);
            case "FINISHED", "TRIGGERED" -> Set.of(OrderState.FILLED, OrderState.CANCELLED, OrderState.EXPIRED);
            default -> Set.of();
        };
    }

    private List<JsonNode> pages(String path, String symbol, String id) throws Exception {
        List<JsonNode> rows = new ArrayList<>();
        long from = 0;
        JsonNode page;
        do {
            page = venue.ask(path, "symbol=" + symbol + "&limit=" + PAGE + (from == 0 ? "" : "&" + id + "=" + from));
            for (JsonNode row : page) {
                rows.add(row);
                from = Math.max(from, row.path(id).asLong() + 1);
            }
        } while (page.size() == PAGE);
        return rows;
    }
}
