package io.millrace.exchange.trading;

import io.millrace.exchange.conditional.AlgoSettings;
import io.millrace.exchange.matching.QueueModel;
import io.millrace.exchange.matching.QueueModels;
import io.millrace.exchange.userdata.DeliverySettings;
import java.util.function.Supplier;

/**
 * How a venue behaves beyond its market.
 *
 * @param firstOrderId id of the first order, above 0.
 * @param queue makes the model of where in a level's queue the market's cancels are; a new one for each venue.
 * @param algo of the conditional service.
 * @param delivery of private events.
 * @param insuranceFundE8 what the insurance fund has at first, in 1e-8 USDT.
 */
public record VenueSettings(
        long firstOrderId,
        Supplier<QueueModel> queue,
        AlgoSettings algo,
        DeliverySettings delivery,
        long insuranceFundE8) {
    private static final long FIRST_ORDER_ID = 900_711_000_001L;
    private static final long INSURANCE_FUND_E8 = 10_000_000L * 100_000_000L;

    /** Checks the ranges. */
    public VenueSettings {
        if (firstOrderId <= 0) {
            throw new IllegalArgumentException("firstOrderId=" + firstOrderId + " must be above 0");
        }
        if (insuranceFundE8 < 0) {
            throw new IllegalArgumentException("insuranceFundE8=" + insuranceFundE8 + " must be 0 or more");
        }
    }

    /**
     * Returns an ordinary venue: cancels are anywhere in the queue, private events take a few milliseconds, 10,000,000 USDT in the
     * insurance fund.
     *
     * @param seed of everything that is left to chance.
     */
    public static VenueSettings of(long seed) {
        return new VenueSettings(
                FIRST_ORDER_ID,
                () -> QueueModels.anywhere(seed),
                AlgoSettings.of(seed),
                DeliverySettings.of(seed),
                INSURANCE_FUND_E8);
    }

    /** Returns the settings with another queue model. */
    public VenueSettings withQueue(Supplier<QueueModel> newQueue) {
        return new VenueSettings(firstOrderId, newQueue, algo, delivery, insuranceFundE8);
    }

    /** Returns the settings with another conditional service. */
    public VenueSettings withAlgo(AlgoSettings newAlgo) {
        return new VenueSettings(firstOrderId, queue, newAlgo, delivery, insuranceFundE8);
    }

    /** Returns the settings with another delivery of private events. */
    public VenueSettings withDelivery(DeliverySettings newDelivery) {
        return new VenueSettings(firstOrderId, queue, algo, newDelivery, insuranceFundE8);
    }

    /** Returns the settings with another insurance fund, in 1e-8 USDT. */
    public VenueSettings withInsuranceFundE8(long newFundE8) {
        return new VenueSettings(firstOrderId, queue, algo, delivery, newFundE8);
    }
}
