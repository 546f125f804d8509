package io.millrace.engine.orders;

import io.millrace.codecs.event.AmendOrderEncoder;
import io.millrace.codecs.event.ArmCountdownEncoder;
import io.millrace.codecs.event.AuditEncoder;
import io.millrace.codecs.event.BooleanType;
import io.millrace.codecs.event.CancelAlgoEncoder;
import io.millrace.codecs.event.CancelOrderEncoder;
import io.millrace.codecs.event.ConfigureInstrumentEncoder;
import io.millrace.codecs.event.Lane;
import io.millrace.codecs.event.MessageHeaderEncoder;
import io.millrace.codecs.event.OrderType;
import io.millrace.codecs.event.PlaceAlgoEncoder;
import io.millrace.codecs.event.PlaceOrderEncoder;
import io.millrace.codecs.event.PriceMatch;
import io.millrace.codecs.event.QueryOrderEncoder;
import io.millrace.codecs.event.SelfTradePrevention;
import io.millrace.codecs.event.Side;
import io.millrace.codecs.event.TimeInForce;
import io.millrace.codecs.event.WorkingType;
import io.millrace.codecs.value.ClientOrderId;
import org.agrona.BitUtil;
import org.agrona.concurrent.UnsafeBuffer;

/** Writes commands into the stage's region of the slot. Each returns the command's id; ask {@link #hasRoom} first. */
final class Wire {
    /** No command takes more bytes. */
    static final int MAX_COMMAND_LENGTH = 192;

    private final Desk desk;
    private final Records records;
    private final MessageHeaderEncoder frame = new MessageHeaderEncoder();
    private final PlaceOrderEncoder place = new PlaceOrderEncoder();
    private final PlaceAlgoEncoder placeAlgo = new PlaceAlgoEncoder();
    private final AmendOrderEncoder amend = new AmendOrderEncoder();
    private final CancelOrderEncoder cancel = new CancelOrderEncoder();
    private final CancelAlgoEncoder cancelAlgo = new CancelAlgoEncoder();
    private final QueryOrderEncoder query = new QueryOrderEncoder();
    private final AuditEncoder audit = new AuditEncoder();
    private final ConfigureInstrumentEncoder configure = new ConfigureInstrumentEncoder();
    private final ArmCountdownEncoder countdown = new ArmCountdownEncoder();

    Wire(Desk desk) {
        this.desk = desk;
        records = new Records(desk);
    }

    /** Returns where records go. */
    Records records() {
        return records;
    }

    /** Returns whether a command and the records that go with it fit. */
    boolean hasRoom() {
        return desk.slot.hasRoomForCommand(MAX_COMMAND_LENGTH)
                && desk.slot.hasRoomForRecord(MAX_COMMAND_LENGTH + 2 * Records.MAX_LENGTH);
    }

    void transition(int order, OrderState from, OrderState to, OrderCause cause, boolean isLegal) {
        records.transition(order, from, to, cause, isLegal);
    }

    private int claim(int instrumentId, int blockLength) {
        int length = MessageHeaderEncoder.ENCODED_LENGTH + blockLength;
        int at = desk.slot.claimCommand(BitUtil.align(length, Long.BYTES));
        Records.putHeader(desk, at, length, instrumentId);
        return at;
    }

    private static Lane laneOf(int role) {
        return role == ClientOrderId.ENTRY ? Lane.ENTRY : Lane.PROTECTION;
    }

    private long maxAgeNs(int role) {
        return role == ClientOrderId.ENTRY
                ? desk.settings.times().entryMaxAgeNs()
                : desk.settings.times().reduceMaxAgeNs();
    }

    /** Places an order of the store, ordinary or conditional. */
    long place(int order) {
        long commandId = desk.slot.nextCommandId();
        if (desk.store.is(order, OrderFields.ALGO)) {
            placeAlgo(order, commandId);
        } else {
            placeOrdinary(order, commandId);
        }
        return commandId;
    }

    private void placeOrdinary(int order, long commandId) {
        OrderStore store = desk.store;
        int role = ClientOrderId.role(store.get(order, OrderFields.KEY));
        int at = claim((int) store.get(order, OrderFields.INSTRUMENT), PlaceOrderEncoder.BLOCK_LENGTH);
        place.wrapAndApplyHeader(buffer(), at, frame)
                .commandId(commandId)
                .causeSequence(desk.slot.sequence())
                .deadlineNs(desk.nowNs + maxAgeNs(role))
                .clientKey(store.get(order, OrderFields.KEY))
                .priceTicks(store.get(order, OrderFields.PRICE_TICKS))
                .qtyLots(store.get(order, OrderFields.QTY_LOTS))
                .goodTillMs(0)
                .clientTag(desk.tag())
                .side(side(order))
                .orderType(OrderType.get((short) store.get(order, OrderFields.TYPE)))
                .timeInForce(TimeInForce.get((short) store.get(order, OrderFields.TIME_IN_FORCE)))
                .reduceOnly(flag(order, OrderFields.REDUCE_ONLY))
                .priceMatch(PriceMatch.NONE)
                .selfTradePrevention(SelfTradePrevention.EXPIRE_MAKER)
                .lane(laneOf(role));
    }

    private void placeAlgo(int order, long commandId) {
        OrderStore store = desk.store;
        int role = ClientOrderId.role(store.get(order, OrderFields.KEY));
        int at = claim((int) store.get(order, OrderFields.INSTRUMENT), PlaceAlgoEncoder.BLOCK_LENGTH);
        placeAlgo
                .wrapAndApplyHeader(buffer(), at, frame)
                .commandId(commandId)
                .causeSequence(desk.slot.sequence())
                .deadlineNs(desk.nowNs + maxAgeNs(role))
                .clientKey(store.get(order, OrderFields.KEY))
                .triggerTicks(store.get(order, OrderFields.TRIGGER_TICKS))
                .priceTicks(store.get(order, OrderFields.PRICE_TICKS))
                .qtyLots(store.get(order, OrderFields.QTY_LOTS))
                .activateTicks(0)
                .goodTillMs(0)
                .clientTag(desk.tag())
                .callbackTenths(0)
                .side(side(order))
                .orderType(OrderType.get((short) store.get(order, OrderFields.TYPE)))
                .timeInForce(TimeInForce.GTC)
                .workingType(WorkingType.CONTRACT_PRICE)
                .priceProtect(BooleanType.NO)
                .closePosition(flag(order, OrderFields.CLOSE_POSITION))
                .reduceOnly(flag(order, OrderFields.REDUCE_ONLY))
                .lane(laneOf(role));
    }

    /** Amends a resting limit order. */
    long amend(int order, long priceTicks, long qtyLots) {
        OrderStore store = desk.store;
        long commandId = desk.slot.nextCommandId();
        int role = ClientOrderId.role(store.get(order, OrderFields.KEY));
        int at = claim((int) store.get(order, OrderFields.INSTRUMENT), AmendOrderEncoder.BLOCK_LENGTH);
        amend.wrapAndApplyHeader(buffer(), at, frame)
                .commandId(commandId)
                .causeSequence(desk.slot.sequence())
                .deadlineNs(desk.nowNs + maxAgeNs(role))
                .clientKey(store.get(order, OrderFields.KEY))
                .venueOrderId(store.get(order, OrderFields.VENUE_ORDER_ID))
                .priceTicks(priceTicks)
                .qtyLots(qtyLots)
                .clientTag(desk.tag())
                .side(side(order))
                .lane(laneOf(role));
        return commandId;
    }

    /** Cancels an order of the store: the conditional one until it has a child, then the child. */
    long cancel(int order) {
        OrderStore store = desk.store;
        int instrumentId = (int) store.get(order, OrderFields.INSTRUMENT);
        long orderId = store.get(order, OrderFields.VENUE_ORDER_ID);
        if (!store.is(order, OrderFields.ALGO)) {
            return cancelOrdinary(instrumentId, store.get(order, OrderFields.KEY), orderId);
        }
        if (store.is(order, OrderFields.CHILD_LINKED)) {
            return cancelOrdinary(instrumentId, 0, orderId);
        }
        return cancelAlgo(instrumentId, store.get(order, OrderFields.KEY), store.get(order, OrderFields.VENUE_ALGO_ID));
    }

    /**
     * Cancels an ordinary order.
     *
     * @param instrumentId its instrument.
     * @param key of ours, 0 for one that only the venue's id names.
     * @param venueOrderId 0 if it is not known.
     */
    long cancelOrdinary(int instrumentId, long key, long venueOrderId) {
        long commandId = desk.slot.nextCommandId();
        int at = claim(instrumentId, CancelOrderEncoder.BLOCK_LENGTH);
        cancel.wrapAndApplyHeader(buffer(), at, frame)
                .commandId(commandId)
                .causeSequence(desk.slot.sequence())
                .deadlineNs(desk.nowNs + desk.settings.times().reduceMaxAgeNs())
                .clientKey(key)
                .venueOrderId(venueOrderId)
                .clientTag(key == 0 ? 0 : desk.tag())
                .lane(Lane.CANCEL);
        return commandId;
    }

    /** Cancels a conditional order; as {@link #cancelOrdinary}. */
    long cancelAlgo(int instrumentId, long key, long venueAlgoId) {
        long commandId = desk.slot.nextCommandId();
        int at = claim(instrumentId, CancelAlgoEncoder.BLOCK_LENGTH);
        cancelAlgo
                .wrapAndApplyHeader(buffer(), at, frame)
                .commandId(commandId)
                .causeSequence(desk.slot.sequence())
                .deadlineNs(desk.nowNs + desk.settings.times().reduceMaxAgeNs())
                .clientKey(key)
                .venueAlgoId(venueAlgoId)
                .clientTag(key == 0 ? 0 : desk.tag())
                .lane(Lane.CANCEL);
        return commandId;
    }

    /** Asks for an order of the store. */
    long query(int order) {
        OrderStore store = desk.store;
        long commandId = desk.slot.nextCommandId();
        boolean isAlgo = store.is(order, OrderFields.ALGO);
        int at = claim((int) store.get(order, OrderFields.INSTRUMENT), QueryOrderEncoder.BLOCK_LENGTH);
        query.wrapAndApplyHeader(buffer(), at, frame)
                .commandId(commandId)
                .causeSequence(desk.slot.sequence())
                .deadlineNs(desk.nowNs + desk.settings.times().reduceMaxAgeNs())
                .clientKey(store.get(order, OrderFields.KEY))
                .venueId(store.get(order, isAlgo ? OrderFields.VENUE_ALGO_ID : OrderFields.VENUE_ORDER_ID))
                .clientTag(desk.tag())
                .attempt((int) store.get(order, OrderFields.QUERY_ATTEMPTS))
                .algo(isAlgo ? BooleanType.YES : BooleanType.NO)
                .lane(Lane.QUERY);
        return commandId;
    }

    /**
     * Asks what the venue has of the account.
     *
     * @param instrumentId -1 for everything.
     * @param afterTradeId trades: only later ones.
     * @param kinds bits of AuditSet.
     */
    long audit(int instrumentId, long afterTradeId, int kinds) {
        long commandId = desk.slot.nextCommandId();
        int at = claim(instrumentId, AuditEncoder.BLOCK_LENGTH);
        audit.wrapAndApplyHeader(buffer(), at, frame)
                .commandId(commandId)
                .causeSequence(desk.slot.sequence())
                .deadlineNs(desk.nowNs + desk.settings.times().answerNs())
                .afterTradeId(afterTradeId)
                .sinceMs(desk.get(Desk.FIRST_RUN_MS))
                .lane(Lane.QUERY);
        audit.kinds()
                .clear()
                .openOrders((kinds & Audits.OPEN_ORDERS) != 0)
                .openAlgos((kinds & Audits.OPEN_ALGOS) != 0)
                .positions((kinds & Audits.POSITIONS) != 0)
                .balances((kinds & Audits.BALANCES) != 0)
                .trades((kinds & Audits.TRADES) != 0)
                .settings((kinds & Audits.SETTINGS) != 0);
        return commandId;
    }

    /** Sets leverage and margin type of an instrument to what the settings want. */
    long configure(int instrumentId) {
        long commandId = desk.slot.nextCommandId();
        int at = claim(instrumentId, ConfigureInstrumentEncoder.BLOCK_LENGTH);
        configure
                .wrapAndApplyHeader(buffer(), at, frame)
                .commandId(commandId)
                .causeSequence(desk.slot.sequence())
                .deadlineNs(desk.nowNs + desk.settings.times().reduceMaxAgeNs())
                .leverage(desk.settings.setup().leverage())
                .marginType(desk.settings.setup().marginType())
                .lane(Lane.ENTRY);
        return commandId;
    }

    /** Arms or disarms the venue's countdown for an instrument. */
    long countdown(int instrumentId, long countdownMs) {
        long commandId = desk.slot.nextCommandId();
        int at = claim(instrumentId, ArmCountdownEncoder.BLOCK_LENGTH);
        countdown
                .wrapAndApplyHeader(buffer(), at, frame)
                .commandId(commandId)
                .causeSequence(desk.slot.sequence())
                .deadlineNs(desk.nowNs + desk.settings.times().reduceMaxAgeNs())
                .countdownMs(countdownMs)
                .lane(Lane.CANCEL);
        return commandId;
    }

    private Side side(int order) {
        return Side.get((short) desk.store.get(order, OrderFields.SIDE));
    }

    private BooleanType flag(int order, int flag) {
        return desk.store.is(order, flag) ? BooleanType.YES : BooleanType.NO;
    }

    private UnsafeBuffer buffer() {
        return desk.slot.regionBuffer();
    }
}
