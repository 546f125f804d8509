package io.millrace.gateway.orders;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.codecs.binance.AnswerDecoder;
import io.millrace.codecs.event.AmendOrderDecoder;
import io.millrace.codecs.event.ArmCountdownDecoder;
import io.millrace.codecs.event.CancelAlgoDecoder;
import io.millrace.codecs.event.CancelBatchDecoder;
import io.millrace.codecs.event.CancelOrderDecoder;
import io.millrace.codecs.event.ConfigureInstrumentDecoder;
import io.millrace.codecs.event.MarginType;
import io.millrace.codecs.event.OutcomeReason;
import io.millrace.codecs.event.PlaceAlgoDecoder;
import io.millrace.codecs.event.PlaceOrderDecoder;
import io.millrace.codecs.event.ReportSource;
import io.millrace.codecs.port.CommandStamps;
import io.millrace.codecs.value.InstrumentSpec;
import io.millrace.codecs.value.InstrumentTable;
import io.millrace.gateway.clock.IngressClock;
import io.millrace.gateway.keys.ApiKey;
import io.millrace.gateway.rest.RestAnswer;
import io.millrace.gateway.rest.RestRequest;
import io.millrace.gateway.rest.RestRequest.Method;
import io.millrace.gateway.rest.VenueRest;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The slow way: commands as signed REST requests. A request is written and signed when its connection is ready, so that its
 * time stamp is that of sending; until then its deadline can still stop it.
 *
 * <p><b>Thread:</b> the loop's. <b>Allocation:</b> per request.
 */
final class SlowPath {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int OK = 200;
    private static final int BAD_TIMESTAMP = -1021;
    private static final int MARGIN_TYPE_UNCHANGED = -4046;
    private static final int E8 = 8;

    private final VenueRest rest;
    private final ApiKey key;
    private final IngressClock clock;
    private final InstrumentTable table;
    private final AnswerDecoder answers;
    private final LinkEvents events;
    private final LinkCounters counters;
    private final Runnable onBadTimestamp;
    private final CommandStamps stamps;
    private final CommandText text;
    private final int recvWindowMs;

    SlowPath(OrderDesk.Parts parts, int recvWindowMs, Runnable onBadTimestamp) {
        this.rest = parts.rest();
        this.key = parts.key();
        this.clock = parts.sockets().clock();
        this.table = parts.table();
        this.answers = parts.answers();
        this.events = parts.events();
        this.counters = parts.counters();
        this.recvWindowMs = recvWindowMs;
        this.onBadTimestamp = onBadTimestamp;
        this.stamps = parts.stamps();
        this.text = new CommandText(recvWindowMs);
    }

    /** Returns whether a connection is free. */
    boolean hasCapacity() {
        return rest.hasCapacity();
    }

    /**
     * Sends a command if breaker and ledger allow it.
     *
     * @param buffer holds the command.
     * @param offset of it.
     * @param length of it.
     * @return 0 if it is on its way; else ingress time before which trying again is of no use, see {@link
     *     VenueRest#refusal()}.
     */
    long start(DirectBuffer buffer, int offset, int length) {
        byte[] copy = new byte[length];
        buffer.getBytes(offset, copy);
        UnsafeBuffer command = new UnsafeBuffer(copy);
        Ticket ticket = new Ticket().read(command, 0);
        ticket.takenNs = clock.nowNs();
        return switch (ticket.templateId) {
            case ArmCountdownDecoder.TEMPLATE_ID -> arm(ticket, command);
            case ConfigureInstrumentDecoder.TEMPLATE_ID -> configure(ticket, command);
            default -> order(ticket, command);
        };
    }

    /**
     * Sends a command that a session refused because it had lost its logon; that it was sent has been told already.
     *
     * @param first ticket of the first attempt, with the command that it kept.
     * @param code the venue's error then.
     * @param status then.
     * @return whether it is on its way.
     */
    boolean startAgain(Ticket first, int code, int status) {
        byte[] copy = new byte[first.keptLength()];
        first.kept().getBytes(0, copy);
        UnsafeBuffer command = new UnsafeBuffer(copy);
        Ticket ticket = new Ticket().read(command, 0);
        ticket.firstCode = code;
        ticket.firstStatus = status;
        return order(ticket, command) == 0;
    }

    private long order(Ticket ticket, DirectBuffer command) {
        InstrumentSpec spec = table.byId(ticket.instrumentId);
        String path = (ticket.isAlgo ? "/fapi/v1/algoOrder?" : "/fapi/v1/order?");
        return send(
                method(ticket.templateId),
                ticket,
                () -> (ticket.templateId == CancelBatchDecoder.TEMPLATE_ID ? "/fapi/v1/batchOrders?" : path)
                        + key.signed(text.query(command, spec, rest.venueNowMs())),
                answer -> onOrders(ticket, answer));
    }

    private static Method method(int templateId) {
        return switch (templateId) {
            case PlaceOrderDecoder.TEMPLATE_ID, PlaceAlgoDecoder.TEMPLATE_ID -> Method.POST;
            case AmendOrderDecoder.TEMPLATE_ID -> Method.PUT;
            case CancelOrderDecoder.TEMPLATE_ID, CancelAlgoDecoder.TEMPLATE_ID, CancelBatchDecoder.TEMPLATE_ID ->
                Method.DELETE;
            default -> Method.GET;
        };
    }

    private long arm(Ticket ticket, DirectBuffer command) {
        long countdownMs = CommandText.countdownMs(command);
        String query = "symbol=" + symbol(ticket) + "&countdownTime=" + countdownMs;
        return send(
                Method.POST,
                ticket,
                () -> "/fapi/v1/countdownCancelAll?" + sign(query),
                answer -> events.answered(ticket, 0));
    }

    private long configure(Ticket ticket, DirectBuffer command) {
        CommandText.Wish wish = CommandText.wish(command);
        if (wish.leverage() == 0) {
            return setMarginType(ticket, wish, 0, 0, false);
        }
        String query = "symbol=" + symbol(ticket) + "&leverage=" + wish.leverage();
        return send(Method.POST, ticket, () -> "/fapi/v1/leverage?" + sign(query), answer -> {
            JsonNode told = tree(answer.body());
            int leverage = told.path("leverage").asInt(0);
            long maxNotionalE8 = e8(told.path("maxNotionalValue").asText("0"));
            if (wish.marginType() == MarginType.UNKNOWN) {
                settings(ticket, leverage, MarginType.UNKNOWN, maxNotionalE8);
                return;
            }
            long retryAtNs = setMarginType(ticket, wish, leverage, maxNotionalE8, true);
            if (retryAtNs > 0) {
                events.failed(ticket, rest.refusal(), retryAtNs, 0, 0);
            }
        });
    }

    private long setMarginType(
            Ticket ticket, CommandText.Wish wish, int leverage, long maxNotionalE8, boolean isSecond) {
        String query = "symbol=" + symbol(ticket) + "&marginType=" + wish.marginType();
        Runnable onSent = isSecond ? () -> {} : () -> onSent(ticket);
        RestRequest request = new RestRequest(
                Method.POST, () -> "/fapi/v1/marginType?" + sign(query), key.name(), untilNs(ticket), onSent);
        return send(request, ticket, answer -> {
            // That there is nothing to change is what was wanted.
            boolean isUnchanged = VenueRest.venueCode(answer) == MARGIN_TYPE_UNCHANGED;
            if (answer.isOk() || isUnchanged) {
                settings(ticket, leverage, wish.marginType(), maxNotionalE8);
            } else {
                onFailure(ticket, answer);
            }
        });
    }

    private void settings(Ticket ticket, int leverage, MarginType marginType, long maxNotionalE8) {
        counters.increment(LinkCounters.ANSWERED);
        events.contract(
                ticket.commandId,
                new LinkEvents.ContractSettings(
                        ticket.instrumentId, leverage, marginType, maxNotionalE8, clock.nowNs()));
    }

    private long send(Method method, Ticket ticket, Supplier<String> target, Consumer<RestAnswer> onOk) {
        Supplier<String> stamped = () -> {
            String text = target.get();
            ticket.encodedNs = clock.nowNs();
            return text;
        };
        RestRequest request = new RestRequest(method, stamped, key.name(), untilNs(ticket), () -> onSent(ticket));
        return send(request, ticket, answer -> {
            if (answer.isOk()) {
                onOk.accept(answer);
            } else {
                onFailure(ticket, answer);
            }
            boolean isAnswered = answer.kind() == RestAnswer.Kind.ANSWERED;
            stamps.done(
                    ticket.commandId,
                    ticket.takenNs,
                    ticket.encodedNs,
                    ticket.writtenNs,
                    isAnswered ? answer.ingressNs() : 0);
        });
    }

    private long send(RestRequest request, Ticket ticket, Consumer<RestAnswer> onAnswer) {
        return rest.trySend(request, new VenueRest.Cost(ticket.lane, ticket.weight, ticket.orders), onAnswer);
    }

    private void onSent(Ticket ticket) {
        ticket.writtenNs = clock.nowNs();
        counters.increment(LinkCounters.SLOW);
        // REST has time limits of its own; what is kept here is when the request left.
        ticket.timeoutAtNs = clock.monotonicNs();
        if (!ticket.isSecond()) {
            events.sent(ticket);
        }
    }

    private long untilNs(Ticket ticket) {
        return ticket.deadlineNs - clock.offsetNs();
    }

    private String sign(String query) {
        return key.signed(query + "&recvWindow=" + recvWindowMs + "&timestamp=" + rest.venueNowMs());
    }

    private String symbol(Ticket ticket) {
        return URLEncoder.encode(table.byId(ticket.instrumentId).symbol(), StandardCharsets.UTF_8);
    }

    private void onOrders(Ticket ticket, RestAnswer answer) {
        UnsafeBuffer body = new UnsafeBuffer(answer.body());
        ReportSource source = ticket.isQuery() ? ReportSource.QUERY : ReportSource.ANSWER;
        InstrumentSpec spec = table.byId(ticket.instrumentId);
        boolean isBatch = ticket.templateId == CancelBatchDecoder.TEMPLATE_ID;
        boolean isRead = answers.readBody(body, 0, body.capacity(), answer.status(), answer.ingressNs());
        int firstCode = isRead ? answers.code() : 0;
        int orders = 0;
        while (isRead && answers.nextRow()) {
            if (answers.isErrorRow()) {
                firstCode = firstCode == 0 ? answers.code() : firstCode;
            } else {
                int length = answers.encode(ticket.commandId, source, spec);
                isRead = length > 0;
                if (isRead) {
                    orders++;
                    events.publish(answers.encoded(), length);
                }
            }
        }
        if (answers.hasFailed() || (!isBatch && orders == 0)) {
            counters.increment(LinkCounters.UNREADABLE);
            events.publish(answers.encoded(), answers.encodeError(body, 0, body.capacity()));
            lose(ticket, OutcomeReason.BAD_ANSWER, 0, OK);
            return;
        }
        counters.increment(LinkCounters.ANSWERED);
        if (!ticket.isQuery() && orders > 0) {
            events.orderTold(ticket.timeoutAtNs);
        }
        if (isBatch) {
            events.answered(ticket, firstCode);
        }
    }

    private void onFailure(Ticket ticket, RestAnswer answer) {
        boolean isUnsent = answer.kind() == RestAnswer.Kind.EXPIRED || answer.kind() == RestAnswer.Kind.CONNECT_FAILED;
        if (ticket.isSecond() && isUnsent) {
            // It was sent once, and that came to nothing.
            counters.increment(LinkCounters.FAILED);
            events.failed(ticket, OutcomeReason.VENUE_ERROR, 0, ticket.firstCode, ticket.firstStatus);
            return;
        }
        switch (answer.kind()) {
            case EXPIRED -> {
                counters.increment(LinkCounters.EXPIRED);
                events.expired(ticket);
            }
            case CONNECT_FAILED -> {
                counters.increment(LinkCounters.REFUSED);
                events.refused(ticket, OutcomeReason.LINK_DOWN, 0);
            }
            case TIMEOUT -> {
                counters.increment(LinkCounters.TIMEOUTS);
                lose(ticket, OutcomeReason.TIMEOUT, 0, 0);
            }
            case CONNECTION_LOST -> lose(ticket, OutcomeReason.CONNECTION_LOST, 0, 0);
            case ANSWERED -> onError(ticket, answer);
        }
    }

    private void onError(Ticket ticket, RestAnswer answer) {
        int code = VenueRest.venueCode(answer);
        int status = answer.status();
        if (code == BAD_TIMESTAMP) {
            onBadTimestamp.run();
        }
        if (!ticket.isQuery() && Verdict.isUnknown(status, code, () -> VenueRest.venueMessage(answer))) {
            lose(ticket, OutcomeReason.VENUE_ERROR, code, status);
            return;
        }
        counters.increment(LinkCounters.FAILED);
        long retryAtNs = Verdict.isLimited(status) ? rest.bannedUntilNs() : 0;
        events.failed(ticket, Verdict.reason(status, code, ticket.isQuery()), retryAtNs, code, status);
    }

    private void lose(Ticket ticket, OutcomeReason reason, int code, int status) {
        if (ticket.isQuery()) {
            counters.increment(LinkCounters.FAILED);
            events.failed(ticket, reason, 0, code, status);
        } else {
            counters.increment(LinkCounters.UNKNOWN);
            events.unknown(ticket, reason, code, status);
        }
    }

    private static long e8(String text) {
        try {
            return new BigDecimal(text).movePointRight(E8).longValue();
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static JsonNode tree(byte[] body) {
        try {
            JsonNode root = JSON.readTree(body);
            return root == null ? JSON.createObjectNode() : root;
        } catch (IOException e) {
            return JSON.createObjectNode();
        }
    }
}
