package io.millrace.app.crash;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.codecs.event.MessageHeaderDecoder;
import io.millrace.codecs.event.PlaceAlgoDecoder;
import io.millrace.codecs.event.PlaceOrderDecoder;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.value.ClientOrderId;
import io.millrace.journal.JournalReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Holds the engine's picture of its account against the venue's own while trading is enabled and entries are held back: open
 * orders with what is filled of them, stops, positions and wallet are equal, every position is covered by stops, no stop is
 * without a position; and the venue has no order that the journal does not name, and none twice.
 *
 * <p>The market goes on, so the two pictures are taken until they agree: the engine's between two equal ones of the venue's.
 */
final class AccountCheck {
    /** Most milliseconds from trading enabled until both agree, on a machine that may stall for seconds. */
    static final long LIMIT_MS = 60_000;

    private final VenueAccount venue;
    private final Path journal;
    private final ObjectMapper mapper = new ObjectMapper();
    private final Set<String> named = new HashSet<>();
    /** A stop that was triggered is an ordinary order with the same name, too. */
    private final Set<String> takenOrders = new HashSet<>();

    private final Set<String> takenStops = new HashSet<>();
    private long nextOutput;

    AccountCheck(VenueAccount venue, Path journal) {
        this.venue = venue;
        this.journal = journal;
    }

    /** What somebody thinks of the account; of numbers the shortest text. */
    private record Picture(
            Map<String, String> orders, Map<String, String> stops, Map<String, String> positions, String wallet) {}

    /** Returns how many orders of both kinds the venue has taken. */
    String venueOrders() {
        return takenOrders.size() + " orders and " + takenStops.size() + " stops";
    }

    /**
     * Waits until both pictures agree.
     *
     * @param child with trading enabled.
     * @return milliseconds that it took, -1 if the process ended before.
     */
    long awaitEqual(ChildRun child) throws Exception {
        long startNs = System.nanoTime();
        long spentMs = 0;
        String difference;
        do {
            difference = difference(child);
            if (difference == null && !child.isAlive()) {
                return -1;
            }
            spentMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs);
            String last = difference;
            assertTrue(last.isEmpty() || spentMs < LIMIT_MS, () -> "after " + LIMIT_MS + " ms still " + last);
        } while (!difference.isEmpty());
        requireKnownOrders();
        return spentMs;
    }

    /** Returns what differs, empty for nothing; null if the process has ended. */
    private String difference(ChildRun child) throws Exception {
        Picture before = ofVenue();
        String told = child.picture();
        if (told == null) {
            return null;
        }
        Picture ours = ofEngine(mapper.readTree(told));
        Picture after = ofVenue();
        List<String> bare = uncovered(after);
        if (!bare.isEmpty()) {
            return "uncovered or without a position: " + bare;
        }
        if (!before.equals(after)) {
            return "the venue's picture changes: " + before + " " + after;
        }
        return ours.equals(after) ? "" : "engine " + ours + ", venue " + after;
    }

    private Picture ofVenue() throws Exception {
        Map<String, String> stops = new TreeMap<>();
        for (JsonNode row : venue.openStops()) {
            stops.put(row.path("clientAlgoId").asText(), VenueAccount.stopLine(row));
        }
        Map<String, String> positions = new TreeMap<>();
        venue.positions()
                .forEach((symbol, amount) -> positions.put(symbol, VenueAccount.plain(amount.toPlainString())));
        return new Picture(
                venue.openOrders(),
                stops,
                positions,
                VenueAccount.plain(venue.wallet().toPlainString()));
    }

    private static Picture ofEngine(JsonNode told) {
        Map<String, String> orders = new TreeMap<>();
        Map<String, String> stops = new TreeMap<>();
        for (JsonNode row : told.path("orders")) {
            // What was only wanted is not the venue's business yet.
            if (row.path("isOpen").asBoolean() && !row.path("state").asText().equals("intent")) {
                String line =
                        row.path("symbol").asText() + " " + row.path("side").asText() + " "
                                + VenueAccount.plain(row.path("qty").asText());
                String id = row.path("id").asText();
                if (row.path("trigger").isNull()) {
                    orders.put(
                            id,
                            line + " filled "
                                    + VenueAccount.plain(row.path("filled").asText()));
                } else {
                    stops.put(id, line);
                }
            }
        }
        Map<String, String> positions = new TreeMap<>();
        for (JsonNode row : told.path("positions")) {
            String qty = VenueAccount.plain(row.path("qty").asText());
            if (!qty.equals("0")) {
                positions.put(row.path("symbol").asText(), qty);
            }
        }
        String wallet = "";
        for (JsonNode row : told.path("wallets")) {
            if (row.path("asset").asText().equals("USDT")) {
                wallet = VenueAccount.plain(row.path("ours").asText());
            }
        }
        return new Picture(orders, stops, positions, wallet);
    }

    /** Returns positions that stops do not cover, and stops that cover nothing. */
    private static List<String> uncovered(Picture picture) {
        Map<String, BigDecimal> open = new TreeMap<>();
        picture.positions().forEach((symbol, qty) -> open.put(symbol, new BigDecimal(qty)));
        List<String> wrong = new ArrayList<>();
        picture.stops().forEach((id, line) -> {
            String[] parts = line.split(" ", 3);
            BigDecimal left = open.get(parts[0]);
            BigDecimal closing = new BigDecimal(parts[2]);
            BigDecimal effect = parts[1].equals("SELL") ? closing.negate() : closing;
            String position = picture.positions().get(parts[0]);
            if (position == null || new BigDecimal(position).signum() == effect.signum()) {
                wrong.add("stop " + id + " " + line);
            } else {
                open.put(parts[0], left.add(effect));
            }
        });
        open.forEach((symbol, left) -> {
            BigDecimal position = new BigDecimal(picture.positions().get(symbol));
            if (left.signum() == position.signum()) {
                wrong.add(symbol + " " + position + ", of it bare " + left);
            }
        });
        return wrong;
    }

    /** Holds orders that are new at the venue against those that are new in the journal. */
    void requireKnownOrders() throws IOException, InterruptedException {
        List<String> orders = new ArrayList<>();
        List<String> stops = new ArrayList<>();
        for (String symbol : VenueAccount.SYMBOLS) {
            orders.addAll(venue.newOrders("/fapi/v1/allOrders", "orderId", "clientOrderId", symbol));
            stops.addAll(venue.newOrders("/fapi/v1/allAlgoOrders", "algoId", "clientAlgoId", symbol));
        }
        readNames();
        requireNamed(orders, takenOrders);
        requireNamed(stops, takenStops);
    }

    private void requireNamed(List<String> fresh, Set<String> before) {
        for (String id : fresh) {
            assertTrue(named.contains(id), () -> "the venue has order " + id + ", the journal has not");
            assertTrue(before.add(id), () -> "the venue has order " + id + " twice");
        }
    }

    private void readNames() {
        PlaceOrderDecoder order = new PlaceOrderDecoder();
        PlaceAlgoDecoder algo = new PlaceAlgoDecoder();
        MessageHeaderDecoder frame = new MessageHeaderDecoder();
        try (JournalReader outputs = JournalReader.followOutputs(journal)) {
            outputs.fromIndex(nextOutput);
            int handed;
            do {
                handed = outputs.poll(
                        (sequence, buffer, offset, length) -> {
                            int templateId = EventHeader.templateId(buffer, offset);
                            if (templateId == PlaceOrderDecoder.TEMPLATE_ID) {
                                order.wrapAndApplyHeader(buffer, offset, frame);
                                named.add(ClientOrderId.text(order.clientTag(), order.clientKey()));
                            } else if (templateId == PlaceAlgoDecoder.TEMPLATE_ID) {
                                algo.wrapAndApplyHeader(buffer, offset, frame);
                                named.add(ClientOrderId.text(algo.clientTag(), algo.clientKey()));
                            }
                        },
                        1024);
            } while (handed > 0);
            nextOutput = Math.max(nextOutput, outputs.index() + 1);
        }
    }
}
