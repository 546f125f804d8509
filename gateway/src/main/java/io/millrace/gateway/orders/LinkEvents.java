package io.millrace.gateway.orders;

import io.millrace.codecs.event.AccountSettingsEncoder;
import io.millrace.codecs.event.AuditDoneEncoder;
import io.millrace.codecs.event.BooleanType;
import io.millrace.codecs.event.CommandOutcomeCode;
import io.millrace.codecs.event.CommandOutcomeEncoder;
import io.millrace.codecs.event.LinkState;
import io.millrace.codecs.event.LinkStatusEncoder;
import io.millrace.codecs.event.MarginType;
import io.millrace.codecs.event.OutcomeReason;
import io.millrace.codecs.event.PrivateState;
import io.millrace.codecs.event.PrivateStatusEncoder;
import io.millrace.codecs.message.EventFlags;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.message.Producers;
import io.millrace.gateway.clock.IngressClock;
import io.millrace.gateway.control.ControlOutbox;
import io.millrace.gateway.limits.RateLedger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Encodes the order agent's own events and publishes them, in order with what the venue says. */
public final class LinkEvents {
    private static final int BODY = 8;
    private static final int LENGTH = 256;

    private final ControlOutbox outbox;
    private final IngressClock clock;
    private final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(LENGTH));
    private final CommandOutcomeEncoder outcome = new CommandOutcomeEncoder();
    private final LinkStatusEncoder link = new LinkStatusEncoder();
    private final PrivateStatusEncoder stream = new PrivateStatusEncoder();
    private final AuditDoneEncoder audit = new AuditDoneEncoder();
    private final AccountSettingsEncoder settings = new AccountSettingsEncoder();
    private long outcomes;
    private long orderToldNs;

    /**
     * Makes an encoder.
     *
     * @param outbox to publish through.
     * @param clock that stamps the events.
     */
    public LinkEvents(ControlOutbox outbox, IngressClock clock) {
        this.outbox = outbox;
        this.clock = clock;
    }

    /** Publishes an event that is encoded already. */
    public void publish(DirectBuffer event, int length) {
        outbox.publish(event, 0, length);
    }

    /** The first byte of a command's request has been handed to the socket. */
    public void sent(Ticket ticket) {
        outcome(ticket, CommandOutcomeCode.SENT, OutcomeReason.NONE, 0, 0, 0);
    }

    /** A command was never sent, because its time was over. */
    public void expired(Ticket ticket) {
        outcome(ticket, CommandOutcomeCode.EXPIRED_UNSENT, OutcomeReason.TOO_OLD, 0, 0, 0);
    }

    /**
     * A command was never sent.
     *
     * @param ticket of it.
     * @param reason why not.
     * @param retryAtNs ingress time before which trying again is of no use, 0 if unknown.
     */
    public void refused(Ticket ticket, OutcomeReason reason, long retryAtNs) {
        outcome(ticket, CommandOutcomeCode.REFUSED, reason, retryAtNs, 0, 0);
    }

    /**
     * A command was sent and did not come to anything.
     *
     * @param ticket of it.
     * @param reason why not.
     * @param retryAtNs ingress time before which trying again is of no use, 0 if unknown.
     * @param venueCode the venue's error, 0 for none.
     * @param httpStatus of the answer, 0 for none.
     */
    public void failed(Ticket ticket, OutcomeReason reason, long retryAtNs, int venueCode, int httpStatus) {
        outcome(ticket, CommandOutcomeCode.FAILED, reason, retryAtNs, venueCode, httpStatus);
    }

    /** A command was sent, and nobody knows what the venue made of it. */
    public void unknown(Ticket ticket, OutcomeReason reason, int venueCode, int httpStatus) {
        outcome(ticket, CommandOutcomeCode.UNKNOWN, reason, 0, venueCode, httpStatus);
    }

    /** A command was answered, and no report tells it; the first error of a batch in {@code venueCode}. */
    public void answered(Ticket ticket, int venueCode) {
        outcome(ticket, CommandOutcomeCode.ANSWERED, OutcomeReason.NONE, 0, venueCode, 0);
    }

    /**
     * An order that the venue has changed was answered; the private stream has to tell of it, too.
     *
     * @param sentNs monotonic time at which the request left.
     */
    void orderTold(long sentNs) {
        orderToldNs = sentNs;
    }

    /** Returns the monotonic time at which the last request left that changed an order and was answered, 0 for none. */
    public long orderToldNs() {
        return orderToldNs;
    }

    /** Returns how many outcomes were published. */
    public long outcomes() {
        return outcomes;
    }

    private void outcome(
            Ticket ticket,
            CommandOutcomeCode code,
            OutcomeReason reason,
            long retryAtNs,
            int venueCode,
            int httpStatus) {
        outcomes++;
        header(CommandOutcomeEncoder.TEMPLATE_ID, CommandOutcomeEncoder.BLOCK_LENGTH, Producers.EGRESS);
        EventHeader.instrumentId(buffer, 0, ticket.instrumentId);
        outcome.wrap(buffer, BODY)
                .commandId(ticket.commandId)
                .retryAtNs(retryAtNs)
                .venueCode(venueCode)
                .httpStatus(httpStatus)
                .commandTemplateId(ticket.templateId)
                .outcome(code)
                .reason(reason);
        send(CommandOutcomeEncoder.BLOCK_LENGTH);
    }

    /** Publishes what the link can do, and how much is left of the limits. */
    void link(LinkState state, long untilNs, boolean isNear, RateLedger ledger, long venueNowMs) {
        header(LinkStatusEncoder.TEMPLATE_ID, LinkStatusEncoder.BLOCK_LENGTH, Producers.EGRESS);
        link.wrap(buffer, BODY)
                .untilNs(untilNs)
                .weightUsed(ledger.used(RateLedger.WEIGHT, venueNowMs))
                .weightLimit(ledger.limit(RateLedger.WEIGHT))
                .ordersUsed10s(ledger.used(RateLedger.ORDERS_10S, venueNowMs))
                .ordersLimit10s(ledger.limit(RateLedger.ORDERS_10S))
                .ordersUsed1m(ledger.used(RateLedger.ORDERS_1M, venueNowMs))
                .ordersLimit1m(ledger.limit(RateLedger.ORDERS_1M))
                .state(state)
                .nearLimit(isNear ? BooleanType.YES : BooleanType.NO);
        send(LinkStatusEncoder.BLOCK_LENGTH);
    }

    /**
     * Publishes what the account's stream is worth.
     *
     * @param state of it.
     * @param connections that deliver.
     */
    public void stream(PrivateState state, int connections) {
        header(PrivateStatusEncoder.TEMPLATE_ID, PrivateStatusEncoder.BLOCK_LENGTH, Producers.ACCOUNT);
        stream.wrap(buffer, BODY).connections(connections).state(state);
        send(PrivateStatusEncoder.BLOCK_LENGTH);
    }

    /**
     * Publishes that an audit is through.
     *
     * @param ticket of the command.
     * @param sentNs when the oldest of its answers was asked for.
     * @param rows that were published.
     * @param kinds bits of AuditSet.
     */
    public void auditDone(Ticket ticket, long sentNs, int rows, int kinds) {
        header(AuditDoneEncoder.TEMPLATE_ID, AuditDoneEncoder.BLOCK_LENGTH, Producers.REST);
        EventHeader.instrumentId(buffer, 0, ticket.instrumentId);
        audit.wrap(buffer, BODY).commandId(ticket.commandId).sentNs(sentNs).rows(rows);
        buffer.putShort(BODY + AuditDoneEncoder.kindsEncodingOffset(), (short) kinds, ByteOrder.LITTLE_ENDIAN);
        send(AuditDoneEncoder.BLOCK_LENGTH);
    }

    /**
     * Leverage and margin type of a contract.
     *
     * @param instrumentId of the contract.
     * @param leverage 0 if not told.
     * @param marginType UNKNOWN if not told.
     * @param maxNotionalE8 0 if not told.
     * @param ingressNs when it was told.
     */
    public record ContractSettings(
            int instrumentId, int leverage, MarginType marginType, long maxNotionalE8, long ingressNs) {}

    /**
     * Publishes the settings of a contract.
     *
     * @param commandId that they answer, 0 for none.
     * @param told the settings.
     */
    public void contract(long commandId, ContractSettings told) {
        header(AccountSettingsEncoder.TEMPLATE_ID, AccountSettingsEncoder.BLOCK_LENGTH, Producers.REST);
        EventHeader.instrumentId(buffer, 0, told.instrumentId());
        EventHeader.ingressNs(buffer, 0, told.ingressNs());
        settings.wrap(buffer, BODY)
                .commandId(commandId)
                .maxNotionalE8(told.maxNotionalE8())
                .leverage(told.leverage())
                .marginType(told.marginType())
                .hedgeMode(BooleanType.NULL_VAL)
                .multiAssets(BooleanType.NULL_VAL)
                .canTrade(BooleanType.NULL_VAL)
                .canWithdraw(BooleanType.NULL_VAL);
        send(AccountSettingsEncoder.BLOCK_LENGTH);
    }

    private void header(int templateId, int blockLength, int producer) {
        EventHeader.putFrame(
                buffer, 0, blockLength, templateId, LinkStatusEncoder.SCHEMA_ID, LinkStatusEncoder.SCHEMA_VERSION);
        EventHeader.flags(buffer, 0, EventFlags.WHOLE);
        EventHeader.producer(buffer, 0, producer);
        EventHeader.instrumentId(buffer, 0, EventHeader.NO_INSTRUMENT);
        EventHeader.gridVersion(buffer, 0, 0);
        EventHeader.connectionId(buffer, 0, 0);
        EventHeader.eventTimeMs(buffer, 0, 0);
        EventHeader.transactTimeMs(buffer, 0, 0);
        EventHeader.ingressNs(buffer, 0, clock.nowNs());
    }

    private void send(int bodyLength) {
        EventHeader.length(buffer, 0, BODY + bodyLength);
        outbox.publish(buffer, 0, BODY + bodyLength);
    }
}
