package io.millrace.gateway.marketdata;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.codecs.binance.InstrumentSelection;
import java.util.HashMap;
import java.util.Map;

/**
 * Which of the venue's contracts are wanted. What was chosen once stays chosen, also when it stops trading, so that its
 * change of status is published.
 */
final class SymbolChoice implements InstrumentSelection {
    private record Choice(int priority, int streams) {}

    private final InstrumentSettings settings;
    private final Map<String, Choice> chosen = new HashMap<>();
    private final int[] counts;

    SymbolChoice(InstrumentSettings settings) {
        this.settings = settings;
        this.counts = new int[settings.classes().size()];
        for (int i = 0; i < counts.length; i++) {
            for (String symbol : settings.classes().get(i).symbols()) {
                choose(i, symbol);
            }
        }
    }

    /** Chooses, for the classes that take every contract, among those that trade now. */
    void update(JsonNode exchangeInfo) {
        for (int i = 0; i < counts.length; i++) {
            if (!settings.classes().get(i).symbols().isEmpty()) {
                continue;
            }
            for (JsonNode node : exchangeInfo.path("symbols")) {
                boolean isTrading = "TRADING".equals(node.path("status").asText())
                        && "PERPETUAL".equals(node.path("contractType").asText());
                if (isTrading) {
                    choose(i, node.path("symbol").asText());
                }
            }
        }
    }

    @Override
    public int priority(String symbol) {
        Choice choice = chosen.get(symbol);
        return choice == null ? NOT_WANTED : choice.priority();
    }

    @Override
    public int streams(String symbol) {
        return chosen.get(symbol).streams();
    }

    private void choose(int index, String symbol) {
        InstrumentSettings.SymbolClass symbolClass = settings.classes().get(index);
        if (counts[index] < symbolClass.limit() && !chosen.containsKey(symbol)) {
            counts[index]++;
            chosen.put(symbol, new Choice(chosen.size(), symbolClass.streams()));
        }
    }
}
