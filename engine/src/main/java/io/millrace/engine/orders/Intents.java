package io.millrace.engine.orders;

import io.millrace.codecs.event.BooleanType;
import io.millrace.codecs.event.IntentAction;
import io.millrace.codecs.event.MessageHeaderDecoder;
import io.millrace.codecs.event.OrderIntentDecoder;
import io.millrace.codecs.event.OrderType;
import io.millrace.codecs.event.RefusalReason;
import io.millrace.codecs.event.TimeInForce;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.value.ClientOrderId;
import io.millrace.engine.pipeline.SlotContext;
import io.millrace.engine.pipeline.StageIds;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;

/** Takes what strategies want from their region of the slot, and lets through what the state of trading and the caps allow. */
final class Intents {
    private final Desk desk;
    private final OrderStore store;
    private final Instruments instruments;
    private final Sender sender;
    private final Setups setups;
    private final MessageHeaderDecoder frame = new MessageHeaderDecoder();
    private final OrderIntentDecoder intent = new OrderIntentDecoder();
    private int instrumentId;
    private int haltReasons;

    Intents(Desk desk, Sender sender, Setups setups) {
        this.setups = setups;
        this.desk = desk;
        this.store = desk.store;
        this.instruments = desk.instruments;
        this.sender = sender;
    }

    /**
     * Takes the intents of the event.
     *
     * @param reasons bits of HaltReasons that stand against entries now.
     */
    void read(int reasons) {
        SlotContext slot = desk.slot;
        int length = slot.upstreamCommandsLength(StageIds.STRATEGY);
        if (length == 0) {
            return;
        }
        haltReasons = reasons;
        DirectBuffer buffer = slot.upstreamBuffer(StageIds.STRATEGY);
        int at = slot.upstreamCommandsOffset(StageIds.STRATEGY);
        int end = at + length;
        while (at < end) {
            if (EventHeader.templateId(buffer, at) == OrderIntentDecoder.TEMPLATE_ID) {
                intent.wrapAndApplyHeader(buffer, at, frame);
                instrumentId = EventHeader.instrumentId(buffer, at);
                take();
            }
            at += BitUtil.align(EventHeader.length(buffer, at), Long.BYTES);
        }
    }

    private void take() {
        RefusalReason refusal = switch (intent.action()) {
            case PLACE -> place();
            case AMEND -> amend();
            case CANCEL -> cancel();
            default -> RefusalReason.UNKNOWN_ORDER;
        };
        if (refusal != null) {
            IntentAction action = intent.action();
            desk.wire.records().refused(instrumentId, intent.clientKey(), action, refusal, haltReasons);
        }
    }

    private RefusalReason place() {
        long key = intent.clientKey();
        RefusalReason refusal = check(key);
        if (refusal != null) {
            return refusal;
        }
        int slot = store.take(key);
        if (slot == OrderStore.NONE) {
            return RefusalReason.NO_ROOM;
        }
        instruments.use(instrumentId);
        store.set(slot, OrderFields.INSTRUMENT, instrumentId);
        store.set(slot, OrderFields.SIDE, intent.sideRaw());
        store.set(slot, OrderFields.TYPE, intent.orderTypeRaw());
        store.set(slot, OrderFields.TIME_IN_FORCE, intent.timeInForceRaw());
        store.set(slot, OrderFields.PRICE_TICKS, intent.priceTicks());
        store.set(slot, OrderFields.TRIGGER_TICKS, intent.triggerTicks());
        store.set(slot, OrderFields.QTY_LOTS, intent.qtyLots());
        store.set(slot, OrderFields.REF_TICKS, intent.refTicks());
        boolean isEntry = ClientOrderId.role(key) == ClientOrderId.ENTRY;
        store.set(slot, OrderFields.STOP_TICKS, isEntry ? intent.stopTicks() : 0);
        store.set(slot, OrderFields.EXIT_AFTER_NS, isEntry ? intent.exitAfterNs() : 0);
        if (isConditional()) {
            store.flag(slot, OrderFields.ALGO);
        }
        if (intent.reduceOnly() == BooleanType.YES) {
            store.flag(slot, OrderFields.REDUCE_ONLY);
        }
        sender.decide(slot);
        return null;
    }

    private boolean isConditional() {
        OrderType type = intent.orderType();
        return type != OrderType.LIMIT && type != OrderType.MARKET;
    }

    private RefusalReason check(long key) {
        int role = ClientOrderId.role(key);
        boolean isReduceOnly = intent.reduceOnly() == BooleanType.YES;
        if (!desk.canName() || key <= 0 || ClientOrderId.epoch(key) != desk.get(Desk.EPOCH)) {
            return RefusalReason.HALTED;
        }
        if (role != ClientOrderId.ENTRY && !isReduceOnly) {
            return RefusalReason.NOT_REDUCING;
        }
        if (role == ClientOrderId.ENTRY && haltReasons != 0) {
            return RefusalReason.HALTED;
        }
        if (!instruments.isDefined(instrumentId)) {
            return RefusalReason.NO_INSTRUMENT;
        }
        if (store.ofKey(key) != OrderStore.NONE || ClientOrderId.strategy(key) == Desk.ENGINE_STRATEGY) {
            return RefusalReason.DUPLICATE_KEY;
        }
        if (!desk.wire.hasRoom()) {
            return RefusalReason.NO_ROOM;
        }
        RefusalReason refusal = checkNumbers();
        if (refusal != null || role != ClientOrderId.ENTRY) {
            return refusal;
        }
        return setups.isReady(instrumentId) ? checkCaps() : RefusalReason.NOT_CONFIGURED;
    }

    private RefusalReason checkNumbers() {
        long lots = intent.qtyLots();
        boolean isMarket = intent.orderType() == OrderType.MARKET;
        long most = instruments.get(instrumentId, isMarket ? Instruments.MARKET_MAX_LOTS : Instruments.MAX_LOTS);
        if (lots < Math.max(1, instruments.get(instrumentId, Instruments.MIN_LOTS)) || (most > 0 && lots > most)) {
            return RefusalReason.BAD_QUANTITY;
        }
        boolean isPriceMissing = intent.orderType() == OrderType.LIMIT && intent.priceTicks() <= 0;
        boolean isTriggerMissing = isConditional() && intent.triggerTicks() <= 0;
        boolean isForceMissing = intent.orderType() == OrderType.LIMIT && intent.timeInForce() == TimeInForce.NONE;
        return isPriceMissing || isTriggerMissing || isForceMissing || priceOf() <= 0 ? RefusalReason.BAD_PRICE : null;
    }

    /** The price that the notional is judged by. */
    private long priceOf() {
        return Math.max(intent.priceTicks(), Math.max(intent.refTicks(), intent.triggerTicks()));
    }

    private RefusalReason checkCaps() {
        OrderSettings.Limits limits = desk.settings.limits();
        long notional = instruments.notionalE8(instrumentId, priceOf(), intent.qtyLots());
        if (notional > limits.maxOrderNotionalE8()) {
            return RefusalReason.ORDER_CAP;
        }
        int entries = 0;
        long total = notional;
        for (int i = 0; i < store.unfinished(); i++) {
            int slot = store.at(i);
            if (ClientOrderId.role(store.get(slot, OrderFields.KEY)) == ClientOrderId.ENTRY) {
                entries++;
                total = sum(total, notionalOf(slot));
            }
        }
        if (entries >= limits.maxOpenEntries()) {
            return RefusalReason.OPEN_CAP;
        }
        for (int i = 0; i < instruments.usedCount(); i++) {
            int id = instruments.used(i);
            long lots = instruments.get(id, Instruments.LOTS);
            if (lots != 0) {
                long ticks = Math.max(instruments.entryTicks(id), instruments.get(id, Instruments.LAST_FILL_TICKS));
                total = sum(total, instruments.notionalE8(id, ticks, lots));
            }
        }
        return total > limits.maxTotalNotionalE8() ? RefusalReason.TOTAL_CAP : null;
    }

    private long notionalOf(int slot) {
        long ticks = Math.max(store.get(slot, OrderFields.PRICE_TICKS), store.get(slot, OrderFields.REF_TICKS));
        long lots = store.get(slot, OrderFields.QTY_LOTS) - store.get(slot, OrderFields.FILLED_LOTS);
        return instruments.notionalE8((int) store.get(slot, OrderFields.INSTRUMENT), ticks, Math.max(0, lots));
    }

    private static long sum(long first, long second) {
        long sum = first + second;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    private RefusalReason amend() {
        int slot = store.ofKey(intent.clientKey());
        if (slot == OrderStore.NONE) {
            return RefusalReason.UNKNOWN_ORDER;
        }
        boolean canAmend = store.state(slot).isOpen()
                && store.get(slot, OrderFields.TYPE) == OrderType.LIMIT.value()
                && store.get(slot, OrderFields.AMEND_COMMAND) == 0
                && !store.is(slot, OrderFields.CANCEL_WANTED);
        if (!canAmend) {
            return RefusalReason.WRONG_STATE;
        }
        boolean isEntry = ClientOrderId.role(intent.clientKey()) == ClientOrderId.ENTRY;
        if (isEntry && haltReasons != 0) {
            return RefusalReason.HALTED;
        }
        if (intent.priceTicks() <= 0) {
            return RefusalReason.BAD_PRICE;
        }
        if (intent.qtyLots() <= store.get(slot, OrderFields.FILLED_LOTS)) {
            return RefusalReason.BAD_QUANTITY;
        }
        if (!desk.wire.hasRoom()) {
            return RefusalReason.NO_ROOM;
        }
        OrderSettings.Limits limits = desk.settings.limits();
        int id = (int) store.get(slot, OrderFields.INSTRUMENT);
        if (isEntry
                && instruments.notionalE8(id, intent.priceTicks(), intent.qtyLots()) > limits.maxOrderNotionalE8()) {
            return RefusalReason.ORDER_CAP;
        }
        store.command(slot, OrderFields.AMEND_COMMAND, desk.wire.amend(slot, intent.priceTicks(), intent.qtyLots()));
        OrderSettings.Times times = desk.settings.times();
        store.timer(slot, OrderFields.ANSWER_AT, desk.nowNs + times.reduceMaxAgeNs() + times.answerNs());
        return null;
    }

    private RefusalReason cancel() {
        int slot = store.ofKey(intent.clientKey());
        if (slot == OrderStore.NONE) {
            return RefusalReason.UNKNOWN_ORDER;
        }
        if (!store.state(slot).isLive()) {
            return RefusalReason.WRONG_STATE;
        }
        desk.cancel(slot);
        return null;
    }
}
