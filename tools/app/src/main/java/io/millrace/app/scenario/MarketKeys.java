package io.millrace.app.scenario;

import io.millrace.app.config.Key;
import java.util.List;

/**
 * The market of a scenario.
 *
 * @param kind which of the three.
 * @param synthetic a made-up market.
 * @param capture a recording.
 * @param klines files of bars.
 */
public record MarketKeys(
        @Key(
                value =
                        "Which market: made up (`synthetic`), a recording (`capture`), or files of bars (`klines`). The other two "
                                + "sections are not looked at.",
                byDefault = "synthetic",
                oneOf = {"synthetic", "capture", "klines"})
        String kind,

        @Key("A made-up market; BTCUSDT is the first contract, then ETHUSDT.")
        Synthetic synthetic,

        @Key("A recording of streams, one frame a line.") Capture capture,
        @Key("Files of bars, one a contract.") Klines klines) {

    /**
     * A made-up market.
     *
     * @param symbols number of contracts.
     * @param eventsPerSecond order flow.
     * @param depthTicks reach of a side.
     * @param jumpsPerHour sudden moves.
     * @param currentFields whether payloads have the fields of 2026.
     */
    public record Synthetic(
            @Key(value = "Number of contracts.", byDefault = "4", unit = "contracts", min = 1, max = 2048)
            int symbols,

            @Key(
                    value = "Order flow over all contracts in quiet times; 0 takes 300 × √symbols.",
                    byDefault = "0",
                    unit = "events/s",
                    min = 0,
                    max = 10_000_000)
            double eventsPerSecond,

            @Key(
                    value =
                            "How far a side of a book reaches, 0 or from 20 on; 0 takes 1,000 for the eight liveliest and 320 "
                                    + "for the rest.",
                    byDefault = "0",
                    unit = "ticks",
                    min = 0,
                    max = 1000)
            int depthTicks,

            @Key(value = "Sudden moves of each contract.", byDefault = "12", unit = "per hour", min = 0, max = 3600)
            double jumpsPerHour,

            @Key(value = "Payloads with the fields that came in 2026: `st`, `ps`, `nq`, `ap`.", byDefault = "true")
            boolean currentFields) {}

    /**
     * A recording.
     *
     * @param file of the recording.
     * @param exchangeInfo answer to exchangeInfo.
     * @param speed of playing.
     * @param startAfterStreams what it waits for.
     * @param impact whether clients leave traces in the book.
     */
    public record Capture(
            @Key(
                    value = "The recording, `.jsonl` or `.jsonl.gz`; relative to the scenario's directory.",
                    byDefault = "''",
                    mayBeEmpty = true)
            String file,

            @Key(
                    value = "Answer to exchangeInfo, `.json` or `.json.gz`; empty derives one from the recording.",
                    byDefault = "''",
                    mayBeEmpty = true)
            String exchangeInfo,

            @Key(
                    value = "Times as fast as it was recorded; 0 plays as fast as the clients read.",
                    byDefault = "1",
                    min = 0,
                    max = 1_000_000)
            double speed,

            @Key(
                    value = "How many of its streams have to be subscribed before it begins; 0 begins at once.",
                    byDefault = "1",
                    unit = "streams",
                    min = 0,
                    max = 100_000)
            int startAfterStreams,

            @Key(
                    value = "What clients take from the book stays gone until the recording tells the level anew.",
                    byDefault = "false")
            boolean impact) {}

    /**
     * Files of bars.
     *
     * @param files of bars.
     * @param startBar first one played.
     * @param stepsPerBar most trades of a bar.
     * @param spreadBps distance of bid and ask.
     * @param levels of a side.
     * @param levelQuote quantity of a level.
     * @param speed of playing.
     */
    public record Klines(
            @Key(
                    value =
                            "`SYMBOL.csv` or `SYMBOL.csv.gz`, bars of one length; relative to the scenario's directory.",
                    byDefault = "[]")
            List<String> files,

            @Key(
                    value = "How many bars of the first file's time are past at the opening; they can be asked for.",
                    byDefault = "0",
                    unit = "bars",
                    min = 0,
                    max = 1_000_000_000)
            int startBar,

            @Key(value = "Most trades of a bar.", byDefault = "60", unit = "trades", min = 4, max = 3600)
            int stepsPerBar,

            @Key(
                    value = "Distance between best bid and ask, at least a tick.",
                    byDefault = "1",
                    unit = "bps",
                    min = 0,
                    max = 1000)
            double spreadBps,

            @Key(value = "Levels of a side.", byDefault = "20", unit = "levels", min = 1, max = 100)
            int levels,

            @Key(
                    value = "Mean quantity of a level.",
                    byDefault = "5000",
                    unit = "USDT",
                    min = 1,
                    max = 1_000_000_000_000L)
            long levelQuote,

            @Key(value = "Times as fast as the bars were traded, above 0.", byDefault = "1", min = 0, max = 1_000_000)
            double speed) {}
}
