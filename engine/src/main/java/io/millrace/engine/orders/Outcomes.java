package io.millrace.engine.orders;

import io.millrace.codecs.event.CommandOutcomeCode;
import io.millrace.codecs.event.CommandOutcomeDecoder;
import io.millrace.codecs.event.ErrorClass;
import io.millrace.codecs.event.MessageHeaderDecoder;
import io.millrace.codecs.event.OutcomeReason;
import io.millrace.codecs.value.ClientOrderId;
import io.millrace.engine.risk.HaltReasons;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;

/** Takes what became of the engine's commands where no report says it. */
final class Outcomes {
    private static final long[] QUERY_PAUSES_NS = {
        TimeUnit.MILLISECONDS.toNanos(200),
        TimeUnit.MILLISECONDS.toNanos(500),
        TimeUnit.SECONDS.toNanos(1),
        TimeUnit.SECONDS.toNanos(2),
        TimeUnit.SECONDS.toNanos(5)
    };
    private static final int REDUCE_ONLY_REJECTED = -2022;
    private static final int FIRST_TEMPLATE = 64;

    private final Desk desk;
    private final OrderStore store;
    private final Reconciler reconciler;
    private final Countdowns countdowns;
    private final Setups setups;
    private final MessageHeaderDecoder frame = new MessageHeaderDecoder();
    private final CommandOutcomeDecoder outcome = new CommandOutcomeDecoder();

    Outcomes(Desk desk, Reconciler reconciler, Countdowns countdowns, Setups setups) {
        this.setups = setups;
        this.desk = desk;
        this.store = desk.store;
        this.reconciler = reconciler;
        this.countdowns = countdowns;
    }

    void onOutcome(DirectBuffer buffer, int offset) {
        outcome.wrapAndApplyHeader(buffer, offset, frame);
        if (outcome.commandTemplateId() < FIRST_TEMPLATE) {
            return;
        }
        long commandId = outcome.commandId();
        int slot = store.ofCommand(commandId);
        if (slot == OrderStore.NONE) {
            if (!reconciler.onOutcome(outcome) && !setups.onOutcome(outcome)) {
                countdowns.onOutcome(outcome);
            }
        } else if (commandId == store.get(slot, OrderFields.PLACE_COMMAND)) {
            onPlace(slot, outcome.outcome());
        } else if (outcome.outcome() == CommandOutcomeCode.SENT) {
            return;
        } else if (commandId == store.get(slot, OrderFields.CANCEL_COMMAND)) {
            onCancel(slot, outcome.outcome());
        } else if (commandId == store.get(slot, OrderFields.AMEND_COMMAND)) {
            onAmend(slot, outcome.outcome());
        } else {
            onQuery(slot, outcome.outcome());
        }
    }

    private void onPlace(int slot, CommandOutcomeCode code) {
        switch (code) {
            case SENT -> desk.move(slot, OrderCause.SENT);
            case ANSWERED -> desk.move(slot, OrderCause.ANSWERED);
            case UNKNOWN -> lost(slot, QUERY_PAUSES_NS[0]);
            case REFUSED, EXPIRED_UNSENT -> {
                if (!retry(slot)) {
                    failed(slot, OrderCause.UNSENT);
                }
            }
            case FAILED -> onPlaceFailed(slot);
            default -> {
                // An outcome that a later version tells: the answer will be overdue.
            }
        }
    }

    private void onPlaceFailed(int slot) {
        int venueCode = outcome.venueCode();
        ErrorClass errorClass = ErrorCodes.classOf(venueCode, outcome.httpStatus());
        store.set(slot, OrderFields.VENUE_CODE, venueCode);
        switch (errorClass) {
            case EXISTS, UNKNOWN -> lost(slot, 0);
            case TRANSIENT -> {
                if (!retry(slot)) {
                    failed(slot, OrderCause.REFUSED);
                }
            }
            default -> {
                classify(slot, errorClass);
                failed(slot, OrderCause.REFUSED);
            }
        }
    }

    /** Nobody knows what became of the order. */
    void lost(int slot, long pauseNs) {
        store.command(slot, OrderFields.PLACE_COMMAND, 0);
        store.timer(slot, OrderFields.ANSWER_AT, 0);
        store.timer(slot, OrderFields.RETRY_AT, 0);
        OrderSettings.Times times = desk.settings.times();
        store.set(slot, OrderFields.NOT_FOUND_FROM_NS, desk.nowNs + times.receiveWindowNs() + times.graceNs());
        store.set(slot, OrderFields.NOT_FOUND_COUNT, 0);
        store.set(slot, OrderFields.QUERY_ATTEMPTS, 0);
        desk.move(slot, OrderCause.LOST);
        if (store.state(slot) == OrderState.UNKNOWN) {
            desk.query(slot, pauseNs);
        }
    }

    /** Gives the place command out again, if that is safe and of use: it never reached the venue's book for certain. */
    private boolean retry(int slot) {
        OrderState state = store.state(slot);
        boolean isWaiting = state == OrderState.INTENT || state == OrderState.SENT;
        boolean isEntry = ClientOrderId.role(store.get(slot, OrderFields.KEY)) == ClientOrderId.ENTRY;
        long attempts = store.get(slot, OrderFields.PLACE_ATTEMPTS);
        if (isEntry
                || !isWaiting
                || store.is(slot, OrderFields.CANCEL_WANTED)
                || attempts >= desk.settings.attempts().reduce()) {
            return false;
        }
        store.command(slot, OrderFields.PLACE_COMMAND, 0);
        store.timer(slot, OrderFields.ANSWER_AT, 0);
        long pauseNs = desk.pauseNs(store.get(slot, OrderFields.KEY), (int) attempts - 1);
        store.timer(slot, OrderFields.RETRY_AT, Math.max(desk.nowNs + pauseNs, outcome.retryAtNs()));
        desk.move(slot, OrderCause.RETRIED);
        return true;
    }

    private void failed(int slot, OrderCause cause) {
        store.command(slot, OrderFields.PLACE_COMMAND, 0);
        store.timer(slot, OrderFields.ANSWER_AT, 0);
        desk.move(slot, cause);
        long key = store.get(slot, OrderFields.KEY);
        if (ClientOrderId.role(key) == ClientOrderId.ENTRY) {
            return;
        }
        int instrumentId = (int) store.get(slot, OrderFields.INSTRUMENT);
        int tries = (int) store.get(slot, OrderFields.PLACE_ATTEMPTS) - 1;
        if (cause == OrderCause.REFUSED) {
            desk.instruments.add(instrumentId, Instruments.PROTECT_FAILURES, 1);
            tries += (int) desk.instruments.get(instrumentId, Instruments.PROTECT_FAILURES) - 1;
        }
        // After the first failure at once; later not: what the venue refused just now it would refuse again.
        desk.protectAt(instrumentId, Math.max(1, desk.nowNs + (tries <= 0 ? 0 : desk.pauseNs(key, tries))));
    }

    private void classify(int slot, ErrorClass errorClass) {
        long key = store.get(slot, OrderFields.KEY);
        int code = outcome.venueCode();
        boolean isEntry = ClientOrderId.role(key) == ClientOrderId.ENTRY;
        if (code == ErrorCodes.POST_ONLY_REJECTED || code == ErrorCodes.NO_CHANGE) {
            return;
        }
        if (code == REDUCE_ONLY_REJECTED && !isEntry) {
            // The position is not what we think, or other orders reduce it already.
            reconciler.soon(0);
            return;
        }
        if (errorClass == ErrorClass.PERMISSION) {
            desk.reason(HaltReasons.PERMISSION, true);
        } else if (errorClass == ErrorClass.ACCOUNT && isEntry) {
            desk.reason(HaltReasons.REDUCE_ONLY, true);
        }
        desk.wire.records().alarm(outcome.commandId(), key, code, outcome.httpStatus(), errorClass);
    }

    private void onCancel(int slot, CommandOutcomeCode code) {
        store.command(slot, OrderFields.CANCEL_COMMAND, 0);
        store.timer(slot, OrderFields.CANCEL_AT, 0);
        if (!store.state(slot).isLive()) {
            return;
        }
        ErrorClass errorClass = code == CommandOutcomeCode.FAILED
                ? ErrorCodes.classOf(outcome.venueCode(), outcome.httpStatus())
                : ErrorClass.TRANSIENT;
        if (code == CommandOutcomeCode.UNKNOWN
                || code == CommandOutcomeCode.ANSWERED
                || errorClass == ErrorClass.GONE
                || errorClass == ErrorClass.UNKNOWN) {
            // The query's answer says whether it takes another cancel.
            desk.query(slot, code == CommandOutcomeCode.UNKNOWN ? QUERY_PAUSES_NS[0] : 0);
            return;
        }
        if (errorClass != ErrorClass.TRANSIENT) {
            classify(slot, errorClass);
            desk.query(slot, QUERY_PAUSES_NS[2]);
            return;
        }
        long attempts = store.get(slot, OrderFields.CANCEL_ATTEMPTS);
        if (attempts < desk.settings.attempts().cancel()) {
            long pauseNs = desk.pauseNs(store.get(slot, OrderFields.KEY), (int) attempts - 1);
            store.timer(slot, OrderFields.CANCEL_AT, Math.max(desk.nowNs + pauseNs, outcome.retryAtNs()));
        } else {
            long key = store.get(slot, OrderFields.KEY);
            desk.wire.records().alarm(outcome.commandId(), key, outcome.venueCode(), outcome.httpStatus(), errorClass);
        }
    }

    private void onAmend(int slot, CommandOutcomeCode code) {
        store.command(slot, OrderFields.AMEND_COMMAND, 0);
        store.timer(slot, OrderFields.ANSWER_AT, 0);
        if (!store.state(slot).isLive()) {
            return;
        }
        if (code == CommandOutcomeCode.FAILED) {
            ErrorClass errorClass = ErrorCodes.classOf(outcome.venueCode(), outcome.httpStatus());
            if (errorClass == ErrorClass.GONE || errorClass == ErrorClass.UNKNOWN) {
                desk.query(slot, 0);
            } else if (errorClass != ErrorClass.TRANSIENT) {
                classify(slot, errorClass);
            }
        } else if (code == CommandOutcomeCode.UNKNOWN) {
            desk.query(slot, QUERY_PAUSES_NS[0]);
        }
    }

    private void onQuery(int slot, CommandOutcomeCode code) {
        store.command(slot, OrderFields.QUERY_COMMAND, 0);
        store.timer(slot, OrderFields.QUERY_AT, 0);
        boolean isNotFound = code == CommandOutcomeCode.FAILED
                && (outcome.reason() == OutcomeReason.NOT_FOUND || outcome.venueCode() == ErrorCodes.NO_SUCH_ORDER);
        if (isNotFound && desk.nowNs >= store.get(slot, OrderFields.NOT_FOUND_FROM_NS)) {
            store.add(slot, OrderFields.NOT_FOUND_COUNT, 1);
            if (store.get(slot, OrderFields.NOT_FOUND_COUNT)
                    >= desk.settings.attempts().notFound()) {
                desk.move(slot, OrderCause.NOT_FOUND);
            }
        }
        if (store.state(slot).isLive()) {
            desk.query(slot, queryPauseNs(slot));
            if (outcome.retryAtNs() > store.get(slot, OrderFields.QUERY_AT)) {
                store.timer(slot, OrderFields.QUERY_AT, outcome.retryAtNs());
            }
        }
    }

    /** Returns the pause before the next query of an order. */
    private long queryPauseNs(int slot) {
        long attempts = store.get(slot, OrderFields.QUERY_ATTEMPTS);
        return QUERY_PAUSES_NS[(int) Math.min(attempts, QUERY_PAUSES_NS.length - 1L)];
    }
}
