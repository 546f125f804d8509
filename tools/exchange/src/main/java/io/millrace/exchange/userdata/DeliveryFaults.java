package io.millrace.exchange.userdata;

/**
 * Lets the delivery of private events go wrong.
 *
 * <p><b>Thread:</b> the venue's.
 */
@FunctionalInterface
public interface DeliveryFaults {
    /** No faults. */
    DeliveryFaults NONE = (accountId, event) -> Fate.DELIVERED;

    /**
     * What becomes of one event.
     *
     * @param copies how often it is delivered, 0 if it is lost.
     * @param lateNs nanoseconds by which it comes later than it should, past events of its kind if need be.
     * @param isSwapped whether it waits for the account's next event of any kind and comes after that.
     */
    record Fate(int copies, long lateNs, boolean isSwapped) {
        /** As it should be. */
        public static final Fate DELIVERED = new Fate(1, 0, false);

        /** Never. */
        public static final Fate LOST = new Fate(0, 0, false);

        /** Twice. */
        public static final Fate DUPLICATED = new Fate(2, 0, false);

        /** After the next one. */
        public static final Fate SWAPPED = new Fate(1, 0, true);

        /** Checks the ranges. */
        public Fate {
            if (copies < 0 || lateNs < 0) {
                throw new IllegalArgumentException(
                        "copies=" + copies + " and lateNs=" + lateNs + " of a delivery must be 0 or more");
            }
        }

        /** Later by nanoseconds. */
        public static Fate late(long ns) {
            return new Fate(1, ns, false);
        }
    }

    /**
     * Decides about one event, when it happens.
     *
     * @param accountId whose event.
     * @param event that happened.
     */
    Fate fate(int accountId, PrivateEvent event);
}
