package io.millrace.app.config;

/**
 * The probe strategy.
 *
 * @param everyTickers it answers each so many-th ticker of an instrument.
 * @param notional of an entry.
 * @param offsetTicks of the entry's price from the touch.
 * @param stopBps distance of the stop.
 * @param exitSeconds after which a position is left.
 * @param maxOpen most positions and entries at a time.
 */
public record ProbeConfig(
        @Key(
                value = "It answers each so many-th ticker of an instrument with an entry; 0: it is off.",
                byDefault = "0",
                unit = "tickers",
                min = 0,
                max = 1_000_000_000)
        int everyTickers,

        @Key(value = "Notional of an entry.", byDefault = "50", unit = "USDT", min = 1, max = 1_000_000)
        int notional,

        @Key(
                value =
                        "Distance of a buy's price above the bid and of a sell's below the ask; negative: behind the touch.",
                byDefault = "0",
                unit = "ticks",
                min = -10_000,
                max = 10_000)
        int offsetTicks,

        @Key(value = "Distance of the stop from the entry.", byDefault = "100", unit = "1/100 %", min = 1, max = 5_000)
        int stopBps,

        @Key(value = "A position is left after so long.", byDefault = "10", unit = "s", min = 1, max = 86_400)
        int exitSeconds,

        @Key(
                value = "Most positions and entries at a time, over all instruments.",
                byDefault = "4",
                min = 1,
                max = 1024)
        int maxOpen) {}
