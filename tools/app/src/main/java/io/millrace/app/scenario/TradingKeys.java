package io.millrace.app.scenario;

import io.millrace.app.config.Key;

/**
 * How orders and private events are treated.
 *
 * @param queue where the market's cancels were.
 * @param insuranceFundUsdt of the venue.
 * @param triggerLatencyUs of conditional orders.
 * @param delivery of private events.
 */
public record TradingKeys(
        @Key("Where in a level's queue the market's cancels were, which only the market knows.")
        Queue queue,

        @Key(
                value = "What the insurance fund has at the opening.",
                byDefault = "10000000",
                unit = "USDT",
                min = 0,
                max = 90_000_000_000L)
        long insuranceFundUsdt,

        @Key(
                value = "Time between a met condition and the order in the matching engine.",
                byDefault = "5000",
                unit = "us",
                min = 0,
                max = 60_000_000)
        long triggerLatencyUs,

        @Key("How long private events take inside the venue; a line's latency comes on top.")
        Delivery delivery) {

    /**
     * The queue model.
     *
     * @param model which one.
     * @param probability of the probabilistic one.
     * @param weight of quantities.
     * @param exponent of the power.
     */
    public record Queue(
            @Key(
                    value =
                            "`anywhere`: every place as likely, exact for the synthetic market. `conservative`: always behind "
                                    + "the clients. `probabilistic`: behind with a probability.",
                    byDefault = "anywhere",
                    oneOf = {"anywhere", "conservative", "probabilistic"})
            String model,

            @Key(
                    value = "Probability that a cancel was behind, by a weight f: `share` f(back)/(f(front)+f(back)), "
                            + "`shareOfTotal` f(back)/f(front+back), `relativePosition` 1−f(front/(front+back)).",
                    byDefault = "share",
                    oneOf = {"share", "shareOfTotal", "relativePosition"})
            String probability,

            @Key(
                    value = "The weight f: `power` x^exponent, or `log` ln(1+x).",
                    byDefault = "power",
                    oneOf = {"power", "log"})
            String weight,

            @Key(value = "Exponent of the power, above 0.", byDefault = "2", min = 0, max = 100)
            double exponent) {}

    /**
     * Delays of private events.
     *
     * @param tradeLiteUs of TRADE_LITE.
     * @param orderUs of ORDER_TRADE_UPDATE.
     * @param accountUs of ACCOUNT_UPDATE.
     * @param accountSpreadUs what may be added to it.
     * @param otherUs of the others.
     * @param listenKeyMinutes life of a listen key.
     */
    public record Delivery(
            @Key(
                    value = "Until TRADE_LITE, at most `orderUs`.",
                    byDefault = "1000",
                    unit = "us",
                    min = 0,
                    max = 60_000_000)
            long tradeLiteUs,

            @Key(value = "Until ORDER_TRADE_UPDATE.", byDefault = "3000", unit = "us", min = 0, max = 60_000_000)
            long orderUs,

            @Key(value = "Until ACCOUNT_UPDATE, at least.", byDefault = "2000", unit = "us", min = 0, max = 60_000_000)
            long accountUs,

            @Key(
                    value = "How much longer ACCOUNT_UPDATE may take, drawn for each.",
                    byDefault = "2000",
                    unit = "us",
                    min = 0,
                    max = 60_000_000)
            long accountSpreadUs,

            @Key(value = "Until any other event.", byDefault = "3000", unit = "us", min = 0, max = 60_000_000)
            long otherUs,

            @Key(
                    value = "Life of a listen key that is not extended.",
                    byDefault = "60",
                    unit = "min",
                    min = 1,
                    max = 100_000)
            long listenKeyMinutes) {}
}
