package io.millrace.codecs.binance;

import io.millrace.codecs.event.ContractType;
import io.millrace.codecs.event.InstrumentStatus;
import io.millrace.codecs.value.Grid;
import io.millrace.codecs.value.InstrumentSpec;
import io.millrace.codecs.value.InstrumentTable;

/** Instruments of the recorded data and of the tests. */
final class Instruments {
    private Instruments() {}

    /**
     * SUSHI, AKRO and KEEP have the tick of that day's exchangeInfo. That of CTK was 0.00100 by then, but its book still held
     * orders from when it was 0.00001.
     */
    static InstrumentTable table() {
        InstrumentTable table = new InstrumentTable();
        table.put(spec(0, "BTCUSDT", "0.10", "0.001"));
        table.put(spec(1, "SUSHIUSDT", "0.0010", "1"));
        table.put(spec(2, "AKROUSDT", "0.00001", "1"));
        table.put(spec(3, "KEEPUSDT", "0.0001", "1"));
        table.put(spec(4, "CTKUSDT", "0.00001", "1"));
        table.put(spec(5, "ODDUSDT", "0.05", "0.25"));
        table.put(spec(6, "COARSEUSDT", "10", "100"));
        table.put(spec(7, "FINEUSDT", "0.00000001", "0.0000001"));
        table.put(spec(8, "\u5e01\u5b89USDT", "0.01", "0.1"));
        table.put(spec(9, "ALONGSYMBOLOFMANYLETTERSUSDT", "0.01", "0.1"));
        return table;
    }

    static InstrumentSpec spec(int id, String symbol, String tick, String lot) {
        return new InstrumentSpec(
                id,
                id + 1,
                symbol,
                Grid.parse(tick),
                Grid.parse(lot),
                InstrumentSpec.Limits.NONE,
                ContractType.PERPETUAL,
                InstrumentStatus.TRADING,
                0,
                0,
                0,
                0xFF);
    }
}
