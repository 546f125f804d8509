package io.millrace.bench.market;

import io.millrace.codecs.event.ContractType;
import io.millrace.codecs.event.InstrumentStatus;
import io.millrace.codecs.value.Grid;
import io.millrace.codecs.value.InstrumentSpec;
import io.millrace.codecs.value.InstrumentTable;
import io.millrace.codecs.value.Streams;

/** The instrument of the capture. */
final class Instruments {
    /** Bytes of a slot, as the product has them by default. */
    static final int SLOT_LENGTH = 1024;
    /** Time between two messages, the capture's mean: what is paced on engine time (snapshots) sees the recorded rate. */
    static final long MESSAGE_NS = 3_670_000;
    /** Streams of the capture. */
    static final int STREAMS =
            Streams.bit(Streams.DEPTH) | Streams.bit(Streams.BOOK_TICKER) | Streams.bit(Streams.TRADE);

    /** BTCUSDT on the grid of the day. */
    static final InstrumentSpec BTC = new InstrumentSpec(
            0,
            0,
            "BTCUSDT",
            Grid.parse("0.10"),
            Grid.parse("0.001"),
            InstrumentSpec.Limits.NONE,
            ContractType.PERPETUAL,
            InstrumentStatus.TRADING,
            0,
            0,
            0,
            STREAMS);

    private Instruments() {}

    static InstrumentTable btcTable() {
        InstrumentTable table = new InstrumentTable();
        table.put(BTC);
        return table;
    }
}
