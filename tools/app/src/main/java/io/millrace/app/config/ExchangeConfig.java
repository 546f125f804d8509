package io.millrace.app.config;

/**
 * The simulated exchange.
 *
 * @param symbols of its synthetic market.
 * @param seed of its synthetic market.
 * @param eventsPerSecond of its synthetic market.
 * @param port to listen on.
 * @param tls whether it speaks TLS.
 * @param capture recording that is its market instead of the synthetic one, empty for none.
 */
public record ExchangeConfig(
        @Key(value = "Symbols of the synthetic market.", byDefault = "8", unit = "symbols", min = 1, max = 1024)
        int symbols,

        @Key(value = "Seed of the synthetic market; the same seed gives the same market.", byDefault = "20240808")
        long seed,

        @Key(
                value = "Order flow of the synthetic market, over all symbols.",
                byDefault = "2000",
                unit = "events/s",
                min = 1,
                max = 1_000_000)
        int eventsPerSecond,

        @Key(value = "Port on loopback; 0 takes a free one.", byDefault = "0", min = 0, max = 65_535)
        int port,

        @Key(value = "TLS with a self-made certificate.", byDefault = "false")
        boolean tls,

        @Key(
                value =
                        "Recorded capture (.jsonl or .jsonl.gz) that `run` in mode `paper` plays at its own pace as its "
                                + "market, instead of the synthetic one. Empty: none.",
                byDefault = "''",
                mayBeEmpty = true)
        String capture) {}
