package io.millrace.engine.orders;

import io.millrace.codecs.event.AlgoStatus;
import io.millrace.codecs.event.OrderType;
import io.millrace.codecs.event.Side;
import io.millrace.codecs.event.VenueStatus;

/** What the small venue keeps, and the form it tells it in. */
final class VenueForms {
    private VenueForms() {}

    /** An ordinary order. */
    static final class Resting {
        int instrument;
        long id;
        long key;
        int tag;
        Side side;
        OrderType type;
        long price;
        long qty;
        long filled;
        boolean isReduceOnly;
        VenueStatus status = VenueStatus.NEW;
        Conditional parent;

        boolean isOpen() {
            return status == VenueStatus.NEW || status == VenueStatus.PARTIALLY_FILLED;
        }
    }

    /** A conditional order. */
    static final class Conditional {
        int instrument;
        long id;
        long key;
        int tag;
        Side side;
        long trigger;
        long qty;
        long childId;
        AlgoStatus status = AlgoStatus.NEW;
    }

    /** A fill. */
    record Trade(
            int instrument, long orderId, Side side, long id, long ticks, long lots, long feeE8, long realizedE8) {}

    static Harness.Order form(Resting order, Trade trade) {
        Harness.Order form = new Harness.Order();
        form.venueId = order.id;
        form.key = order.key;
        form.tag = order.tag;
        form.price = order.price;
        form.qty = order.qty;
        form.filled = order.filled;
        form.status = order.status;
        form.side = order.side;
        form.type = order.type;
        form.isReduceOnly = order.isReduceOnly;
        if (trade != null) {
            form.lastTicks = trade.ticks();
            form.lastLots = trade.lots();
            form.tradeId = trade.id();
            form.feeE8 = trade.feeE8();
            form.realizedE8 = trade.realizedE8();
        }
        return form;
    }

    static Harness.Algo form(Conditional algo, long filled) {
        Harness.Algo form = new Harness.Algo();
        form.algoId = algo.id;
        form.childId = algo.childId;
        form.key = algo.key;
        form.tag = algo.tag;
        form.trigger = algo.trigger;
        form.qty = algo.qty;
        form.filled = filled;
        form.side = algo.side;
        form.status = algo.status;
        return form;
    }
}
