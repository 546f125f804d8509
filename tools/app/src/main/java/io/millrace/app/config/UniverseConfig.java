package io.millrace.app.config;

import java.util.List;

/**
 * Who gets full depth and trades beside the streams of `venue.streams`. A journal carries these settings: it can only be
 * replayed, and continued, with the same ones.
 *
 * @param on whether anybody does.
 * @param places how many.
 * @param margin hysteresis.
 * @param rankMinutes time between two rankings.
 * @param minStayMinutes least stay.
 * @param white symbols that always do.
 * @param black symbols that never do.
 */
public record UniverseConfig(
        @Key(
                value =
                        "Whether depth and aggregate trades are subscribed for the most volatile and liquid instruments "
                                + "alone. `venue.streams` then names what all get: bookTicker, markPrice and kline.",
                byDefault = "false")
        boolean on,

        @Key(value = "Instruments that get them.", byDefault = "64", min = 1, max = 4096)
        int places,

        @Key(
                value =
                        "Ranks of hysteresis: an instrument enters above `places` - `margin` and leaves below `places` + "
                                + "`margin`. Less than `places`.",
                byDefault = "8",
                min = 0,
                max = 4095)
        int margin,

        @Key(value = "Time between two rankings.", byDefault = "15", unit = "min", min = 1, max = 1440)
        int rankMinutes,

        @Key(
                value = "An instrument that entered stays for so long whatever its rank.",
                byDefault = "60",
                unit = "min",
                min = 0,
                max = 43200)
        int minStayMinutes,

        @Key(value = "Symbols that are always in.", byDefault = "[]")
        List<String> white,

        @Key(value = "Symbols that never are.", byDefault = "[]")
        List<String> black) {}
