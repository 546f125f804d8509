package io.millrace.app.config;

/**
 * Bars and the indicators on them. A journal carries these settings: it can only be replayed, and continued, with the same
 * ones.
 *
 * @param source what one-minute bars are made from.
 * @param deepInstruments instruments with a deep history.
 * @param deepBars bars of each timeframe that those keep.
 * @param wideMinutes one-minute bars that the others keep.
 * @param wideBars bars of each longer timeframe that the others keep.
 * @param graceMs how long a bar waits for what closes it.
 * @param warmUp whether bars that are missing are asked for.
 * @param warmUpWeightPerMinute request weight for that.
 * @param warmUpInFlight most such requests at a time.
 */
public record BarsConfig(
        @Key(
                value =
                        "What one-minute bars are made from. `auto` takes klines where they are subscribed, else trades.",
                byDefault = "auto",
                oneOf = {"auto", "klines", "trades"})
        String source,

        @Key(
                value = "Instruments, in order of need, that keep a deep history; the others keep a wide one.",
                byDefault = "64",
                min = 0,
                max = 4096)
        int deepInstruments,

        @Key(
                value = "Bars of each timeframe in a deep history.",
                byDefault = "2000",
                unit = "bars",
                min = 10,
                max = 2000)
        int deepBars,

        @Key(value = "One-minute bars in a wide history.", byDefault = "500", unit = "bars", min = 10, max = 2000)
        int wideMinutes,

        @Key(
                value = "Bars of each longer timeframe in a wide history.",
                byDefault = "300",
                unit = "bars",
                min = 10,
                max = 2000)
        int wideBars,

        @Key(
                value = "How long after its end, by the venue's clock, a bar waits for the event that closes it.",
                byDefault = "2000",
                unit = "ms",
                min = 0,
                max = 60000)
        int graceMs,

        @Key(value = "Whether bars that are missing are asked for by REST.", byDefault = "true")
        boolean warmUp,

        @Key(
                value = "Share of the venue's request weight for that.",
                byDefault = "900",
                unit = "weight/min",
                min = 10,
                max = 1_000_000)
        int warmUpWeightPerMinute,

        @Key(value = "Most such requests at a time.", byDefault = "4", min = 1, max = 16)
        int warmUpInFlight) {}
