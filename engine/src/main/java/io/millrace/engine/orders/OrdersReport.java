package io.millrace.engine.orders;

import io.millrace.codecs.event.OrderType;
import io.millrace.codecs.event.Side;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What orders, positions and wallets are at one moment, for people and tools. Made on demand; allocates.
 *
 * @param clientTag of the journal's orders, 0 before its first run.
 * @param runEpoch of the run.
 * @param haltReasons bits of HaltReasons.
 * @param orders that are known, by key.
 * @param positions of instruments with orders, fills or a position, by id.
 * @param wallets by asset.
 * @param counts of what happened in this journal.
 */
public record OrdersReport(
        int clientTag,
        long runEpoch,
        int haltReasons,
        List<Order> orders,
        List<Position> positions,
        List<Wallet> wallets,
        Counts counts) {

    /**
     * An order. Prices in ticks, quantities in lots, amounts at 1e-8.
     *
     * @param clientKey its name, see ClientOrderId.
     * @param instrumentId its instrument.
     * @param isConditional whether it is a conditional order.
     * @param state what is known of it.
     * @param side of it.
     * @param type of it.
     * @param priceTicks 0 for a market order.
     * @param triggerTicks of a conditional order, else 0.
     * @param qtyLots wanted.
     * @param filledLots by the fills that came.
     * @param toldLots filled as the venue said.
     * @param cost sum of ticks times lots of the fills, exact.
     * @param feeE8 in feeAsset.
     * @param feeAsset of the fees, empty for none.
     * @param venueOrderId the venue's id of the order or of a conditional one's child, 0 if unknown.
     * @param venueAlgoId the venue's id of the conditional order, 0 if unknown.
     * @param isCancelWanted whether it is to be cancelled.
     */
    public record Order(
            long clientKey,
            int instrumentId,
            boolean isConditional,
            OrderState state,
            Side side,
            OrderType type,
            long priceTicks,
            long triggerTicks,
            long qtyLots,
            long filledLots,
            long toldLots,
            BigInteger cost,
            long feeE8,
            String feeAsset,
            long venueOrderId,
            long venueAlgoId,
            boolean isCancelWanted) {}

    /**
     * A position.
     *
     * @param instrumentId its instrument.
     * @param lots by fills, negative for short.
     * @param venueLots as the venue told last.
     * @param entryTicks average price of what is open, rounded down.
     * @param stopLots covered by stops that are open at the venue.
     * @param realizedE8 profit before fees, as the venue told with the fills.
     * @param fills counted.
     */
    public record Position(
            int instrumentId, long lots, long venueLots, long entryTicks, long stopLots, long realizedE8, long fills) {}

    /**
     * A wallet.
     *
     * @param asset its asset.
     * @param oursE8 by fills and account events.
     * @param venueE8 as the venue told last.
     */
    public record Wallet(String asset, long oursE8, long venueE8) {}

    /**
     * What happened.
     *
     * @param illegal reports that contradicted what was known.
     * @param refused intents that became no command.
     * @param duplicateFills fills that came once more.
     * @param missedFills orders of which fills had to be asked for.
     * @param foreignReports reports of others' orders.
     * @param adjustments values taken over from the venue.
     * @param alarms errors that somebody should look at.
     * @param repeated place commands given out again.
     * @param droppedRecords records that found no room in the output of their event.
     * @param countdownsCovered instruments with entries and a confirmed countdown.
     * @param countdownsWanted instruments with entries.
     */
    public record Counts(
            long illegal,
            long refused,
            long duplicateFills,
            long missedFills,
            long foreignReports,
            long adjustments,
            long alarms,
            long repeated,
            long droppedRecords,
            int countdownsCovered,
            int countdownsWanted) {}

    static OrdersReport of(Desk desk, int haltReasons, long coverage) {
        List<Order> orders = new ArrayList<>();
        for (int i = 0; i < desk.store.size(); i++) {
            orders.add(order(desk.store, desk.store.at(i)));
        }
        orders.sort(Comparator.comparingLong(Order::clientKey));
        List<Position> positions = new ArrayList<>();
        for (int i = 0; i < desk.instruments.usedCount(); i++) {
            positions.add(position(desk.instruments, desk.instruments.used(i), orders));
        }
        positions.sort(Comparator.comparingInt(Position::instrumentId));
        List<Wallet> wallets = new ArrayList<>();
        for (int i = 0; i < desk.balances.size(); i++) {
            wallets.add(new Wallet(
                    assetText(desk.balances.get(i, Balances.ASSET)),
                    desk.balances.get(i, Balances.OURS_E8),
                    desk.balances.get(i, Balances.VENUE_E8)));
        }
        wallets.sort(Comparator.comparing(Wallet::asset));
        Counts counts = new Counts(
                desk.get(Desk.ILLEGAL),
                desk.get(Desk.REFUSED),
                desk.get(Desk.DUPLICATE_FILLS),
                desk.get(Desk.MISSED_FILLS),
                desk.get(Desk.FOREIGN_REPORTS),
                desk.get(Desk.ADJUSTMENTS),
                desk.get(Desk.ALARMS),
                desk.get(Desk.REPEATED),
                desk.get(Desk.DROPPED_RECORDS),
                (int) (coverage >>> 32),
                (int) coverage);
        return new OrdersReport(desk.tag(), desk.get(Desk.EPOCH), haltReasons, orders, positions, wallets, counts);
    }

    private static Order order(OrderStore store, int slot) {
        return new Order(
                store.get(slot, OrderFields.KEY),
                (int) store.get(slot, OrderFields.INSTRUMENT),
                store.is(slot, OrderFields.ALGO),
                store.state(slot),
                Side.get((short) store.get(slot, OrderFields.SIDE)),
                OrderType.get((short) store.get(slot, OrderFields.TYPE)),
                store.get(slot, OrderFields.PRICE_TICKS),
                store.get(slot, OrderFields.TRIGGER_TICKS),
                store.get(slot, OrderFields.QTY_LOTS),
                store.get(slot, OrderFields.FILLED_LOTS),
                store.get(slot, OrderFields.TOLD_LOTS),
                wide(store.get(slot, OrderFields.COST_HIGH), store.get(slot, OrderFields.COST_LOW)),
                store.get(slot, OrderFields.FEE_E8),
                assetText(store.get(slot, OrderFields.FEE_ASSET)),
                store.get(slot, OrderFields.VENUE_ORDER_ID),
                store.get(slot, OrderFields.VENUE_ALGO_ID),
                store.is(slot, OrderFields.CANCEL_WANTED));
    }

    private static Position position(Instruments instruments, int id, List<Order> orders) {
        long lots = instruments.get(id, Instruments.LOTS);
        Side closing = lots > 0 ? Side.SELL : Side.BUY;
        long stopLots = orders.stream()
                .filter(order -> order.instrumentId() == id
                        && order.isConditional()
                        && order.side() == closing
                        && order.state().isOpen())
                .mapToLong(order -> order.qtyLots() - order.filledLots())
                .sum();
        return new Position(
                id,
                lots,
                instruments.get(id, Instruments.VENUE_LOTS),
                instruments.entryTicks(id),
                stopLots,
                instruments.get(id, Instruments.REALIZED_E8),
                instruments.get(id, Instruments.FILLS));
    }

    private static BigInteger wide(long high, long low) {
        BigInteger unsignedLow = new BigInteger(Long.toUnsignedString(low));
        return BigInteger.valueOf(high).shiftLeft(Long.SIZE).add(unsignedLow);
    }

    /** Returns an asset's name from the eight bytes that stand for it on the ring. */
    public static String assetText(long asset) {
        byte[] text = new byte[Long.BYTES];
        int length = 0;
        for (long rest = asset; rest != 0; rest >>>= Byte.SIZE) {
            text[length++] = (byte) rest;
        }
        return new String(text, 0, length, StandardCharsets.US_ASCII);
    }
}
