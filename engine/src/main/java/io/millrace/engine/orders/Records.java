package io.millrace.engine.orders;

import io.millrace.codecs.event.BooleanType;
import io.millrace.codecs.event.DifferenceAction;
import io.millrace.codecs.event.DifferenceEncoder;
import io.millrace.codecs.event.DifferenceKind;
import io.millrace.codecs.event.ErrorClass;
import io.millrace.codecs.event.IntentAction;
import io.millrace.codecs.event.IntentRefusedEncoder;
import io.millrace.codecs.event.MessageHeaderEncoder;
import io.millrace.codecs.event.OrderTransitionEncoder;
import io.millrace.codecs.event.ReconcileDoneEncoder;
import io.millrace.codecs.event.RefusalReason;
import io.millrace.codecs.event.TradingStatusEncoder;
import io.millrace.codecs.event.VenueAlarmEncoder;
import io.millrace.codecs.message.EventFlags;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.message.Producers;
import org.agrona.BitUtil;
import org.agrona.concurrent.UnsafeBuffer;

/** Writes what the output journal keeps beside commands. What finds no room is counted, never an error. */
final class Records {
    /** No record takes more bytes. */
    static final int MAX_LENGTH = 128;

    private static final int NO_ROOM = -1;

    private final Desk desk;
    private final MessageHeaderEncoder frame = new MessageHeaderEncoder();
    private final OrderTransitionEncoder transition = new OrderTransitionEncoder();
    private final IntentRefusedEncoder refused = new IntentRefusedEncoder();
    private final DifferenceEncoder difference = new DifferenceEncoder();
    private final ReconcileDoneEncoder done = new ReconcileDoneEncoder();
    private final VenueAlarmEncoder alarm = new VenueAlarmEncoder();
    private final TradingStatusEncoder status = new TradingStatusEncoder();

    // The difference that is being put together.
    private long ours;
    private long theirs;
    private long clientKey;
    private long venueId;
    private long asset;

    Records(Desk desk) {
        this.desk = desk;
    }

    static void putHeader(Desk desk, int at, int length, int instrumentId) {
        UnsafeBuffer buffer = desk.slot.regionBuffer();
        EventHeader.length(buffer, at, length);
        EventHeader.flags(buffer, at, EventFlags.WHOLE);
        EventHeader.producer(buffer, at, Producers.ENGINE);
        EventHeader.instrumentId(buffer, at, instrumentId);
        boolean isDefined = desk.instruments.isDefined(instrumentId);
        EventHeader.gridVersion(buffer, at, isDefined ? desk.instruments.gridVersion(instrumentId) : 0);
        EventHeader.connectionId(buffer, at, 0);
        EventHeader.eventTimeMs(buffer, at, 0);
        EventHeader.transactTimeMs(buffer, at, 0);
        EventHeader.ingressNs(buffer, at, desk.nowNs);
    }

    private int claim(int instrumentId, int blockLength) {
        int length = MessageHeaderEncoder.ENCODED_LENGTH + blockLength;
        int room = BitUtil.align(length, Long.BYTES);
        if (!desk.slot.hasRoomForRecord(room)) {
            desk.count(Desk.DROPPED_RECORDS);
            return NO_ROOM;
        }
        int at = desk.slot.claimRecord(room);
        putHeader(desk, at, length, instrumentId);
        return at;
    }

    private UnsafeBuffer buffer() {
        return desk.slot.regionBuffer();
    }

    void transition(int order, OrderState from, OrderState to, OrderCause cause, boolean isLegal) {
        int at = claim((int) desk.store.get(order, OrderFields.INSTRUMENT), OrderTransitionEncoder.BLOCK_LENGTH);
        if (at != NO_ROOM) {
            transition
                    .wrapAndApplyHeader(buffer(), at, frame)
                    .clientKey(desk.store.get(order, OrderFields.KEY))
                    .sequence(desk.slot.sequence())
                    .fromState((short) from.code())
                    .toState((short) to.code())
                    .cause((short) cause.code())
                    .legal(isLegal ? BooleanType.YES : BooleanType.NO);
        }
    }

    void refused(int instrumentId, long key, IntentAction action, RefusalReason reason, int haltReasons) {
        desk.count(Desk.REFUSED);
        int at = claim(instrumentId, IntentRefusedEncoder.BLOCK_LENGTH);
        if (at != NO_ROOM) {
            refused.wrapAndApplyHeader(buffer(), at, frame)
                    .clientKey(key)
                    .sequence(desk.slot.sequence())
                    .haltReasons(haltReasons)
                    .action(action)
                    .reason(reason);
        }
    }

    /** Begins a difference of quantities. */
    Records values(long oursNow, long theirsNow) {
        ours = oursNow;
        theirs = theirsNow;
        clientKey = 0;
        venueId = 0;
        asset = 0;
        return this;
    }

    /** The difference is an order's. */
    Records order(long key, long id) {
        clientKey = key;
        venueId = id;
        return this;
    }

    /** The difference is a wallet's. */
    Records wallet(long ofAsset) {
        asset = ofAsset;
        return this;
    }

    /** Writes the difference. */
    void difference(int instrumentId, long auditId, DifferenceKind kind, DifferenceAction action) {
        int at = claim(instrumentId, DifferenceEncoder.BLOCK_LENGTH);
        if (at != NO_ROOM) {
            difference
                    .wrapAndApplyHeader(buffer(), at, frame)
                    .commandId(auditId)
                    .sequence(desk.slot.sequence())
                    .clientKey(clientKey)
                    .venueId(venueId)
                    .ours(ours)
                    .theirs(theirs)
                    .asset(asset)
                    .kind(kind)
                    .action(action);
        }
    }

    void reconciled(long auditId, int round, int differences, boolean isClean, int openPositions) {
        int at = claim(EventHeader.NO_INSTRUMENT, ReconcileDoneEncoder.BLOCK_LENGTH);
        if (at != NO_ROOM) {
            done.wrapAndApplyHeader(buffer(), at, frame)
                    .commandId(auditId)
                    .sequence(desk.slot.sequence())
                    .round(round)
                    .differences(differences)
                    .openOrders(desk.store.unfinished())
                    .openPositions(openPositions)
                    .clean(isClean ? BooleanType.YES : BooleanType.NO);
        }
    }

    void alarm(long commandId, long key, int venueCode, int httpStatus, ErrorClass errorClass) {
        desk.count(Desk.ALARMS);
        int at = claim(EventHeader.NO_INSTRUMENT, VenueAlarmEncoder.BLOCK_LENGTH);
        if (at != NO_ROOM) {
            alarm.wrapAndApplyHeader(buffer(), at, frame)
                    .commandId(commandId)
                    .sequence(desk.slot.sequence())
                    .clientKey(key)
                    .venueCode(venueCode)
                    .httpStatus(httpStatus)
                    .errorClass(errorClass);
        }
    }

    void trading(int before, int after) {
        int at = claim(EventHeader.NO_INSTRUMENT, TradingStatusEncoder.BLOCK_LENGTH);
        if (at != NO_ROOM) {
            status.wrapAndApplyHeader(buffer(), at, frame)
                    .sequence(desk.slot.sequence())
                    .before(before)
                    .after(after);
        }
    }
}
