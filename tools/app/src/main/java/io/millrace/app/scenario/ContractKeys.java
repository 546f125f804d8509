package io.millrace.app.scenario;

import io.millrace.app.config.Key;
import java.util.List;

/**
 * Rules of a contract that differ from the market's own.
 *
 * @param symbol which contract.
 * @param brackets of margin.
 * @param fees of the tiers.
 * @param liquidationFee of liquidations.
 * @param minNotionalUsdt smallest order.
 * @param maxOrders most open orders.
 * @param priceBand how far from the mark price limit orders may be.
 * @param marketTakeBound how far from the mark price market orders may trade.
 * @param triggerProtect how far apart the prices of a protected trigger may be.
 * @param fundingIntervalHours time between settlements.
 * @param fundingCap highest rate.
 * @param fundingFloor lowest rate.
 */
public record ContractKeys(
        @Key(value = "The contract, as BTCUSDT; `ALL` for every one.", cure = "name a contract or ALL")
        String symbol,

        @Key("Margin brackets, smallest first; floors and the amounts that are taken off follow from them.")
        List<Bracket> brackets,

        @Key("Fees by tier, tier 0 first; the last one holds for higher tiers.")
        List<Fee> fees,

        @Key(value = "Fee of a liquidation for each unit of value.", byDefault = "null", min = 0, max = 1)
        Double liquidationFee,

        @Key(
                value = "Least value of an order (MIN_NOTIONAL).",
                byDefault = "null",
                unit = "USDT",
                min = 0,
                max = 1_000_000)
        Double minNotionalUsdt,

        @Key(
                value = "Open orders of an account (MAX_NUM_ORDERS).",
                byDefault = "null",
                unit = "orders",
                min = 1,
                max = 100_000)
        Integer maxOrders,

        @Key(
                value = "How far from the mark price a limit order may be (PERCENT_PRICE), 0.05 for 5 %.",
                byDefault = "null",
                min = 0,
                max = 1)
        Double priceBand,

        @Key(
                value = "How far from the mark price a market order may trade (marketTakeBound).",
                byDefault = "null",
                min = 0,
                max = 1)
        Double marketTakeBound,

        @Key(
                value = "How far apart mark and last price may be for a protected trigger (triggerProtect).",
                byDefault = "null",
                min = 0,
                max = 1)
        Double triggerProtect,

        @Key(
                value = "Time between funding settlements: 1, 2, 4 or 8.",
                byDefault = "null",
                unit = "hours",
                min = 1,
                max = 8)
        Integer fundingIntervalHours,

        @Key(value = "Highest funding rate, 0.003 for 0.3 %.", byDefault = "null", min = -1, max = 1)
        Double fundingCap,

        @Key(value = "Lowest funding rate, below the cap.", byDefault = "null", min = -1, max = 1)
        Double fundingFloor) {

    /**
     * One bracket.
     *
     * @param capUsdt up to which value.
     * @param maintenanceRate of the value.
     * @param maxLeverage highest leverage.
     */
    public record Bracket(
            @Key(
                    value = "Up to which value of a position, above the one before.",
                    unit = "USDT",
                    min = 1,
                    max = 90_000_000_000L)
            long capUsdt,

            @Key(value = "Maintenance margin for each unit of value, 0.004 for 0.4 %.", min = 0, max = 1)
            double maintenanceRate,

            @Key(value = "Highest leverage.", min = 1, max = 125)
            int maxLeverage) {}

    /**
     * Fees of one tier.
     *
     * @param maker of resting orders.
     * @param taker of incoming orders.
     */
    public record Fee(
            @Key(value = "Fee of a resting order for each unit of value, 0.0002 for 0.02 %.", min = -1, max = 1)
            double maker,

            @Key(value = "Fee of an incoming order for each unit of value.", min = -1, max = 1)
            double taker) {}
}
