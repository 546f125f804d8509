package io.millrace.app.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.app.config.Key;
import java.util.List;

/**
 * A scenario file.
 *
 * @param seed of everything that is left to chance.
 * @param start opening time in virtual time.
 * @param market what is traded, and how it moves.
 * @param contracts rules that differ from the market's own.
 * @param accounts who trades.
 * @param trading how orders and private events are treated.
 * @param latency how long the line is.
 * @param server doors and limits.
 * @param faults what goes wrong, and when.
 */
public record ScenarioKeys(
        @Key(
                value =
                        "Seed of everything that is left to chance: market, queue, latencies, faults, ids. The same file with "
                                + "the same seed gives the same exchange.",
                byDefault = "1")
        long seed,

        @Key(
                value =
                        "Time at which the exchange opens in virtual time, ISO 8601. Behind sockets it is the machine's time; "
                                + "bars and recordings tell their own.",
                byDefault = "'2026-01-05T00:00:00Z'",
                cure = "write it like 2026-01-05T00:00:00Z")
        String start,

        @Key("What is traded, and how it moves.") MarketKeys market,

        @Key(
                "Rules of contracts that differ from the market's own. What is not given stays as it is. Later entries come on "
                        + "top of earlier ones.")
        List<ContractKeys> contracts,

        @Key("Who trades. Money is in USDT.") List<AccountKeys> accounts,

        @Key("How orders and private events are treated.") TradingKeys trading,

        @Key("How long bytes are under way between a client and the exchange. Nothing overtakes on a connection.")
        LatencyKeys latency,

        @Key("Doors and limits of the servers.") ServerKeys server,

        @Key(
                value = "What goes wrong, and when: a list of [faults](exchange-faults.md), or a "
                        + "map of `seed`, `faults` and `random`. Times count from the opening.",
                byDefault = "[]")
        JsonNode faults) {}
