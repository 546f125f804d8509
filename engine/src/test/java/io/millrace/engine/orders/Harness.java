package io.millrace.engine.orders;

import io.millrace.codecs.event.AccountReason;
import io.millrace.codecs.event.AccountReportEncoder;
import io.millrace.codecs.event.AlgoReportEncoder;
import io.millrace.codecs.event.AlgoStatus;
import io.millrace.codecs.event.AuditDoneEncoder;
import io.millrace.codecs.event.BooleanType;
import io.millrace.codecs.event.ClockTickEncoder;
import io.millrace.codecs.event.CommandOutcomeCode;
import io.millrace.codecs.event.CommandOutcomeEncoder;
import io.millrace.codecs.event.ContractType;
import io.millrace.codecs.event.ExecutionType;
import io.millrace.codecs.event.FillNoticeEncoder;
import io.millrace.codecs.event.InstrumentDefinitionEncoder;
import io.millrace.codecs.event.InstrumentStatus;
import io.millrace.codecs.event.IntentAction;
import io.millrace.codecs.event.LinkState;
import io.millrace.codecs.event.LinkStatusEncoder;
import io.millrace.codecs.event.MarginType;
import io.millrace.codecs.event.MessageHeaderEncoder;
import io.millrace.codecs.event.OperatorAction;
import io.millrace.codecs.event.OperatorCommandEncoder;
import io.millrace.codecs.event.OrderIntentEncoder;
import io.millrace.codecs.event.OrderReportEncoder;
import io.millrace.codecs.event.OrderType;
import io.millrace.codecs.event.OutcomeReason;
import io.millrace.codecs.event.PrivateState;
import io.millrace.codecs.event.PrivateStatusEncoder;
import io.millrace.codecs.event.ReportSource;
import io.millrace.codecs.event.RunStartedEncoder;
import io.millrace.codecs.event.Side;
import io.millrace.codecs.event.TimeInForce;
import io.millrace.codecs.event.VenueStatus;
import io.millrace.codecs.event.WorkingType;
import io.millrace.codecs.message.EventFlags;
import io.millrace.codecs.message.EventHeader;
import io.millrace.engine.pipeline.SlotContext;
import io.millrace.engine.pipeline.StageIds;
import io.millrace.engine.pipeline.StageRegions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.agrona.BitUtil;
import org.agrona.concurrent.UnsafeBuffer;

/** Drives a risk stage without a ring and collects what it says. */
final class Harness {
    static final long MS = 1_000_000L;
    static final long START_NS = 1_700_000_000_000_000_000L;
    static final long USDT = asset("USDT");
    private static final int SLOTS = 16;
    private static final int INTENTS_LENGTH = 1024;
    final RiskStage stage;
    final List<byte[]> records = new ArrayList<>();
    final Deque<byte[]> commands = new ArrayDeque<>();
    final List<byte[]> events = new ArrayList<>();
    final List<byte[]> intentsOf = new ArrayList<>();
    final List<Long> digests = new ArrayList<>();
    private final StageRegions[] regions;
    private final SlotContext[] slots = new SlotContext[StageIds.COUNT];
    final UnsafeBuffer event = new UnsafeBuffer(new byte[4096]);
    final MessageHeaderEncoder frame = new MessageHeaderEncoder();
    private final List<byte[]> intents = new ArrayList<>();
    long nowNs = START_NS;
    int gridVersion = 1;
    long sequence;
    boolean isCollecting = true;

    Harness(OrderSettings settings) {
        stage = new RiskStage(settings);
        regions = new StageRegions[] {
            new StageRegions(SLOTS, 0, 0),
            new StageRegions(SLOTS, 0, INTENTS_LENGTH),
            new StageRegions(SLOTS, stage.viewLength(), stage.commandsLength())
        };
        for (int id = 0; id < StageIds.COUNT; id++) {
            slots[id] = new SlotContext(id, regions[id], regions);
        }
    }

    static long asset(String name) {
        long value = 0;
        for (int i = name.length() - 1; i >= 0; i--) {
            value = value << 8 | name.charAt(i);
        }
        return value;
    }

    /** Applies the event in the buffer. */
    void apply(int length, int instrumentId) {
        EventHeader.length(event, 0, length);
        EventHeader.flags(event, 0, EventFlags.WHOLE);
        EventHeader.producer(event, 0, 1);
        EventHeader.instrumentId(event, 0, instrumentId);
        EventHeader.gridVersion(event, 0, gridVersion);
        EventHeader.connectionId(event, 0, 0);
        EventHeader.eventTimeMs(event, 0, nowNs / MS);
        EventHeader.transactTimeMs(event, 0, nowNs / MS);
        EventHeader.ingressNs(event, 0, nowNs);
        move(event, length);
        slots[StageIds.BOOK].engineNs(nowNs);
        putIntents();
        if (isCollecting) {
            byte[] copy = new byte[length];
            event.getBytes(0, copy);
            events.add(copy);
        }
        stage.onEvent(slots[StageIds.RISK]);
        collect();
    }

    /**
     * Applies an event that was applied before, with the intents it had then.
     *
     * @param isTried whether the stage sees it.
     * @param isSkipped whether it is left out, if it was tried because the stage threw.
     */
    void replay(byte[] message, byte[] intentBytes, boolean isTried, boolean isSkipped) {
        event.putBytes(0, message);
        nowNs = EventHeader.ingressNs(event, 0);
        move(event, message.length);
        slots[StageIds.BOOK].engineNs(nowNs);
        if (intentBytes.length > 0) {
            SlotContext strategy = slots[StageIds.STRATEGY];
            int at = strategy.claimRecord(intentBytes.length);
            strategy.regionBuffer().putBytes(at, intentBytes);
        }
        if (isTried) {
            stage.onEvent(slots[StageIds.RISK]);
        }
        if (isSkipped) {
            slots[StageIds.RISK].clearRegion();
            stage.onSkip(slots[StageIds.RISK]);
        }
        collect();
    }

    private void move(UnsafeBuffer buffer, int length) {
        for (SlotContext slot : slots) {
            slot.moveTo(sequence, sequence, buffer, 0, length);
        }
        sequence++;
    }

    private void putIntents() {
        SlotContext strategy = slots[StageIds.STRATEGY];
        int total = 0;
        for (byte[] intent : intents) {
            int at = strategy.claimRecord(BitUtil.align(intent.length, 8));
            strategy.regionBuffer().putBytes(at, intent);
            total += BitUtil.align(intent.length, 8);
        }
        if (isCollecting) {
            byte[] all = new byte[total];
            regions[StageIds.STRATEGY]
                    .buffer()
                    .getBytes(
                            regions[StageIds.STRATEGY].commandsOffset(
                                    regions[StageIds.STRATEGY].offsetOf(sequence - 1)),
                            all);
            intentsOf.add(all);
        }
        intents.clear();
    }

    private void collect() {
        int region = regions[StageIds.RISK].offsetOf(sequence - 1);
        UnsafeBuffer buffer = regions[StageIds.RISK].buffer();
        if (!isCollecting) {
            return;
        }
        digests.add(buffer.getLong(region + StageRegions.DIGEST_OFFSET));
        int at = regions[StageIds.RISK].commandsOffset(region);
        int end = at + buffer.getInt(region + StageRegions.COMMANDS_LENGTH_OFFSET);
        while (at < end) {
            int length = EventHeader.length(buffer, at);
            byte[] copy = new byte[length];
            buffer.getBytes(at, copy);
            if (EventHeader.templateId(buffer, at) < 80) {
                commands.add(copy);
            }
            records.add(copy);
            at += BitUtil.align(length, 8);
        }
    }

    void pass(long ms) {
        long untilNs = nowNs + ms * MS;
        while (nowNs < untilNs) {
            nowNs = Math.min(untilNs, nowNs + 10 * MS);
            tick();
        }
    }

    void tick() {
        ClockTickEncoder tick = new ClockTickEncoder();
        tick.wrapAndApplyHeader(event, 0, frame).tick(1);
        apply(tick.limit(), EventHeader.NO_INSTRUMENT);
    }

    void runStarted(long epoch) {
        RunStartedEncoder started = new RunStartedEncoder();
        started.wrapAndApplyHeader(event, 0, frame)
                .runEpoch(epoch)
                .lastInputSequence(-1)
                .lastOutputIndex(-1)
                .build("")
                .configuration("");
        apply(started.limit(), EventHeader.NO_INSTRUMENT);
    }

    void define(int id, String symbol) {
        define(id, symbol, -1, -3);
    }

    void define(int id, String symbol, int tickExponent, int lotExponent) {
        InstrumentDefinitionEncoder definition = new InstrumentDefinitionEncoder();
        definition
                .wrapAndApplyHeader(event, 0, frame)
                .tickMantissa(1)
                .tickExponent((byte) tickExponent)
                .lotMantissa(1)
                .lotExponent((byte) lotExponent)
                .minQtyLots(1)
                .maxQtyLots(100_000)
                .marketMaxQtyLots(50_000)
                .priority(0)
                .contractType(ContractType.PERPETUAL)
                .status(InstrumentStatus.TRADING)
                .symbol(symbol);
        apply(definition.limit(), id);
    }

    void privateStatus(PrivateState state) {
        PrivateStatusEncoder status = new PrivateStatusEncoder();
        status.wrapAndApplyHeader(event, 0, frame).connections(1).state(state);
        apply(status.limit(), EventHeader.NO_INSTRUMENT);
    }

    void link(LinkState state) {
        LinkStatusEncoder link = new LinkStatusEncoder();
        link.wrapAndApplyHeader(event, 0, frame)
                .untilNs(0)
                .weightUsed(0)
                .weightLimit(2400)
                .ordersUsed10s(0)
                .ordersLimit10s(300)
                .ordersUsed1m(0)
                .ordersLimit1m(1200)
                .state(state)
                .nearLimit(BooleanType.NO);
        apply(link.limit(), EventHeader.NO_INSTRUMENT);
    }

    void operator(OperatorAction action) {
        OperatorCommandEncoder operator = new OperatorCommandEncoder();
        operator.wrapAndApplyHeader(event, 0, frame)
                .targetSequence(-1)
                .action(action)
                .stage((short) 255)
                .reason("");
        apply(operator.limit(), EventHeader.NO_INSTRUMENT);
    }

    void outcome(byte[] command, CommandOutcomeCode code, OutcomeReason reason, int venueCode) {
        UnsafeBuffer from = new UnsafeBuffer(command);
        CommandOutcomeEncoder outcome = new CommandOutcomeEncoder();
        outcome.wrapAndApplyHeader(event, 0, frame)
                .commandId(from.getLong(48))
                .retryAtNs(0)
                .venueCode(venueCode)
                .httpStatus(venueCode == 0 ? 0 : 400)
                .commandTemplateId(EventHeader.templateId(from, 0))
                .outcome(code)
                .reason(reason);
        apply(outcome.limit(), EventHeader.instrumentId(from, 0));
    }

    void auditDone(byte[] command, long sentNs) {
        AuditDoneEncoder done = new AuditDoneEncoder();
        done.wrapAndApplyHeader(event, 0, frame)
                .commandId(new UnsafeBuffer(command).getLong(48))
                .sentNs(sentNs)
                .rows(0);
        done.kinds().clear();
        apply(done.limit(), EventHeader.NO_INSTRUMENT);
    }

    /** An ordinary order as a venue tells it. */
    static final class Order {
        long commandId;
        long venueId;
        long key;
        long price;
        long qty;
        long filled;
        long lastTicks;
        long lastLots;
        long tradeId;
        long feeE8;
        long realizedE8;
        int tag;
        VenueStatus status = VenueStatus.NEW;
        Side side = Side.BUY;
        OrderType type = OrderType.LIMIT;
        boolean isReduceOnly;
        ReportSource source = ReportSource.STREAM;
    }

    void report(int id, Order o) {
        OrderReportEncoder report = new OrderReportEncoder();
        report.wrapAndApplyHeader(event, 0, frame)
                .commandId(o.commandId)
                .venueOrderId(o.venueId)
                .clientKey(o.key)
                .priceTicks(o.price)
                .qtyLots(o.qty)
                .filledLots(o.filled)
                .lastTicks(o.lastTicks)
                .lastLots(o.lastLots)
                .tradeId(o.tradeId)
                .feeE8(o.feeE8)
                .feeAsset(o.tradeId == 0 ? 0 : USDT)
                .realizedE8(o.realizedE8)
                .clientTag(o.tag)
                .execution(o.tradeId == 0 ? ExecutionType.NONE : ExecutionType.TRADE)
                .status(o.status)
                .side(o.side)
                .orderType(o.type)
                .originalType(o.type)
                .timeInForce(TimeInForce.GTC)
                .maker(BooleanType.NO)
                .reduceOnly(o.isReduceOnly ? BooleanType.YES : BooleanType.NO)
                .closePosition(BooleanType.NO)
                .expiryReason((short) 0)
                .source(o.source)
                .averagePrice()
                .mantissa(0)
                .exponent((byte) 0);
        report.clientText(o.tag == 0 ? "web_x" : "");
        apply(report.limit(), id);
    }

    void notice(int id, Order o, ReportSource source) {
        FillNoticeEncoder notice = new FillNoticeEncoder();
        boolean isLite = source == ReportSource.STREAM;
        notice.wrapAndApplyHeader(event, 0, frame)
                .commandId(o.commandId)
                .venueOrderId(o.venueId)
                .clientKey(isLite ? o.key : 0)
                .lastTicks(o.lastTicks)
                .lastLots(o.lastLots)
                .tradeId(o.tradeId)
                .feeE8(isLite ? 0 : o.feeE8)
                .feeAsset(isLite ? 0 : USDT)
                .realizedE8(isLite ? 0 : o.realizedE8)
                .clientTag(isLite ? o.tag : 0)
                .side(o.side)
                .maker(BooleanType.NO)
                .source(source);
        notice.clientText("");
        apply(notice.limit(), id);
    }

    /** A conditional order as a venue tells it. */
    static final class Algo {
        long commandId;
        long algoId;
        long childId;
        long key;
        long trigger;
        long qty;
        long filled;
        int tag;
        AlgoStatus status = AlgoStatus.NEW;
        Side side = Side.SELL;
        ReportSource source = ReportSource.STREAM;
    }

    void report(int id, Algo a) {
        AlgoReportEncoder report = new AlgoReportEncoder();
        report.wrapAndApplyHeader(event, 0, frame)
                .commandId(a.commandId)
                .venueAlgoId(a.algoId)
                .childOrderId(a.childId)
                .clientKey(a.key)
                .triggerTicks(a.trigger)
                .priceTicks(0)
                .qtyLots(a.qty)
                .filledLots(a.filled)
                .clientTag(a.tag)
                .status(a.status)
                .side(a.side)
                .orderType(OrderType.STOP_MARKET)
                .workingType(WorkingType.CONTRACT_PRICE)
                .reduceOnly(BooleanType.YES)
                .closePosition(BooleanType.NO)
                .activated(BooleanType.NO)
                .source(a.source)
                .averagePrice()
                .mantissa(0)
                .exponent((byte) 0);
        report.clientText("");
        report.reason("");
        apply(report.limit(), id);
    }

    /** Wallet of USDT and positions by instrument, as a stream's update or rows of an audit. */
    void account(long commandId, long walletE8, long changeE8, long[] positionLots) {
        AccountReportEncoder report = new AccountReportEncoder();
        report.wrapAndApplyHeader(event, 0, frame)
                .commandId(commandId)
                .reason(commandId == 0 ? AccountReason.ORDER : AccountReason.AUDIT);
        report.balancesCount(1)
                .next()
                .asset(USDT)
                .walletE8(walletE8)
                .crossWalletE8(walletE8)
                .changeE8(changeE8)
                .availableE8(walletE8);
        AccountReportEncoder.PositionsEncoder positions = report.positionsCount(positionLots.length);
        for (int i = 0; i < positionLots.length; i++) {
            positions
                    .next()
                    .positionLots(positionLots[i])
                    .realizedE8(0)
                    .unrealizedE8(0)
                    .isolatedWalletE8(0)
                    .entryPriceMantissa(10_000)
                    .liquidationPriceE8(0)
                    .instrumentId(i)
                    .gridVersion(1)
                    .entryPriceExponent((byte) -1)
                    .marginType(MarginType.CROSSED);
        }
        apply(report.limit(), EventHeader.NO_INSTRUMENT);
    }

    /** What a strategy wants with the next event. */
    static final class Intent {
        long key;
        int instrumentId;
        IntentAction action = IntentAction.PLACE;
        Side side = Side.BUY;
        OrderType type = OrderType.LIMIT;
        long price = 10_000;
        long trigger;
        long qty = 10;
        long ref = 10_000;
        long stop;
        long exitAfterNs;
        boolean isReduceOnly;
    }

    void want(Intent i) {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[256]);
        OrderIntentEncoder intent = new OrderIntentEncoder();
        intent.wrapAndApplyHeader(buffer, 0, frame)
                .clientKey(i.key)
                .sequence(sequence)
                .priceTicks(i.type == OrderType.MARKET ? 0 : i.price)
                .triggerTicks(i.trigger)
                .qtyLots(i.qty)
                .refTicks(i.ref)
                .stopTicks(i.stop)
                .exitAfterNs(i.exitAfterNs)
                .action(i.action)
                .side(i.side)
                .orderType(i.type)
                .timeInForce(i.type == OrderType.MARKET ? TimeInForce.NONE : TimeInForce.GTC)
                .reduceOnly(i.isReduceOnly ? BooleanType.YES : BooleanType.NO);
        EventHeader.length(buffer, 0, intent.limit());
        EventHeader.instrumentId(buffer, 0, i.instrumentId);
        byte[] bytes = new byte[intent.limit()];
        buffer.getBytes(0, bytes);
        intents.add(bytes);
    }

    OrdersReport.Order order(long key) {
        return stage.report().orders().stream()
                .filter(o -> o.clientKey() == key)
                .findFirst()
                .orElse(null);
    }

    OrderState state(long key) {
        OrdersReport.Order order = order(key);
        return order == null ? OrderState.NONE : order.state();
    }

    int count(int templateId) {
        int count = 0;
        for (byte[] record : records) {
            count += EventHeader.templateId(new UnsafeBuffer(record), 0) == templateId ? 1 : 0;
        }
        return count;
    }
}
