package io.millrace.app.inspect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.millrace.app.terminal.Progress;
import io.millrace.codecs.binance.ExchangeInfoReader;
import io.millrace.codecs.event.ContractType;
import io.millrace.codecs.event.InstrumentStatus;
import io.millrace.codecs.value.InstrumentSpec;
import io.millrace.codecs.value.Streams;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The first pass over a capture: which symbols are in it, and on which grids their prices and quantities are. Reads with
 * Jackson, apart from the decoder that is under inspection.
 */
final class CaptureSurvey {
    private static final ObjectReader JSON = new ObjectMapper().reader();
    private static final int ALL_STREAMS = (1 << Streams.COUNT) - 1;

    private final Map<String, Steps> steps = new LinkedHashMap<>();
    private JsonNode snapshotWithoutSymbol;
    private int snapshotsWithoutSymbol;

    private record Steps(StepFinder price, StepFinder quantity) {
        void level(JsonNode priceText, JsonNode quantityText) {
            if (isDecimal(priceText) && isDecimal(quantityText)) {
                price.add(priceText.asText());
                quantity.add(quantityText.asText());
            }
        }

        void levels(JsonNode array) {
            if (array != null && array.isArray()) {
                for (JsonNode level : array) {
                    level(level.path(0), level.path(1));
                }
            }
        }

        private static boolean isDecimal(JsonNode node) {
            if (!node.isTextual() || node.asText().isEmpty() || node.asText().length() > 40) {
                return false;
            }
            return node.asText().chars().allMatch(c -> (c >= '0' && c <= '9') || c == '.')
                    && node.asText().indexOf('.') == node.asText().lastIndexOf('.')
                    && !node.asText().equals(".");
        }
    }

    /** Surveys a file; frames that Jackson cannot read are left to the decoder's counting. */
    static CaptureSurvey of(Path file, Progress progress) {
        CaptureSurvey survey = new CaptureSurvey();
        long frames = 0;
        try (CaptureReader reader = new CaptureReader(file, true)) {
            for (CaptureBlock block = reader.next(); block != null; block = reader.next()) {
                for (int i = 0; i < block.frames(); i++) {
                    survey.look(block.bytes(i));
                    if ((++frames & 0x3FF) == 0) {
                        progress.show(String.format("%s: looking for grids, %,d frames", file, frames));
                    }
                }
            }
        }
        survey.attributeSnapshot();
        return survey;
    }

    /** Returns the symbols in the order of their first frame. */
    List<String> symbols() {
        return List.copyOf(steps.keySet());
    }

    /** Returns how many snapshots name no symbol. They belong to the only symbol of the file, if there is only one. */
    int snapshotsWithoutSymbol() {
        return snapshotsWithoutSymbol;
    }

    /** Returns instruments on the grids found, ids in the order of {@link #symbols()}. */
    List<InstrumentSpec> instruments() {
        List<InstrumentSpec> instruments = new ArrayList<>();
        steps.forEach((symbol, found) -> instruments.add(new InstrumentSpec(
                instruments.size(),
                ExchangeInfoReader.FIRST_GRID_VERSION,
                symbol,
                found.price().grid(),
                found.quantity().grid(),
                InstrumentSpec.Limits.NONE,
                ContractType.PERPETUAL,
                InstrumentStatus.TRADING,
                0,
                0,
                instruments.size(),
                ALL_STREAMS)));
        return instruments;
    }

    private void look(byte[] frame) {
        JsonNode root;
        try {
            root = JSON.readTree(new String(frame, StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            return; // the decoder says what is wrong with it
        }
        JsonNode data = root.has("data") ? root.get("data") : root;
        if (root.has("rest")) {
            snapshot(stepsOf(root.path("symbol")), data);
        } else if (data.has("lastUpdateId")) {
            snapshotsWithoutSymbol++;
            snapshotWithoutSymbol = data;
        } else if (data.isArray()) {
            data.forEach(this::event);
        } else {
            event(data);
        }
    }

    private void event(JsonNode event) {
        switch (event.path("e").asText()) {
            case "depthUpdate" -> {
                Steps found = stepsOf(event.path("s"));
                found.levels(event.get("b"));
                found.levels(event.get("a"));
            }
            case "bookTicker" -> {
                Steps found = stepsOf(event.path("s"));
                found.level(event.path("b"), event.path("B"));
                found.level(event.path("a"), event.path("A"));
            }
            case "trade", "aggTrade" -> stepsOf(event.path("s")).level(event.path("p"), event.path("q"));
            case "forceOrder" ->
                stepsOf(event.path("o").path("s"))
                        .level(event.path("o").path("p"), event.path("o").path("q"));
            case "kline", "markPriceUpdate", "24hrTicker" -> stepsOf(event.path("s"));
            default -> {
                // Neither prices on a grid nor a symbol to follow.
            }
        }
    }

    private void attributeSnapshot() {
        if (snapshotWithoutSymbol != null && steps.size() == 1) {
            snapshot(steps.values().iterator().next(), snapshotWithoutSymbol);
        }
    }

    private static void snapshot(Steps found, JsonNode data) {
        found.levels(data.get("bids"));
        found.levels(data.get("asks"));
    }

    private Steps stepsOf(JsonNode symbol) {
        if (!symbol.isTextual()) {
            return new Steps(new StepFinder(), new StepFinder());
        }
        return steps.computeIfAbsent(symbol.asText(), s -> new Steps(new StepFinder(), new StepFinder()));
    }
}
