package io.millrace.engine.orders;

import io.millrace.codecs.event.DifferenceAction;
import io.millrace.codecs.event.DifferenceKind;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.value.ClientOrderId;
import io.millrace.engine.risk.HaltReasons;
import java.math.BigInteger;
import org.agrona.DirectBuffer;

/**
 * Takes definitions of instruments. When the grid of one changes that was defined before, everything that is counted in its ticks
 * and lots is converted, its entries are cancelled, since their prices were made for the other grid, and the account is
 * reconciled anew. Reports that were encoded with the other grid do not count: the reconciliation tells what they told.
 *
 * <p><b>Allocation:</b> on a change, which is rare.
 */
final class GridChange {
    private static final int[] TICKS_OF_INSTRUMENT = {
        Instruments.LAST_FILL_TICKS, Instruments.STOP_TICKS, Instruments.SEEN_ENTRY_TICKS
    };
    private static final int[] LOTS_OF_INSTRUMENT = {
        Instruments.LOTS,
        Instruments.VENUE_LOTS,
        Instruments.SEEN_LOTS,
        Instruments.SUSPECT_OURS,
        Instruments.SUSPECT_THEIRS,
        Instruments.EXIT_LOTS
    };
    private static final int[] TICKS_OF_ORDER = {
        OrderFields.PRICE_TICKS,
        OrderFields.TRIGGER_TICKS,
        OrderFields.REF_TICKS,
        OrderFields.STOP_TICKS,
        OrderFields.AMEND_TICKS
    };
    private static final int[] LOTS_OF_ORDER = {
        OrderFields.QTY_LOTS, OrderFields.FILLED_LOTS, OrderFields.TOLD_LOTS, OrderFields.AMEND_LOTS
    };

    private final Desk desk;
    private final OrderStore store;
    private final Instruments instruments;
    private final Reconciler reconciler;
    // Of the change at hand.
    private Ratio ticks;
    private Ratio lots;
    private Ratio units;

    GridChange(Desk desk, Reconciler reconciler) {
        this.desk = desk;
        this.store = desk.store;
        this.instruments = desk.instruments;
        this.reconciler = reconciler;
    }

    /** How many new steps an old one is. */
    private record Ratio(BigInteger numerator, BigInteger denominator) {
        static Ratio of(long oldMantissa, long oldExponent, long newMantissa, long newExponent) {
            int shift = (int) (oldExponent - newExponent);
            return new Ratio(
                    BigInteger.valueOf(oldMantissa).multiply(BigInteger.TEN.pow(Math.max(0, shift))),
                    BigInteger.valueOf(newMantissa).multiply(BigInteger.TEN.pow(Math.max(0, -shift))));
        }

        BigInteger of(BigInteger value) {
            return value.multiply(numerator).divide(denominator);
        }

        /** Converts toward 0; what does not fit is the largest that does. */
        long of(long value) {
            BigInteger converted = of(BigInteger.valueOf(value));
            if (converted.bitLength() < Long.SIZE) {
                return converted.longValue();
            }
            return converted.signum() < 0 ? -Long.MAX_VALUE : Long.MAX_VALUE;
        }

        boolean isExact(long value) {
            return BigInteger.valueOf(value)
                            .multiply(numerator)
                            .mod(denominator)
                            .signum()
                    == 0;
        }

        boolean isOne() {
            return numerator.equals(denominator);
        }
    }

    /** Returns whether an event tells ticks or lots of a defined instrument by a grid that is not the present one. */
    boolean isOfOtherGrid(DirectBuffer event, int offset) {
        int id = EventHeader.instrumentId(event, offset);
        return instruments.isDefined(id) && EventHeader.gridVersion(event, offset) != instruments.gridVersion(id);
    }

    void define(DirectBuffer event, int offset) {
        int id = EventHeader.instrumentId(event, offset);
        if (!instruments.isDefined(id)) {
            instruments.define(event, offset);
            return;
        }
        long tick = instruments.get(id, Instruments.TICK);
        long tickExponent = instruments.get(id, Instruments.TICK_EXPONENT);
        long unit = instruments.get(id, Instruments.UNIT);
        long unitExponent = instruments.get(id, Instruments.UNIT_EXPONENT);
        instruments.define(event, offset);
        long newTick = instruments.get(id, Instruments.TICK);
        long newTickExponent = instruments.get(id, Instruments.TICK_EXPONENT);
        long newUnit = instruments.get(id, Instruments.UNIT);
        long newUnitExponent = instruments.get(id, Instruments.UNIT_EXPONENT);
        ticks = Ratio.of(tick, tickExponent, newTick, newTickExponent);
        units = Ratio.of(unit, unitExponent, newUnit, newUnitExponent);
        lots = Ratio.of(unit / tick, unitExponent - tickExponent, newUnit / newTick, newUnitExponent - newTickExponent);
        if (!ticks.isOne() || !lots.isOne()) {
            convert(id);
        }
    }

    private void convert(int id) {
        long before = instruments.get(id, Instruments.LOTS);
        boolean isExact = lots.isExact(before);
        for (int field : TICKS_OF_INSTRUMENT) {
            instruments.set(id, field, atLeastOne(instruments.get(id, field)));
        }
        for (int field : LOTS_OF_INSTRUMENT) {
            instruments.set(id, field, lots.of(instruments.get(id, field)));
        }
        instruments.set(id, Instruments.OPEN_COST, units.of(instruments.get(id, Instruments.OPEN_COST)));
        BigInteger cash =
                units.of(wide(instruments.get(id, Instruments.CASH_HIGH), instruments.get(id, Instruments.CASH_LOW)));
        instruments.set(id, Instruments.CASH_HIGH, cash.shiftRight(Long.SIZE).longValue());
        instruments.set(id, Instruments.CASH_LOW, cash.longValue());
        for (int i = store.size() - 1; i >= 0; i--) {
            int slot = store.at(i);
            if (store.get(slot, OrderFields.INSTRUMENT) == id) {
                isExact &= convertOrder(slot);
            }
        }
        if (!isExact) {
            // The new grid cannot say what is there.
            desk.reason(HaltReasons.DIFFERENCE, true);
            desk.wire
                    .records()
                    .values(instruments.get(id, Instruments.LOTS), before)
                    .difference(id, 0, DifferenceKind.POSITION, DifferenceAction.HALT);
        }
        reconciler.restart(false);
        desk.protectSoon(id);
    }

    /** Returns whether its quantities are exact; a price may be rounded, for only an entry's is sent again. */
    private boolean convertOrder(int slot) {
        boolean isExact = true;
        for (int field : LOTS_OF_ORDER) {
            isExact &= lots.isExact(store.get(slot, field));
            store.set(slot, field, lots.of(store.get(slot, field)));
        }
        for (int field : TICKS_OF_ORDER) {
            store.set(slot, field, atLeastOne(store.get(slot, field)));
        }
        BigInteger cost = units.of(wide(store.get(slot, OrderFields.COST_HIGH), store.get(slot, OrderFields.COST_LOW)));
        store.set(slot, OrderFields.COST_HIGH, cost.shiftRight(Long.SIZE).longValue());
        store.set(slot, OrderFields.COST_LOW, cost.longValue());
        boolean isLive = store.state(slot).isLive();
        if (isLive && ClientOrderId.role(store.get(slot, OrderFields.KEY)) == ClientOrderId.ENTRY) {
            desk.cancel(slot);
        }
        return isExact || !isLive;
    }

    /** A price or distance that is there does not become none. */
    private long atLeastOne(long value) {
        return value > 0 ? Math.max(1, ticks.of(value)) : value;
    }

    private static BigInteger wide(long high, long low) {
        return BigInteger.valueOf(high).shiftLeft(Long.SIZE).add(new BigInteger(Long.toUnsignedString(low)));
    }
}
