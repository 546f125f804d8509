package io.millrace.app.crash;

import io.millrace.app.runtime.Taps;
import io.millrace.codecs.event.AccountReportDecoder;
import io.millrace.codecs.event.AlgoReportDecoder;
import io.millrace.codecs.event.AuditDecoder;
import io.millrace.codecs.event.AuditDoneDecoder;
import io.millrace.codecs.event.CommandOutcomeCode;
import io.millrace.codecs.event.CommandOutcomeDecoder;
import io.millrace.codecs.event.ConfigureInstrumentDecoder;
import io.millrace.codecs.event.ExecutionType;
import io.millrace.codecs.event.FetchSnapshotDecoder;
import io.millrace.codecs.event.FillNoticeDecoder;
import io.millrace.codecs.event.MessageHeaderDecoder;
import io.millrace.codecs.event.OrderReportDecoder;
import io.millrace.codecs.event.PlaceAlgoDecoder;
import io.millrace.codecs.event.PlaceOrderDecoder;
import io.millrace.codecs.event.ReconcileDoneDecoder;
import io.millrace.codecs.event.ReportSource;
import io.millrace.codecs.event.VenueStatus;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.message.Producers;
import io.millrace.codecs.port.Inlet;
import io.millrace.codecs.port.Outlet;
import io.millrace.codecs.port.OutletHandler;
import io.millrace.codecs.value.ClientOrderId;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.DirectBuffer;

/**
 * Ends the process where it is told to, the n-th time that the run comes by; and holds entries back until the gate is opened, so
 * that somebody can look at the account before.
 *
 * <p>For the topology {@code single}: then everything here is on one thread.
 */
final class Crasher implements Taps {
    /** Exit code of a process that ended so. */
    static final int EXIT_CODE = 113;

    private static final int FIRST_ORDER_COMMAND = PlaceOrderDecoder.TEMPLATE_ID;
    private static final int LAST_ORDER_COMMAND = ConfigureInstrumentDecoder.TEMPLATE_ID;
    private static final long MINUTE_MS = TimeUnit.MINUTES.toMillis(1);

    private final CrashPoint point;
    private final boolean isFromStart;
    private final AtomicInteger left;
    private final Runnable cycle;
    private final MessageHeaderDecoder frame = new MessageHeaderDecoder();
    private final OrderReportDecoder order = new OrderReportDecoder();
    private final AlgoReportDecoder algo = new AlgoReportDecoder();
    private final PlaceOrderDecoder place = new PlaceOrderDecoder();
    private final CommandOutcomeDecoder outcome = new CommandOutcomeDecoder();
    private volatile boolean isOpen;

    /**
     * Makes one.
     *
     * @param point where to end the process, null for nowhere.
     * @param occurrence the time at which, 1 for the first.
     * @param isFromStart whether it counts from the start of the run; otherwise from the opening of the gate.
     * @param cycle called on the engine's thread once a duty cycle.
     */
    Crasher(CrashPoint point, int occurrence, boolean isFromStart, Runnable cycle) {
        this.point = point;
        this.isFromStart = isFromStart;
        this.left = new AtomicInteger(occurrence);
        this.cycle = cycle;
    }

    /** Lets entries go, and counting begin if it has not; from any thread. */
    void open() {
        isOpen = true;
    }

    private void pass(CrashPoint here) {
        if (here == point && (isFromStart || isOpen) && left.decrementAndGet() == 0) {
            Runtime.getRuntime().halt(EXIT_CODE);
        }
    }

    private static boolean isOrderCommand(int templateId) {
        return templateId >= FIRST_ORDER_COMMAND
                && templateId <= LAST_ORDER_COMMAND
                && templateId != AuditDecoder.TEMPLATE_ID;
    }

    private boolean isOfOrder(DirectBuffer buffer, int offset) {
        return switch (EventHeader.templateId(buffer, offset)) {
            case FillNoticeDecoder.TEMPLATE_ID -> true;
            case OrderReportDecoder.TEMPLATE_ID ->
                order.wrapAndApplyHeader(buffer, offset, frame).source() != ReportSource.AUDIT;
            case AlgoReportDecoder.TEMPLATE_ID ->
                algo.wrapAndApplyHeader(buffer, offset, frame).source() != ReportSource.AUDIT;
            default -> false;
        };
    }

    @Override
    public Outlet inputs(Outlet inputs) {
        Inputs tapped = new Inputs();
        return (handler, limit) -> {
            cycle.run();
            tapped.handler = handler;
            return inputs.poll(tapped, limit);
        };
    }

    // Segments are named by the minute; the queues look at the clock when a batch has ended.
    private long inputMinute = -1;
    private long outputMinute = -1;

    private final class Inputs implements OutletHandler {
        private OutletHandler handler;

        @Override
        public void onMessage(long sequence, DirectBuffer buffer, int offset, int length) {
            boolean isOfOrder = isOfOrder(buffer, offset);
            if (isOfOrder) {
                pass(CrashPoint.BEFORE_INPUT_APPEND);
            }
            handler.onMessage(sequence, buffer, offset, length);
            if (isOfOrder) {
                pass(CrashPoint.AFTER_INPUT_APPEND);
            }
        }

        @Override
        public void onBatchEnd(long lastSequence) {
            long minute = System.currentTimeMillis() / MINUTE_MS;
            boolean isRoll = inputMinute >= 0 && minute != inputMinute;
            if (isRoll) {
                pass(CrashPoint.BEFORE_ROLL);
            }
            handler.onBatchEnd(lastSequence);
            if (isRoll) {
                pass(CrashPoint.AFTER_INPUT_ROLL);
            }
            inputMinute = minute;
        }
    }

    @Override
    public OutletHandler outputs(OutletHandler outputs) {
        return new OutletHandler() {
            private boolean isRolled;

            @Override
            public void onMessage(long sequence, DirectBuffer buffer, int offset, int length) {
                int templateId = EventHeader.templateId(buffer, offset);
                boolean isOrder = isOrderCommand(templateId);
                if (isOrder) {
                    pass(CrashPoint.BEFORE_OUTPUT_APPEND);
                } else if (templateId == ReconcileDoneDecoder.TEMPLATE_ID) {
                    pass(CrashPoint.BEFORE_RECONCILED);
                }
                outputs.onMessage(sequence, buffer, offset, length);
                if (isOrder) {
                    pass(CrashPoint.AFTER_OUTPUT_APPEND);
                }
                if (isRolled) {
                    pass(CrashPoint.IN_NEW_SEGMENT);
                }
            }

            @Override
            public void onBatchEnd(long lastSequence) {
                outputs.onBatchEnd(lastSequence);
                long minute = System.currentTimeMillis() / MINUTE_MS;
                if (outputMinute >= 0 && minute != outputMinute) {
                    isRolled = true;
                    pass(CrashPoint.AFTER_OUTPUT_ROLL);
                }
                outputMinute = minute;
            }
        };
    }

    @Override
    public Inlet commands(Inlet commands) {
        return (buffer, offset, length) -> {
            int templateId = EventHeader.templateId(buffer, offset);
            boolean isOrder = isOrderCommand(templateId);
            if (isOrder) {
                pass(CrashPoint.BEFORE_HAND_OVER);
            }
            if (templateId == PlaceAlgoDecoder.TEMPLATE_ID) {
                pass(CrashPoint.BEFORE_STOP_SENT);
            } else if (templateId == FetchSnapshotDecoder.TEMPLATE_ID) {
                pass(CrashPoint.DURING_RESYNC);
            } else if (templateId == PlaceOrderDecoder.TEMPLATE_ID && !isOpen && isEntry(buffer, offset)) {
                return Inlet.BACK_PRESSURED;
            }
            int code = commands.offer(buffer, offset, length);
            if (isOrder) {
                pass(CrashPoint.AFTER_HAND_OVER);
            }
            return code;
        };
    }

    private boolean isEntry(DirectBuffer buffer, int offset) {
        place.wrapAndApplyHeader(buffer, offset, frame);
        return ClientOrderId.role(place.clientKey()) == ClientOrderId.ENTRY;
    }

    @Override
    public Inlet control(Inlet control) {
        return (buffer, offset, length) -> {
            int templateId = EventHeader.templateId(buffer, offset);
            if (templateId == OrderReportDecoder.TEMPLATE_ID) {
                beforeReport(buffer, offset);
            } else if (templateId == CommandOutcomeDecoder.TEMPLATE_ID && isOrderSent(buffer, offset)) {
                pass(CrashPoint.AFTER_SOCKET_WRITE);
            } else if (templateId == AccountReportDecoder.TEMPLATE_ID
                    && EventHeader.producer(buffer, offset) == Producers.REST) {
                pass(CrashPoint.DURING_RECONCILIATION);
            }
            int code = control.offer(buffer, offset, length);
            switch (templateId) {
                case OrderReportDecoder.TEMPLATE_ID -> afterReport(buffer, offset);
                case AlgoReportDecoder.TEMPLATE_ID -> {
                    if (isOfOrder(buffer, offset)) {
                        pass(CrashPoint.AFTER_STOP_ACKNOWLEDGED);
                    }
                }
                case AuditDoneDecoder.TEMPLATE_ID -> pass(CrashPoint.AFTER_RECONCILIATION);
                case CommandOutcomeDecoder.TEMPLATE_ID -> {
                    if (isOrderSent(buffer, offset)) {
                        pass(CrashPoint.AFTER_SENT);
                    }
                }
                default -> {
                    // Comes by.
                }
            }
            return code;
        };
    }

    private boolean isOrderSent(DirectBuffer buffer, int offset) {
        outcome.wrapAndApplyHeader(buffer, offset, frame);
        return isOrderCommand(outcome.commandTemplateId()) && outcome.outcome() == CommandOutcomeCode.SENT;
    }

    private void beforeReport(DirectBuffer buffer, int offset) {
        order.wrapAndApplyHeader(buffer, offset, frame);
        if (order.source() == ReportSource.ANSWER) {
            pass(CrashPoint.BEFORE_ACKNOWLEDGED);
        } else if (order.execution() == ExecutionType.TRADE) {
            pass(CrashPoint.BEFORE_FILL);
        }
    }

    private void afterReport(DirectBuffer buffer, int offset) {
        order.wrapAndApplyHeader(buffer, offset, frame);
        if (order.source() == ReportSource.ANSWER) {
            pass(CrashPoint.AFTER_ACKNOWLEDGED);
        } else if (order.execution() == ExecutionType.TRADE) {
            pass(CrashPoint.AFTER_FILL);
        }
        boolean isEnd = order.status() == VenueStatus.FILLED || order.status() == VenueStatus.CANCELED;
        if (isEnd && order.source() != ReportSource.AUDIT) {
            pass(CrashPoint.AFTER_END);
        }
    }
}
