package io.millrace.app.crash;

import io.millrace.app.runtime.Taps;
import io.millrace.codecs.event.AccountReportDecoder;
import io.millrace.codecs.event.AlgoReportDecoder;
import io.millrace.codecs.event.AuditDoneDecoder;
import io.millrace.codecs.event.CommandOutcomeCode;
import io.millrace.codecs.event.CommandOutcomeDecoder;
import io.millrace.codecs.event.ExecutionType;
import io.millrace.codecs.event.FetchSnapshotDecoder;
import io.millrace.codecs.event.FillNoticeDecoder;
import io.millrace.codecs.event.MessageHeaderDecoder;
import io.millrace.codecs.event.OrderReportDecoder;
import io.millrace.codecs.event.PlaceOrderDecoder;
import io.millrace.codecs.event.ReportSource;
import io.millrace.codecs.event.VenueStatus;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.message.Producers;
import io.millrace.codecs.port.Inlet;
import io.millrace.codecs.port.Outlet;
import io.millrace.codecs.port.OutletHandler;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.DirectBuffer;

/** Ends the process where it is told to, the n-th time that the run comes by. */
final class Crasher implements Taps {
    /** Exit code of a process that ended so. */
    static final int EXIT_CODE = 113;

    private static final int FIRST_ORDER_COMMAND = PlaceOrderDecoder.TEMPLATE_ID;
    private static final int LAST_ORDER_COMMAND = 73;
    private static final long MINUTE_NS = 60_000_000_000L;

    private final CrashPoint point;
    private final AtomicInteger left;
    private long minute = -1;

    Crasher(CrashPoint point, int occurrence) {
        this.point = point;
        this.left = new AtomicInteger(occurrence);
    }

    private void pass(CrashPoint here) {
        if (here == point && left.decrementAndGet() == 0) {
            Runtime.getRuntime().halt(EXIT_CODE);
        }
    }

    private static boolean isOrderCommand(DirectBuffer buffer, int offset) {
        int templateId = EventHeader.templateId(buffer, offset);
        return templateId >= FIRST_ORDER_COMMAND && templateId <= LAST_ORDER_COMMAND;
    }

    private static boolean isOfAccount(DirectBuffer buffer, int offset) {
        int templateId = EventHeader.templateId(buffer, offset);
        return templateId == OrderReportDecoder.TEMPLATE_ID
                || templateId == FillNoticeDecoder.TEMPLATE_ID
                || templateId == AlgoReportDecoder.TEMPLATE_ID
                || templateId == AccountReportDecoder.TEMPLATE_ID;
    }

    @Override
    public Outlet inputs(Outlet inputs) {
        return (handler, limit) -> inputs.poll(
                new OutletHandler() {
                    @Override
                    public void onMessage(long sequence, DirectBuffer buffer, int offset, int length) {
                        boolean isOfAccount = isOfAccount(buffer, offset);
                        long now = EventHeader.ingressNs(buffer, offset) / MINUTE_NS;
                        if (minute >= 0 && now != minute) {
                            pass(CrashPoint.AROUND_ROLL);
                        }
                        minute = now;
                        if (isOfAccount) {
                            pass(CrashPoint.BEFORE_INPUT_APPEND);
                        }
                        handler.onMessage(sequence, buffer, offset, length);
                        if (isOfAccount) {
                            pass(CrashPoint.AFTER_INPUT_APPEND);
                        }
                    }

                    @Override
                    public void onBatchEnd(long lastSequence) {
                        handler.onBatchEnd(lastSequence);
                    }
                },
                limit);
    }

    @Override
    public OutletHandler outputs(OutletHandler outputs) {
        return new OutletHandler() {
            @Override
            public void onMessage(long sequence, DirectBuffer buffer, int offset, int length) {
                boolean isOrder = isOrderCommand(buffer, offset);
                if (isOrder) {
                    pass(CrashPoint.BEFORE_OUTPUT_APPEND);
                }
                outputs.onMessage(sequence, buffer, offset, length);
                if (isOrder) {
                    pass(CrashPoint.AFTER_OUTPUT_APPEND);
                }
            }

            @Override
            public void onBatchEnd(long lastSequence) {
                outputs.onBatchEnd(lastSequence);
            }
        };
    }

    @Override
    public Inlet commands(Inlet commands) {
        return (buffer, offset, length) -> {
            boolean isOrder = isOrderCommand(buffer, offset);
            if (isOrder) {
                pass(CrashPoint.BEFORE_HAND_OVER);
            } else if (EventHeader.templateId(buffer, offset) == FetchSnapshotDecoder.TEMPLATE_ID) {
                pass(CrashPoint.DURING_RESYNC);
            }
            int code = commands.offer(buffer, offset, length);
            if (isOrder) {
                pass(CrashPoint.AFTER_HAND_OVER);
            }
            return code;
        };
    }

    @Override
    public Inlet control(Inlet control) {
        MessageHeaderDecoder frame = new MessageHeaderDecoder();
        OrderReportDecoder order = new OrderReportDecoder();
        CommandOutcomeDecoder outcome = new CommandOutcomeDecoder();
        return (buffer, offset, length) -> {
            switch (EventHeader.templateId(buffer, offset)) {
                case OrderReportDecoder.TEMPLATE_ID -> {
                    order.wrapAndApplyHeader(buffer, offset, frame);
                    if (order.source() == ReportSource.ANSWER) {
                        pass(CrashPoint.BEFORE_ACKNOWLEDGED);
                    } else if (order.execution() == ExecutionType.TRADE) {
                        pass(CrashPoint.BEFORE_FILL);
                    }
                }
                case AccountReportDecoder.TEMPLATE_ID -> {
                    if (EventHeader.producer(buffer, offset) == Producers.REST) {
                        pass(CrashPoint.DURING_RECONCILIATION);
                    }
                }
                default -> {
                    // Comes by.
                }
            }
            int code = control.offer(buffer, offset, length);
            switch (EventHeader.templateId(buffer, offset)) {
                case CommandOutcomeDecoder.TEMPLATE_ID -> {
                    outcome.wrapAndApplyHeader(buffer, offset, frame);
                    boolean isOrder = outcome.commandTemplateId() >= FIRST_ORDER_COMMAND
                            && outcome.commandTemplateId() <= LAST_ORDER_COMMAND;
                    if (isOrder && outcome.outcome() == CommandOutcomeCode.SENT) {
                        pass(CrashPoint.AFTER_SENT);
                    }
                }
                case OrderReportDecoder.TEMPLATE_ID -> {
                    order.wrapAndApplyHeader(buffer, offset, frame);
                    if (order.source() == ReportSource.ANSWER) {
                        pass(CrashPoint.AFTER_ACKNOWLEDGED);
                    } else if (order.execution() == ExecutionType.TRADE) {
                        pass(CrashPoint.AFTER_FILL);
                    }
                    if (order.status() == VenueStatus.FILLED || order.status() == VenueStatus.CANCELED) {
                        pass(CrashPoint.AFTER_END);
                    }
                }
                case AlgoReportDecoder.TEMPLATE_ID -> pass(CrashPoint.AFTER_STOP_ACKNOWLEDGED);
                case AuditDoneDecoder.TEMPLATE_ID -> pass(CrashPoint.AFTER_RECONCILIATION);
                default -> {
                    // Comes by.
                }
            }
            return code;
        };
    }
}
