package io.millrace.gateway.orders;

import io.millrace.codecs.event.AmendOrderDecoder;
import io.millrace.codecs.event.ArmCountdownDecoder;
import io.millrace.codecs.event.AuditDecoder;
import io.millrace.codecs.event.CancelAlgoDecoder;
import io.millrace.codecs.event.CancelBatchDecoder;
import io.millrace.codecs.event.CancelOrderDecoder;
import io.millrace.codecs.event.ConfigureInstrumentDecoder;
import io.millrace.codecs.event.Lane;
import io.millrace.codecs.event.PlaceAlgoDecoder;
import io.millrace.codecs.event.PlaceOrderDecoder;
import io.millrace.codecs.event.QueryOrderDecoder;
import io.millrace.codecs.message.EventHeader;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** What has to be remembered of a command while it is under way. */
public final class Ticket {
    /** Request id of a ticket that is not in use. */
    static final long FREE = -1;

    private static final int BODY = 8;
    private static final int COMMAND_ID = BODY + PlaceOrderDecoder.commandIdEncodingOffset();
    private static final int DEADLINE = BODY + PlaceOrderDecoder.deadlineNsEncodingOffset();

    long requestId = FREE;
    long commandId;
    long deadlineNs;
    long sentAtMs;
    long timeoutAtNs;
    // For measuring: ingress time of what has happened so far.
    long takenNs;
    long encodedNs;
    long writtenNs;
    int templateId;
    int instrumentId;
    int weight;
    int orders;
    Lane lane;
    boolean isAlgo;
    boolean isHeld;
    ApiSession session;
    /** The venue's error and status at the first attempt, if this is the second; 0 at the first. */
    int firstCode;

    int firstStatus;
    private final UnsafeBuffer kept;
    private int keptLength;

    /** Makes a ticket that cannot keep its command. */
    public Ticket() {
        this(0);
    }

    /**
     * Makes a ticket.
     *
     * @param keptBytes longest command that it can keep.
     */
    Ticket(int keptBytes) {
        kept = new UnsafeBuffer(new byte[keptBytes]);
    }

    /**
     * Reads what all order commands have in common.
     *
     * @param buffer holds the command.
     * @param offset of it.
     * @return this.
     */
    public Ticket read(DirectBuffer buffer, int offset) {
        templateId = EventHeader.templateId(buffer, offset);
        instrumentId = EventHeader.instrumentId(buffer, offset);
        commandId = buffer.getLong(offset + COMMAND_ID, ByteOrder.LITTLE_ENDIAN);
        deadlineNs = buffer.getLong(offset + DEADLINE, ByteOrder.LITTLE_ENDIAN);
        int laneOffset = laneOffset(templateId);
        lane = laneOffset < 0 ? Lane.HISTORY : Lane.get(buffer.getByte(offset + BODY + laneOffset));
        isAlgo = isAlgo(buffer, offset);
        weight = weightOf(templateId);
        orders = isNewOrder(templateId) ? 1 : 0;
        isHeld = false;
        session = null;
        takenNs = 0;
        encodedNs = 0;
        writtenNs = 0;
        firstCode = 0;
        firstStatus = 0;
        keptLength = 0;
        return this;
    }

    /** Keeps the command itself, if it fits, in case that it has to go another way. */
    void keep(DirectBuffer buffer, int offset, int length) {
        keptLength = length <= kept.capacity() ? length : 0;
        kept.putBytes(0, buffer, offset, keptLength);
    }

    /** Returns the kept command. */
    DirectBuffer kept() {
        return kept;
    }

    /** Returns the length of the kept command, 0 if there is none. */
    int keptLength() {
        return keptLength;
    }

    /** Returns whether this is the second attempt: that the command was sent has been told. */
    boolean isSecond() {
        return firstStatus != 0;
    }

    /** Returns the command's id. */
    public long commandId() {
        return commandId;
    }

    /** Returns the contract that it concerns, -1 for none. */
    public int instrumentId() {
        return instrumentId;
    }

    /** Returns ingress time after which it must not be sent. */
    public long deadlineNs() {
        return deadlineNs;
    }

    /** Returns its lane. */
    public Lane lane() {
        return lane;
    }

    /** Returns whether the command's only effect is an answer: then a lost one is a failure and leaves nothing unknown. */
    boolean isQuery() {
        return templateId == QueryOrderDecoder.TEMPLATE_ID || templateId == AuditDecoder.TEMPLATE_ID;
    }

    /** Returns whether prices and quantities in the command are on the contract's grid. */
    boolean isOnGrid() {
        return isNewOrder(templateId);
    }

    /** Returns whether the WebSocket API has a request for it. */
    boolean isFast() {
        return switch (templateId) {
            case PlaceOrderDecoder.TEMPLATE_ID,
                    AmendOrderDecoder.TEMPLATE_ID,
                    CancelOrderDecoder.TEMPLATE_ID,
                    PlaceAlgoDecoder.TEMPLATE_ID,
                    CancelAlgoDecoder.TEMPLATE_ID -> true;
            case QueryOrderDecoder.TEMPLATE_ID -> !isAlgo;
            default -> false;
        };
    }

    private static boolean isAlgo(DirectBuffer buffer, int offset) {
        int templateId = EventHeader.templateId(buffer, offset);
        return templateId == PlaceAlgoDecoder.TEMPLATE_ID
                || templateId == CancelAlgoDecoder.TEMPLATE_ID
                || (templateId == QueryOrderDecoder.TEMPLATE_ID
                        && buffer.getByte(offset + BODY + QueryOrderDecoder.algoEncodingOffset()) == 1);
    }

    private static boolean isNewOrder(int templateId) {
        return templateId == PlaceOrderDecoder.TEMPLATE_ID
                || templateId == AmendOrderDecoder.TEMPLATE_ID
                || templateId == PlaceAlgoDecoder.TEMPLATE_ID;
    }

    private static int weightOf(int templateId) {
        if (isNewOrder(templateId)) {
            return 0;
        }
        return templateId == ArmCountdownDecoder.TEMPLATE_ID ? 10 : 1;
    }

    private static int laneOffset(int templateId) {
        return switch (templateId) {
            case PlaceOrderDecoder.TEMPLATE_ID -> PlaceOrderDecoder.laneEncodingOffset();
            case AmendOrderDecoder.TEMPLATE_ID -> AmendOrderDecoder.laneEncodingOffset();
            case CancelOrderDecoder.TEMPLATE_ID -> CancelOrderDecoder.laneEncodingOffset();
            case PlaceAlgoDecoder.TEMPLATE_ID -> PlaceAlgoDecoder.laneEncodingOffset();
            case CancelAlgoDecoder.TEMPLATE_ID -> CancelAlgoDecoder.laneEncodingOffset();
            case QueryOrderDecoder.TEMPLATE_ID -> QueryOrderDecoder.laneEncodingOffset();
            case AuditDecoder.TEMPLATE_ID -> AuditDecoder.laneEncodingOffset();
            case CancelBatchDecoder.TEMPLATE_ID -> CancelBatchDecoder.laneEncodingOffset();
            case ArmCountdownDecoder.TEMPLATE_ID -> ArmCountdownDecoder.laneEncodingOffset();
            case ConfigureInstrumentDecoder.TEMPLATE_ID -> ConfigureInstrumentDecoder.laneEncodingOffset();
            default -> -1;
        };
    }
}
