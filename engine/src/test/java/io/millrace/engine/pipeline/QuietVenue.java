package io.millrace.engine.pipeline;

import io.millrace.codecs.event.AccountReason;
import io.millrace.codecs.event.AccountReportEncoder;
import io.millrace.codecs.event.AlgoReportEncoder;
import io.millrace.codecs.event.AlgoStatus;
import io.millrace.codecs.event.ArmCountdownDecoder;
import io.millrace.codecs.event.AuditDecoder;
import io.millrace.codecs.event.AuditDoneEncoder;
import io.millrace.codecs.event.BooleanType;
import io.millrace.codecs.event.CancelAlgoDecoder;
import io.millrace.codecs.event.CommandOutcomeCode;
import io.millrace.codecs.event.CommandOutcomeEncoder;
import io.millrace.codecs.event.ExecutionType;
import io.millrace.codecs.event.MarginType;
import io.millrace.codecs.event.MessageHeaderDecoder;
import io.millrace.codecs.event.MessageHeaderEncoder;
import io.millrace.codecs.event.OrderReportEncoder;
import io.millrace.codecs.event.OrderType;
import io.millrace.codecs.event.OutcomeReason;
import io.millrace.codecs.event.PlaceAlgoDecoder;
import io.millrace.codecs.event.PlaceOrderDecoder;
import io.millrace.codecs.event.PrivateState;
import io.millrace.codecs.event.PrivateStatusEncoder;
import io.millrace.codecs.event.ReportSource;
import io.millrace.codecs.event.Side;
import io.millrace.codecs.event.TimeInForce;
import io.millrace.codecs.event.VenueStatus;
import io.millrace.codecs.event.WorkingType;
import io.millrace.codecs.message.EventFlags;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.message.Producers;
import io.millrace.codecs.port.Inlet;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Takes commands and does what they say at once: fills every order whole, keeps every stop. Allocates nothing. */
final class QuietVenue implements Inlet {
    private static final int MAX_ALGOS = 64;
    private static final int MAX_INSTRUMENTS = 8;
    private static final long MARKET_TICKS = 100;
    private static final long WALLET_E8 = 1_000_000_000_000L;

    private final UnsafeBuffer queue = new UnsafeBuffer(new byte[1 << 16]);
    private final MessageHeaderEncoder frame = new MessageHeaderEncoder();
    private final MessageHeaderDecoder in = new MessageHeaderDecoder();
    private final PlaceOrderDecoder place = new PlaceOrderDecoder();
    private final PlaceAlgoDecoder placeAlgo = new PlaceAlgoDecoder();
    private final CancelAlgoDecoder cancelAlgo = new CancelAlgoDecoder();
    private final AuditDecoder audit = new AuditDecoder();
    private final CommandOutcomeEncoder outcome = new CommandOutcomeEncoder();
    private final OrderReportEncoder order = new OrderReportEncoder();
    private final AlgoReportEncoder algo = new AlgoReportEncoder();
    private final AccountReportEncoder account = new AccountReportEncoder();
    private final AuditDoneEncoder done = new AuditDoneEncoder();
    private final PrivateStatusEncoder status = new PrivateStatusEncoder();
    private final long[] algoIds = new long[MAX_ALGOS];
    private final long[] algoKeys = new long[MAX_ALGOS];
    private final long[] algoLots = new long[MAX_ALGOS];
    private final int[] algoInstruments = new int[MAX_ALGOS];
    final long[] positions = new long[MAX_INSTRUMENTS];
    private int head;
    private int tail;
    private int clientTag;
    private long nextId = 1;
    long orders;
    long stops;

    void up() {
        status.wrapAndApplyHeader(queue, tail, frame).connections(1).state(PrivateState.UP);
        finish(status.limit(), EventHeader.NO_INSTRUMENT);
    }

    /** Offers what is to be told; returns whether all of it was taken. */
    boolean pump(Inlet inlet, long nowNs) {
        while (head < tail) {
            int length = EventHeader.length(queue, head);
            EventHeader.ingressNs(queue, head, nowNs);
            if (inlet.offer(queue, head, length) < 0) {
                return false;
            }
            head += length;
        }
        head = 0;
        tail = 0;
        return true;
    }

    /** Returns the stops that it has. */
    int openStops() {
        int count = 0;
        for (long id : algoIds) {
            count += id != 0 ? 1 : 0;
        }
        return count;
    }

    private void finish(int limit, int instrumentId) {
        int length = limit - tail;
        EventHeader.length(queue, tail, length);
        EventHeader.flags(queue, tail, EventFlags.WHOLE);
        EventHeader.producer(queue, tail, Producers.ACCOUNT);
        EventHeader.instrumentId(queue, tail, instrumentId);
        EventHeader.gridVersion(queue, tail, 0);
        EventHeader.connectionId(queue, tail, 0);
        EventHeader.eventTimeMs(queue, tail, 0);
        EventHeader.transactTimeMs(queue, tail, nextId);
        tail = limit;
    }

    @Override
    public int offer(DirectBuffer buffer, int offset, int length) {
        long commandId = buffer.getLong(offset + EgressAgent.COMMAND_ID_OFFSET);
        int template = EventHeader.templateId(buffer, offset);
        int id = EventHeader.instrumentId(buffer, offset);
        tell(commandId, template, id, CommandOutcomeCode.SENT, OutcomeReason.NONE);
        switch (template) {
            case PlaceOrderDecoder.TEMPLATE_ID -> fill(buffer, offset, id);
            case PlaceAlgoDecoder.TEMPLATE_ID -> keep(buffer, offset, id);
            case CancelAlgoDecoder.TEMPLATE_ID -> drop(buffer, offset, id);
            case AuditDecoder.TEMPLATE_ID -> list(buffer, offset);
            case ArmCountdownDecoder.TEMPLATE_ID ->
                tell(commandId, template, id, CommandOutcomeCode.ANSWERED, OutcomeReason.NONE);
            default -> tell(commandId, template, id, CommandOutcomeCode.FAILED, OutcomeReason.NOT_FOUND);
        }
        return Inlet.ACCEPTED;
    }

    @Override
    public String toString() {
        return "orders " + orders + ", stops " + stops;
    }

    private void tell(long commandId, int template, int id, CommandOutcomeCode code, OutcomeReason reason) {
        outcome.wrapAndApplyHeader(queue, tail, frame)
                .commandId(commandId)
                .retryAtNs(0)
                .venueCode(0)
                .httpStatus(0)
                .commandTemplateId(template)
                .outcome(code)
                .reason(reason);
        finish(outcome.limit(), id);
    }

    private void fill(DirectBuffer buffer, int offset, int id) {
        place.wrapAndApplyHeader(buffer, offset, in);
        clientTag = place.clientTag();
        long lots = place.qtyLots();
        positions[id] += place.side() == Side.BUY ? lots : -lots;
        orders++;
        nextId++;
        report(id, place.commandId(), 0);
        report(id, 0, lots);
    }

    private void report(int id, long commandId, long lots) {
        boolean isFill = lots > 0;
        order.wrapAndApplyHeader(queue, tail, frame)
                .commandId(commandId)
                .venueOrderId(nextId)
                .clientKey(place.clientKey())
                .priceTicks(place.priceTicks())
                .qtyLots(place.qtyLots())
                .filledLots(lots)
                .lastTicks(isFill ? Math.max(place.priceTicks(), MARKET_TICKS) : 0)
                .lastLots(lots)
                .tradeId(isFill ? nextId : 0)
                .feeE8(0)
                .feeAsset(0)
                .realizedE8(0)
                .clientTag(clientTag)
                .execution(isFill ? ExecutionType.TRADE : ExecutionType.NONE)
                .status(isFill ? VenueStatus.FILLED : VenueStatus.NEW)
                .side(place.side())
                .orderType(place.orderType())
                .originalType(place.orderType())
                .timeInForce(TimeInForce.GTC)
                .maker(BooleanType.NO)
                .reduceOnly(place.reduceOnly())
                .closePosition(BooleanType.NO)
                .expiryReason((short) 0)
                .source(isFill ? ReportSource.STREAM : ReportSource.ANSWER);
        order.averagePrice().mantissa(0).exponent((byte) 0);
        order.putClientText(algoBytes, 0, 0);
        finish(order.limit(), id);
    }

    private final byte[] algoBytes = new byte[0];

    private void keep(DirectBuffer buffer, int offset, int id) {
        placeAlgo.wrapAndApplyHeader(buffer, offset, in);
        int at = 0;
        while (algoIds[at] != 0) {
            at++;
        }
        nextId++;
        stops++;
        algoIds[at] = nextId;
        algoKeys[at] = placeAlgo.clientKey();
        algoLots[at] = placeAlgo.side() == Side.BUY ? placeAlgo.qtyLots() : -placeAlgo.qtyLots();
        algoInstruments[at] = id;
        report(at, placeAlgo.commandId(), AlgoStatus.NEW, ReportSource.ANSWER);
    }

    private void drop(DirectBuffer buffer, int offset, int id) {
        cancelAlgo.wrapAndApplyHeader(buffer, offset, in);
        for (int at = 0; at < MAX_ALGOS; at++) {
            if (algoIds[at] == cancelAlgo.venueAlgoId() && algoInstruments[at] == id) {
                report(at, cancelAlgo.commandId(), AlgoStatus.CANCELED, ReportSource.ANSWER);
                algoIds[at] = 0;
            }
        }
    }

    private void report(int at, long commandId, AlgoStatus algoStatus, ReportSource source) {
        algo.wrapAndApplyHeader(queue, tail, frame)
                .commandId(commandId)
                .venueAlgoId(algoIds[at])
                .childOrderId(0)
                .clientKey(algoKeys[at])
                .triggerTicks(1)
                .priceTicks(0)
                .qtyLots(Math.abs(algoLots[at]))
                .filledLots(0)
                .clientTag(clientTag)
                .status(algoStatus)
                .side(algoLots[at] > 0 ? Side.BUY : Side.SELL)
                .orderType(OrderType.STOP_MARKET)
                .workingType(WorkingType.CONTRACT_PRICE)
                .reduceOnly(BooleanType.YES)
                .closePosition(BooleanType.NO)
                .activated(BooleanType.NO)
                .source(source);
        algo.averagePrice().mantissa(0).exponent((byte) 0);
        algo.putClientText(algoBytes, 0, 0).putReason(algoBytes, 0, 0);
        finish(algo.limit(), algoInstruments[at]);
    }

    private void list(DirectBuffer buffer, int offset) {
        audit.wrapAndApplyHeader(buffer, offset, in);
        if (!audit.kinds().trades()) {
            for (int at = 0; at < MAX_ALGOS; at++) {
                if (algoIds[at] != 0) {
                    report(at, audit.commandId(), AlgoStatus.NEW, ReportSource.AUDIT);
                }
            }
            account.wrapAndApplyHeader(queue, tail, frame)
                    .commandId(audit.commandId())
                    .reason(AccountReason.AUDIT);
            account.balancesCount(1)
                    .next()
                    .asset('U')
                    .walletE8(WALLET_E8)
                    .crossWalletE8(WALLET_E8)
                    .changeE8(0)
                    .availableE8(WALLET_E8);
            AccountReportEncoder.PositionsEncoder rows = account.positionsCount(MAX_INSTRUMENTS);
            for (int id = 0; id < MAX_INSTRUMENTS; id++) {
                rows.next()
                        .positionLots(positions[id])
                        .realizedE8(0)
                        .unrealizedE8(0)
                        .isolatedWalletE8(0)
                        .entryPriceMantissa(0)
                        .liquidationPriceE8(0)
                        .instrumentId(id)
                        .gridVersion(0)
                        .entryPriceExponent((byte) 0)
                        .marginType(MarginType.CROSSED);
            }
            finish(account.limit(), EventHeader.NO_INSTRUMENT);
        }
        done.wrapAndApplyHeader(queue, tail, frame)
                .commandId(audit.commandId())
                .sentNs(Long.MAX_VALUE)
                .rows(0)
                .kinds()
                .clear();
        finish(done.limit(), EventHeader.NO_INSTRUMENT);
    }
}
