package io.millrace.engine.universe;

import io.millrace.codecs.value.Streams;
import io.millrace.engine.indicator.State;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Settings of the universe's priority.
 *
 * @param isOn whether subscriptions are changed at all; default false: all keep the streams of their definition.
 * @param places instruments that get the streams, 1 or more; default 64.
 * @param margin places of hysteresis: who is not in enters from the first {@code places - margin} ranks, who is in stays up
 *     to {@code places + margin}; 0 to places - 1, default 8.
 * @param streams bits of StreamSet that those in the places get; default depth, aggregate trades.
 * @param bars one-minute bars that volatility and liquidity are taken from, 10 to 2,000; default 60.
 * @param rankIntervalNs engine time between two rankings; default 15 min.
 * @param minStayNs an instrument that entered stays for so long whatever its rank; default 1 h.
 * @param maxAgeNs a change is not sent when it has waited for longer; default 10 s.
 * @param white symbols that are always in, beside the ranks, but within the places.
 * @param black symbols that never are.
 */
public record UniverseSettings(
        boolean isOn,
        int places,
        int margin,
        int streams,
        int bars,
        long rankIntervalNs,
        long minStayNs,
        long maxAgeNs,
        List<String> white,
        List<String> black) {
    private static final int DEFAULT_STREAMS = Streams.bit(Streams.DEPTH) | Streams.bit(Streams.AGG_TRADE);

    /** Checks the ranges. */
    public UniverseSettings {
        require("places", places, 1, 4096);
        require("margin", margin, 0, places - 1);
        require("streams", streams, 1, (1 << Streams.COUNT) - 1);
        require("bars", bars, 10, 2_000);
        require("rankIntervalNs", rankIntervalNs, TimeUnit.SECONDS.toNanos(1), TimeUnit.DAYS.toNanos(1));
        require("minStayNs", minStayNs, 0, TimeUnit.DAYS.toNanos(30));
        require("maxAgeNs", maxAgeNs, 1_000_000, TimeUnit.HOURS.toNanos(1));
        white = List.copyOf(white);
        black = List.copyOf(black);
        for (String symbol : white) {
            if (black.contains(symbol)) {
                throw new IllegalArgumentException(
                        "symbol " + symbol + " is on the white and on the black list, take it off one");
            }
        }
    }

    /** Returns the defaults: off. */
    public static UniverseSettings defaults() {
        return new UniverseSettings(
                false,
                64,
                8,
                DEFAULT_STREAMS,
                60,
                TimeUnit.MINUTES.toNanos(15),
                TimeUnit.HOURS.toNanos(1),
                TimeUnit.SECONDS.toNanos(10),
                List.of(),
                List.of());
    }

    /** Returns the defaults, but on, with other places and margin. */
    public static UniverseSettings of(int places, int margin) {
        UniverseSettings off = defaults();
        return new UniverseSettings(
                true,
                places,
                margin,
                off.streams,
                off.bars,
                off.rankIntervalNs,
                off.minStayNs,
                off.maxAgeNs,
                off.white,
                off.black);
    }

    /** Returns these settings with other lists. */
    public UniverseSettings with(List<String> newWhite, List<String> newBlack) {
        return new UniverseSettings(
                isOn, places, margin, streams, bars, rankIntervalNs, minStayNs, maxAgeNs, newWhite, newBlack);
    }

    /** Passes what decides about the places; the lists are the members' own. */
    void visit(State state) {
        state.setting("on", isOn ? 1 : 0);
        state.setting("places", places);
        state.setting("margin", margin);
        state.setting("streams", streams);
        state.setting("bars", bars);
        state.setting("rankIntervalNs", (double) rankIntervalNs);
        state.setting("minStayNs", (double) minStayNs);
        state.setting("maxAgeNs", (double) maxAgeNs);
    }

    private static void require(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    "universe " + name + "=" + value + " is outside " + min + " to " + max + ", choose a value within");
        }
    }
}
