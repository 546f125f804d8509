package io.millrace.app.scenario;

import io.millrace.app.config.Key;

/**
 * How long the line is, each way.
 *
 * @param requests what clients send.
 * @param answers what requests are answered with.
 * @param streams market data and private events.
 */
public record LatencyKeys(
        @Key("What clients send, on every connection.") Model requests,
        @Key("Answers of REST and the WebSocket API.") Model answers,
        @Key("Market data and private events.") Model streams) {

    /**
     * A latency model.
     *
     * @param model which one.
     * @param constantUs of the constant one.
     * @param leastUs of the log-normal one.
     * @param medianUs of what comes on top.
     * @param decades how it spreads.
     * @param mostUs of all.
     * @param file of samples or a recording.
     */
    public record Model(
            @Key(
                    value =
                            "`none`; `constant`; `logNormal`: `leastUs` and a log-normal part on top; `sampled`: drawn from a "
                                    + "file; `recorded`: along a file in the venue's time.",
                    byDefault = "none",
                    oneOf = {"none", "constant", "logNormal", "sampled", "recorded"})
            String model,

            @Key(value = "Latency of `constant`.", byDefault = "0", unit = "us", min = 0, max = 60_000_000)
            long constantUs,

            @Key(value = "Least latency of `logNormal`.", byDefault = "0", unit = "us", min = 0, max = 60_000_000)
            long leastUs,

            @Key(
                    value = "Median of what comes on top of it.",
                    byDefault = "1000",
                    unit = "us",
                    min = 1,
                    max = 60_000_000)
            long medianUs,

            @Key(
                    value = "Standard deviation of that part in powers of ten; 0.2 is calm, 0.5 has a heavy tail.",
                    byDefault = "0.2",
                    unit = "decades",
                    min = 0,
                    max = 3)
            double decades,

            @Key(
                    value = "Nothing takes longer with `logNormal`.",
                    byDefault = "1000000",
                    unit = "us",
                    min = 1,
                    max = 600_000_000)
            long mostUs,

            @Key(
                    value =
                            "For `sampled` a latency in us a line, for `recorded` epoch ms and latency in us with a comma "
                                    + "between; `#` begins a comment. Relative to the scenario's directory.",
                    byDefault = "''",
                    mayBeEmpty = true)
            String file) {}
}
