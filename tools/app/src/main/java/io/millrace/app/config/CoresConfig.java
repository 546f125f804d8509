package io.millrace.app.config;

/**
 * Cores by role, -1 for not pinned.
 *
 * @param feed sockets and decoders.
 * @param book order books.
 * @param strategy features and strategies.
 * @param risk risk and orders.
 * @param journal journal.
 * @param egress egress.
 */
public record CoresConfig(
        @Key(value = "Sockets and decoders.", byDefault = "-1", unit = "core", min = -1, max = 1023)
        int feed,

        @Key(value = "Order books.", byDefault = "-1", unit = "core", min = -1, max = 1023)
        int book,

        @Key(value = "Features and strategies.", byDefault = "-1", unit = "core", min = -1, max = 1023)
        int strategy,

        @Key(value = "Risk and orders.", byDefault = "-1", unit = "core", min = -1, max = 1023)
        int risk,

        @Key(value = "Journal.", byDefault = "-1", unit = "core", min = -1, max = 1023)
        int journal,

        @Key(value = "Egress.", byDefault = "-1", unit = "core", min = -1, max = 1023)
        int egress) {}
