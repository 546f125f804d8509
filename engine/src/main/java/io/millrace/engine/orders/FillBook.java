package io.millrace.engine.orders;

import io.millrace.codecs.event.Side;
import io.millrace.codecs.value.ClientOrderId;

/**
 * Books fills, each once: into the position, the wallets, and the order if it is known. The fields are set for one fill, then
 * {@link #apply} is called.
 */
final class FillBook {
    private final Desk desk;
    int instrumentId;
    int side;
    long ticks;
    long lots;
    long tradeId;
    long feeE8;
    long feeAsset;
    long realizedE8;
    /** Whether fee and profit are told. */
    boolean isDetailed;

    FillBook(Desk desk) {
        this.desk = desk;
    }

    /**
     * Books the fill.
     *
     * @param order it belongs to, {@link OrderStore#NONE} for one that is not known (yet).
     */
    void apply(int order) {
        if (tradeId <= 0 || lots <= 0 || !Instruments.isInRange(instrumentId)) {
            return;
        }
        long key = FillMemory.key(instrumentId, side, tradeId);
        int before = desk.fills.find(key);
        if (before == FillMemory.FORGOTTEN) {
            desk.count(Desk.DUPLICATE_FILLS);
            return;
        }
        int bits = before | FillMemory.COUNTED;
        if (before == FillMemory.NEW) {
            bookPosition();
        }
        if (isDetailed && (before & FillMemory.DETAILED) == 0) {
            bookWallets();
            bits |= FillMemory.DETAILED;
        }
        if (order != OrderStore.NONE) {
            bookDetails(order, before);
            if ((before & FillMemory.ATTRIBUTED) == 0) {
                bits |= FillMemory.ATTRIBUTED;
                bookOrder(order);
            }
        }
        if (bits == before) {
            desk.count(Desk.DUPLICATE_FILLS);
        } else {
            desk.fills.put(key, bits);
        }
    }

    private void bookPosition() {
        Instruments instruments = desk.instruments;
        instruments.fill(instrumentId, side == Side.BUY.value() ? lots : -lots, ticks);
        if (tradeId > instruments.get(instrumentId, Instruments.LAST_TRADE_ID)) {
            instruments.set(instrumentId, Instruments.LAST_TRADE_ID, tradeId);
        }
        desk.protectSoon(instrumentId);
    }

    private void bookWallets() {
        desk.instruments.add(instrumentId, Instruments.REALIZED_E8, realizedE8);
        desk.balances.change(desk.instruments.get(instrumentId, Instruments.QUOTE_ASSET), realizedE8);
        desk.balances.change(feeAsset, -feeE8);
    }

    private void bookDetails(int order, int before) {
        boolean isNews = (before & FillMemory.DETAILED) == 0 || (before & FillMemory.ATTRIBUTED) == 0;
        if (!isDetailed || !isNews) {
            return;
        }
        OrderStore store = desk.store;
        store.add(order, OrderFields.REALIZED_E8, realizedE8);
        long asset = store.get(order, OrderFields.FEE_ASSET);
        if (feeAsset == 0) {
            return;
        }
        if (asset == 0 || asset == feeAsset) {
            store.set(order, OrderFields.FEE_ASSET, feeAsset);
            store.add(order, OrderFields.FEE_E8, feeE8);
        } else {
            store.flag(order, OrderFields.MIXED_FEES);
        }
    }

    private void bookOrder(int order) {
        OrderStore store = desk.store;
        store.add(order, OrderFields.FILLED_LOTS, lots);
        long low = lots * ticks;
        long sum = store.get(order, OrderFields.COST_LOW) + low;
        long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
        store.add(order, OrderFields.COST_HIGH, Math.multiplyHigh(lots, ticks) + carry);
        store.set(order, OrderFields.COST_LOW, sum);
        long filled = store.get(order, OrderFields.FILLED_LOTS);
        long qty = store.get(order, OrderFields.QTY_LOTS);
        tell(order, filled);
        boolean isWhole = qty > 0 && filled >= qty && store.get(order, OrderFields.AMEND_COMMAND) == 0;
        desk.move(order, isWhole ? OrderCause.WHOLE : OrderCause.PART);
        int role = ClientOrderId.role(store.get(order, OrderFields.KEY));
        if (role == ClientOrderId.EXIT || role == ClientOrderId.FLATTEN) {
            long owed = desk.instruments.get(instrumentId, Instruments.EXIT_LOTS);
            desk.instruments.set(instrumentId, Instruments.EXIT_LOTS, Math.max(0, owed - lots));
        }
        if (store.get(order, OrderFields.STOP_TICKS) > 0) {
            desk.instruments.set(instrumentId, Instruments.STOP_TICKS, store.get(order, OrderFields.STOP_TICKS));
        }
        if (store.get(order, OrderFields.EXIT_AFTER_NS) > 0) {
            store.timer(order, OrderFields.EXIT_AT, desk.nowNs + store.get(order, OrderFields.EXIT_AFTER_NS));
        }
    }

    /** The venue says that so much of an order is filled; what did not come as a fill is missed after a while. */
    void tell(int order, long filledLots) {
        OrderStore store = desk.store;
        if (filledLots > store.get(order, OrderFields.TOLD_LOTS)) {
            store.set(order, OrderFields.TOLD_LOTS, filledLots);
        }
        if (store.get(order, OrderFields.FILLED_LOTS) >= store.get(order, OrderFields.TOLD_LOTS)) {
            store.timer(order, OrderFields.FILLS_AT, 0);
        } else if (store.get(order, OrderFields.FILLS_AT) == 0) {
            store.timer(
                    order,
                    OrderFields.FILLS_AT,
                    desk.nowNs + desk.settings.times().missingFillNs());
        }
    }
}
