package io.millrace.engine.pipeline;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.millrace.codecs.event.CommandOutcomeCode;
import io.millrace.codecs.event.FaultVerdictDecoder;
import io.millrace.codecs.event.FetchSnapshotDecoder;
import io.millrace.codecs.event.OutcomeReason;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.port.Inlet;
import io.millrace.codecs.port.OutletHandler;
import io.millrace.engine.status.CounterIds;
import io.millrace.engine.status.Counters;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableDirectByteBuffer;
import org.agrona.concurrent.Agent;

/**
 * The end of the pipeline: appends every output record to the output journal, and when the batch is in the journal (synced,
 * if the journal's policy says so) hands the batch's commands to the gateway. It never waits: a command that is too old, or
 * that the gateway has no room for, becomes a {@code CommandOutcome}; a {@code FaultVerdict} of this run becomes a {@code
 * StageFault}. A command that the gateway accepted is the gateway's to answer.
 *
 * <p>Answers that the full ring has no room for wait in a bounded queue. When that is full, egress still passes events, and
 * stops only in front of a record that would need an answer. Should the ring be full too at that moment nothing could ever
 * move again, because the ring waits for egress alone: then the agent throws, and the process halts loudly instead of
 * hanging.
 *
 * <p><b>Thread:</b> one. <b>Allocation:</b> none in steady state.
 */
public final class EgressAgent implements Agent {
    /** Template ids of commands begin here. */
    public static final int FIRST_COMMAND_TEMPLATE = 60;
    /** Template ids of commands end here. */
    public static final int LAST_COMMAND_TEMPLATE = 79;
    /** Offset of {@code commandId} in every command. */
    public static final int COMMAND_ID_OFFSET = 8 + FetchSnapshotDecoder.commandIdEncodingOffset();
    /** Offset of {@code deadlineNs} in every command. */
    public static final int DEADLINE_NS_OFFSET = 8 + FetchSnapshotDecoder.deadlineNsEncodingOffset();

    private static final int RECORD_LIMIT = 256;
    private static final int MAX_BATCH_COMMANDS = 64;
    private static final int FAULT_STAGE_OFFSET = 8 + FaultVerdictDecoder.stageEncodingOffset();

    private final OutputOutlet outputs;
    private final OutletHandler journal;
    private final Inlet commands;
    private final Inlet control;
    private final EgressClock clock;
    private final FaultLog faults;
    private final Counters counters;
    private final OutcomeQueue queue;
    private final OrderTap tap;
    private final AnswerEncoder answers = new AnswerEncoder();
    private final BatchHandler batch = new BatchHandler();

    /**
     * Makes the agent.
     *
     * @param ports what it connects.
     * @param clock says whether a command is too old.
     * @param faults texts of the stages' faults.
     * @param counters of the engine.
     * @param tap stamps orders.
     * @param queueCapacity answers that may wait for room on the ring.
     */
    EgressAgent(Ports ports, EgressClock clock, FaultLog faults, Counters counters, OrderTap tap, int queueCapacity) {
        this.outputs = ports.outputs();
        this.journal = ports.journal();
        this.commands = ports.commands();
        this.control = ports.control();
        this.clock = clock;
        this.faults = faults;
        this.counters = counters;
        this.queue = new OutcomeQueue(queueCapacity);
        this.tap = tap;
    }

    /**
     * What egress stands between.
     *
     * @param outputs of the engine.
     * @param journal appends records in {@code onMessage} and makes them safe in {@code onBatchEnd}.
     * @param commands the gateway's inlet.
     * @param control the engine's inlet for answers.
     */
    record Ports(OutputOutlet outputs, OutletHandler journal, Inlet commands, Inlet control) {}

    /** Tells the time that commands' deadlines are held against. */
    @FunctionalInterface
    interface EgressClock {
        /**
         * Returns the time in nanoseconds.
         *
         * @param engineNs engine time of the record at hand, the least that it can be.
         */
        long nowNs(long engineNs);
    }

    @Override
    public int doWork() {
        int work = flush();
        long before = outputs.position().get();
        work += outputs.poll(batch, RECORD_LIMIT, Math.min(MAX_BATCH_COMMANDS, queue.free()));
        long passed = outputs.position().get() - before;
        if (queue.size() > 0) {
            int flushed = flush();
            work += flushed;
            if (flushed == 0 && passed == 0 && queue.free() == 0 && outputs.isHeldByAnswers()) {
                throw new IllegalStateException("egress is stuck behind sequence " + outputs.sequence() + ": "
                        + queue.size() + " answers wait for a ring without a free slot, and the next output needs"
                        + " another; the stages make more commands than the ring has room for, use more ring slots");
            }
        }
        return work + (int) passed;
    }

    /** Returns the answers that wait for room on the ring. */
    public int waitingAnswers() {
        return (int) counters.get(CounterIds.OUTCOMES_WAITING);
    }

    @Override
    public String roleName() {
        return "egress";
    }

    private int flush() {
        int flushed = 0;
        while (queue.size() > 0) {
            int code = offerHead();
            if (code == Inlet.BACK_PRESSURED) {
                break;
            }
            if (code < 0) {
                counters.add(CounterIds.OUTCOMES_LOST, 1);
            }
            if (queue.kind() == OutcomeQueue.FAULT) {
                faults.remove(queue.subject(), queue.id());
            }
            queue.removeHead();
            flushed++;
        }
        if (flushed > 0) {
            counters.set(CounterIds.OUTCOMES_WAITING, queue.size());
        }
        return flushed;
    }

    private int offerHead() {
        long nowNs = clock.nowNs(batch.engineNs);
        int length = queue.kind() == OutcomeQueue.FAULT
                ? answers.encodeFault(queue.id(), queue.subject(), faults.text(queue.subject(), queue.id()), nowNs)
                : answers.encodeOutcome(queue, nowNs);
        return control.offer(answers.buffer(), 0, length);
    }

    private void answer(int kind, long id, int subject, int code) {
        queue.add(kind, id, subject, code);
        counters.set(CounterIds.OUTCOMES_WAITING, queue.size());
    }

    /** One batch of output records: to the journal as they come, commands out when the journal has them all. */
    private final class BatchHandler implements OutletHandler {
        private final ExpandableDirectByteBuffer held = new ExpandableDirectByteBuffer(16 * 1024);
        private int heldLength;
        private int records;
        private long engineNs;
        private long journaledNs;
        private boolean hasOrders;

        @Override
        public void onMessage(long sequence, DirectBuffer buffer, int offset, int length) {
            journal.onMessage(sequence, buffer, offset, length);
            records++;
            engineNs = EventHeader.ingressNs(buffer, offset);
            int templateId = EventHeader.templateId(buffer, offset);
            if (templateId >= FIRST_COMMAND_TEMPLATE && templateId <= LAST_COMMAND_TEMPLATE) {
                held.putBytes(heldLength, buffer, offset, length);
                heldLength += length;
                hasOrders |= tap.isOrder(templateId);
            } else if (templateId == FaultVerdictDecoder.TEMPLATE_ID) {
                int stage = (int) buffer.getLong(offset + FAULT_STAGE_OFFSET, LITTLE_ENDIAN);
                if (faults.text(stage, sequence) != null) {
                    answer(OutcomeQueue.FAULT, sequence, stage, 0);
                }
            }
        }

        @Override
        public void onBatchEnd(long lastSequence) {
            journal.onBatchEnd(lastSequence);
            counters.add(CounterIds.OUTPUT_RECORDS, records);
            records = 0;
            journaledNs = hasOrders ? tap.nowNs() : 0;
            hasOrders = false;
            int offset = 0;
            while (offset < heldLength) {
                int length = EventHeader.length(held, offset);
                execute(offset, length);
                offset += length;
            }
            heldLength = 0;
        }

        private void execute(int offset, int length) {
            long deadlineNs = held.getLong(offset + DEADLINE_NS_OFFSET, LITTLE_ENDIAN);
            if (deadlineNs < clock.nowNs(EventHeader.ingressNs(held, offset))) {
                counters.add(CounterIds.COMMANDS_EXPIRED, 1);
                refuse(offset, CommandOutcomeCode.EXPIRED_UNSENT, OutcomeReason.TOO_OLD);
                return;
            }
            if (tap.isOrder(EventHeader.templateId(held, offset))) {
                tap.onOffer(held, offset, journaledNs);
            }
            int code = commands.offer(held, offset, length);
            if (code > 0) {
                counters.add(CounterIds.COMMANDS_ACCEPTED, 1);
                return;
            }
            counters.add(CounterIds.COMMANDS_REFUSED, 1);
            OutcomeReason reason = switch (code) {
                case Inlet.BACK_PRESSURED -> OutcomeReason.QUEUE_FULL;
                case Inlet.CLOSED -> OutcomeReason.SHUTDOWN;
                default -> OutcomeReason.UNSUPPORTED;
            };
            refuse(offset, CommandOutcomeCode.REFUSED, reason);
        }

        private void refuse(int offset, CommandOutcomeCode outcome, OutcomeReason reason) {
            answer(
                    EventHeader.templateId(held, offset),
                    held.getLong(offset + COMMAND_ID_OFFSET, LITTLE_ENDIAN),
                    EventHeader.instrumentId(held, offset),
                    outcome.value() | (reason.value() << 8));
        }
    }
}
