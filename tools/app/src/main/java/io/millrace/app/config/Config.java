package io.millrace.app.config;

/**
 * The whole configuration.
 *
 * @param engine ring, stages, threads.
 * @param journal journals on disk.
 * @param venue where market data comes from.
 * @param exchange the simulated exchange.
 * @param trading on which account, how much.
 * @param telemetry what the engine tells about itself.
 */
public record Config(
        @Key("Ring, stages and threads.") EngineConfig engine,
        @Key("Journals on disk.") JournalConfig journal,

        @Key("The venue that market data comes from. `demo` and the tests put the simulated exchange's addresses here.")
        VenueConfig venue,

        @Key("The simulated exchange, as `demo` and `exchange` start it.")
        ExchangeConfig exchange,

        @Key("Orders: on which account, how much, and what becomes of differences.")
        TradingConfig trading,

        @Key("What the engine tells about itself while it runs.")
        TelemetryConfig telemetry) {}
