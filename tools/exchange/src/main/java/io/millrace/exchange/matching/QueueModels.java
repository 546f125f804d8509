package io.millrace.exchange.matching;

import io.millrace.exchange.venue.VenueRandom;

/** The queue models: who left, when only the quantity that left is known. */
public final class QueueModels {
    private QueueModels() {}

    /** A weight of a quantity in the probabilistic models; rising, 0 at 0. */
    @FunctionalInterface
    public interface Weight {
        /**
         * Returns the weight.
         *
         * @param lots quantity, 0 or more.
         */
        double of(double lots);

        /**
         * Returns x to the power of n.
         *
         * @param n exponent, above 0; the higher, the more surely the larger part of the queue is taken to have cancelled.
         */
        static Weight power(double n) {
            if (!(n > 0)) {
                throw new IllegalArgumentException("exponent " + n + " of a queue's weight must be above 0");
            }
            return lots -> StrictMath.pow(lots, n);
        }

        /** Returns ln(1 + x). */
        static Weight log() {
            return StrictMath::log1p;
        }
    }

    /** The probability that a cancel happened behind the order, of the quantities before and behind it. */
    @FunctionalInterface
    public interface BehindProbability {
        /**
         * Returns the probability.
         *
         * @param front quantity before the order in lots.
         * @param back quantity behind it in lots; never both 0.
         * @return 0 to 1.
         */
        double of(double front, double back);

        /**
         * Returns f(back) / (f(front) + f(back)).
         *
         * @param f weight.
         */
        static BehindProbability share(Weight f) {
            return (front, back) -> f.of(back) / (f.of(front) + f.of(back));
        }

        /**
         * Returns f(back) / f(front + back): less often before the order than {@link #share} for weights that grow slower than
         * the quantity.
         *
         * @param f weight.
         */
        static BehindProbability shareOfTotal(Weight f) {
            return (front, back) -> Math.min(1, f.of(back) / f.of(front + back));
        }

        /**
         * Returns 1 - f(front / (front + back)): a weight of the relative position.
         *
         * @param f weight.
         */
        static BehindProbability relativePosition(Weight f) {
            return (front, back) -> Math.min(1, Math.max(0, 1 - f.of(front / (front + back))));
        }
    }

    /** Returns the most careful model: cancels are always behind, only trades bring an order forward. */
    public static QueueModel conservative() {
        return (aheadParts, levelLots, cancelledLots) -> aheadParts;
    }

    /**
     * Returns a model in which a cancel is split between before and behind by a probability; what would be more than stands
     * behind is taken from before.
     *
     * @param behind probability that a cancel was behind.
     */
    public static QueueModel probabilistic(BehindProbability behind) {
        return (aheadParts, levelLots, cancelledLots) -> {
            double front = (double) aheadParts / QueueModel.SCALE;
            double back = levelLots - front;
            double chance = behind.of(front, back);
            double beyondBack = Math.min(0, back - chance * cancelledLots);
            double left = front - (1 - chance) * cancelledLots + beyondBack;
            // Up, so that rounding never brings an order forward.
            return (long) StrictMath.ceil(left * QueueModel.SCALE);
        };
    }

    /**
     * Returns a model in which what was cancelled stood together somewhere in the queue, every place as likely as any other. It
     * is the same place for all clients of the level, and always whole lots: what an exact flow of unnamed orders needs.
     *
     * @param seed of the places.
     */
    public static QueueModel anywhere(long seed) {
        VenueRandom random = new VenueRandom(seed);
        return new QueueModel() {
            private long fromLots;

            @Override
            public void onCancel(long levelLots, long cancelledLots) {
                long places = levelLots - cancelledLots + 1;
                double at = random.nextDouble() * places;
                fromLots = Math.min(places - 1, (long) at);
            }

            @Override
            public long ahead(long aheadParts, long levelLots, long cancelledLots) {
                long beforeParts = aheadParts - fromLots * SCALE;
                return aheadParts - Math.max(0, Math.min(cancelledLots * SCALE, beforeParts));
            }
        };
    }
}
