package io.millrace.exchange.conditional;

import io.millrace.exchange.trade.WorkingType;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The waiting conditional orders of one contract, sorted by where they fire, so that a tick looks only at those that it
 * reaches. Trailing stops have no fixed place and are looked at one by one.
 *
 * <p><b>Thread:</b> the venue's. <b>Units:</b> prices in 1e-8 of the quote asset, 0 for a price that is not known yet.
 */
final class TriggerBook {
    private static final long TENTHS_OF_PERCENT = 1000;
    private static final BigInteger E8 = BigInteger.valueOf(100_000_000L);
    private static final Comparator<AlgoOrder> LOWEST_FIRST =
            Comparator.comparingLong(AlgoOrder::triggerPrice).thenComparingLong(AlgoOrder::algoId);
    private static final Comparator<AlgoOrder> HIGHEST_FIRST =
            Comparator.comparingLong((AlgoOrder order) -> -order.triggerPrice()).thenComparingLong(AlgoOrder::algoId);

    /** The orders that watch one of the two prices. */
    private static final class Watch {
        final TreeSet<AlgoOrder> rising = new TreeSet<>(LOWEST_FIRST);
        final TreeSet<AlgoOrder> falling = new TreeSet<>(HIGHEST_FIRST);
        final NavigableMap<Long, AlgoOrder> trailing = new TreeMap<>();
    }

    private final Watch onLast = new Watch();
    private final Watch onMark = new Watch();
    private final List<AlgoOrder> fired = new ArrayList<>();
    private final List<AlgoOrder> activated = new ArrayList<>();
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    void add(AlgoOrder order) {
        Watch watch = watch(order);
        if (order.request().isTrailing()) {
            watch.trailing.put(order.algoId(), order);
        } else {
            (order.request().isRising() ? watch.rising : watch.falling).add(order);
        }
        size++;
    }

    void remove(AlgoOrder order) {
        Watch watch = watch(order);
        boolean wasThere = order.request().isTrailing()
                ? watch.trailing.remove(order.algoId()) != null
                : (order.request().isRising() ? watch.rising : watch.falling).remove(order);
        size -= wasThere ? 1 : 0;
    }

    /**
     * Looks at the prices as they are now.
     *
     * @param last price.
     * @param mark price.
     * @param triggerProtectE8 how far the two may be apart for a protected order, at 1e-8 of the mark price.
     */
    void onPrices(long last, long mark, long triggerProtectE8) {
        fired.clear();
        activated.clear();
        look(onLast, last, last, mark, triggerProtectE8);
        look(onMark, mark, last, mark, triggerProtectE8);
        // One tick may fire several; the older one goes first.
        fired.sort(Comparator.comparingLong(AlgoOrder::algoId));
    }

    /** Returns the orders whose condition the last look has met, oldest first; valid until the next. */
    List<AlgoOrder> fired() {
        return fired;
    }

    /** Returns the trailing stops that the last look has activated; valid until the next. */
    List<AlgoOrder> activated() {
        return activated;
    }

    private void look(Watch watch, long price, long last, long mark, long triggerProtectE8) {
        if (price <= 0) {
            return;
        }
        boolean isApart = false;
        boolean isApartKnown = false;
        for (int direction = 0; direction < 2; direction++) {
            for (AlgoOrder order : direction == 0 ? watch.rising : watch.falling) {
                if (direction == 0 ? price < order.triggerPrice() : price > order.triggerPrice()) {
                    break;
                }
                if (order.request().priceProtect() && !isApartKnown) {
                    isApart = isApart(last, mark, triggerProtectE8);
                    isApartKnown = true;
                }
                if (!order.request().priceProtect() || !isApart) {
                    fired.add(order);
                }
            }
        }
        for (AlgoOrder order : watch.trailing.values()) {
            if (follow(order, price)) {
                activated.add(order);
            }
            if (isTurned(order, price)) {
                fired.add(order);
            }
        }
    }

    /** Moves the extreme of a trailing stop along; says whether that reached the price from which it is active. */
    static boolean follow(AlgoOrder order, long price) {
        boolean isBuy = order.request().side().isBuy();
        long extreme = order.extremePrice();
        if (extreme == 0 || (isBuy ? price < extreme : price > extreme)) {
            order.follow(price);
            extreme = price;
        }
        if (order.isActivated()) {
            return false;
        }
        long activate = order.triggerPrice();
        return activate == 0 || (isBuy ? extreme <= activate : extreme >= activate);
    }

    /** Says whether the price has come back far enough from the extreme, whether or not the order is active. */
    private boolean isTurned(AlgoOrder order, long price) {
        if (!order.isActivated() && !activated.contains(order)) {
            return false;
        }
        long extreme = order.extremePrice();
        long back = Math.multiplyExact(extreme, order.request().callbackTenths());
        long moved = order.request().side().isBuy() ? price - extreme : extreme - price;
        // moved >= extreme x rate, in whole numbers: moved is one, so the product is rounded up.
        return moved >= Math.floorDiv(back + TENTHS_OF_PERCENT - 1, TENTHS_OF_PERCENT);
    }

    private static boolean isApart(long last, long mark, long triggerProtectE8) {
        if (last <= 0 || mark <= 0) {
            return false;
        }
        BigInteger gap = BigInteger.valueOf(Math.abs(mark - last)).multiply(E8);
        return gap.compareTo(BigInteger.valueOf(mark).multiply(BigInteger.valueOf(triggerProtectE8))) > 0;
    }

    private Watch watch(AlgoOrder order) {
        return order.request().workingType() == WorkingType.MARK_PRICE ? onMark : onLast;
    }
}
