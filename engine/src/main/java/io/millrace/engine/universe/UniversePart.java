package io.millrace.engine.universe;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.millrace.codecs.event.ChangeStreamsDecoder;
import io.millrace.codecs.event.ChangeStreamsEncoder;
import io.millrace.codecs.event.ClockTickDecoder;
import io.millrace.codecs.event.CommandOutcomeCode;
import io.millrace.codecs.event.CommandOutcomeDecoder;
import io.millrace.codecs.event.InstrumentDefinitionDecoder;
import io.millrace.codecs.event.InstrumentStatus;
import io.millrace.codecs.event.RunStartedDecoder;
import io.millrace.codecs.message.EventFlags;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.message.Producers;
import io.millrace.codecs.value.InstrumentSpec;
import io.millrace.engine.bars.BarsPart;
import io.millrace.engine.indicator.State;
import io.millrace.engine.indicator.Stateful;
import io.millrace.engine.instrument.InstrumentDirectory;
import io.millrace.engine.memory.Hashing;
import io.millrace.engine.pipeline.SlotContext;
import io.millrace.engine.pipeline.StagePart;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.agrona.BitUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Gives the places of the universe away and has the gateway follow by ChangeStreams commands, one for each instrument that
 * enters or leaves; those that stay are not touched. Ranks at ticks, on the multiples of the interval in engine time.
 *
 * <p>What a fault at a tick leaves is not known: then the gateway is told of every instrument again, which changes nothing
 * where it is right already.
 */
public final class UniversePart implements StagePart, Stateful {
    private static final int COMMAND_LENGTH = BitUtil.align(8 + ChangeStreamsEncoder.BLOCK_LENGTH, Long.BYTES);
    private static final int MAX_COMMANDS = 4;
    private static final int STAYED = 0;
    private static final int COMING = 1;
    private static final int ANY = 2;
    private static final long RETRY_NS = TimeUnit.SECONDS.toNanos(1);

    private final InstrumentDirectory directory;
    private final UniverseSettings settings;
    private final Ranking ranking;
    private final ChangeStreamsEncoder encoder = new ChangeStreamsEncoder();
    private final CommandOutcomeDecoder outcome = new CommandOutcomeDecoder();
    private Member[] members = new Member[64];
    private int size;
    private long rankedNs = Long.MIN_VALUE;
    private boolean isPending;
    private long rankings;
    private long hash;

    /**
     * Makes the part.
     *
     * @param directory stands before this part.
     * @param bars stand before this part.
     * @param settings of the universe.
     */
    public UniversePart(InstrumentDirectory directory, BarsPart bars, UniverseSettings settings) {
        this.directory = directory;
        this.settings = settings;
        this.ranking = new Ranking(directory, bars, settings.bars());
    }

    @Override
    public int commandsLength() {
        return settings.isOn() ? MAX_COMMANDS * COMMAND_LENGTH : 0;
    }

    /** Returns whether an instrument has a place; any number may be asked. */
    public boolean isIn(int instrumentId) {
        return instrumentId >= 0
                && instrumentId < size
                && members[instrumentId] != null
                && members[instrumentId].isWanted;
    }

    /** Returns the rank of an instrument at the last ranking, 0 the first; -1 if it had none. */
    public int rank(int instrumentId) {
        return instrumentId >= 0 && instrumentId < size && members[instrumentId] != null
                ? members[instrumentId].rank
                : Member.NO_RANK;
    }

    /** Returns how often instruments were ranked. */
    public long rankings() {
        return rankings;
    }

    @Override
    public void onEvent(SlotContext slot) {
        if (!settings.isOn()) {
            return;
        }
        switch (slot.templateId()) {
            case InstrumentDefinitionDecoder.TEMPLATE_ID -> define(slot.instrumentId());
            case ClockTickDecoder.TEMPLATE_ID -> onTick(slot);
            case CommandOutcomeDecoder.TEMPLATE_ID -> onOutcome(slot);
            case RunStartedDecoder.TEMPLATE_ID -> begin(Member.OUT);
            default -> {}
        }
    }

    @Override
    public void onSkip(SlotContext slot) {
        if (!settings.isOn()) {
            return;
        }
        switch (slot.templateId()) {
            case InstrumentDefinitionDecoder.TEMPLATE_ID -> define(slot.instrumentId());
            case ClockTickDecoder.TEMPLATE_ID, CommandOutcomeDecoder.TEMPLATE_ID -> begin(Member.UNKNOWN);
            case RunStartedDecoder.TEMPLATE_ID -> begin(Member.OUT);
            default -> {}
        }
    }

    @Override
    public long stateHash() {
        return hash;
    }

    /** {@inheritDoc} A part takes the state of one with the same settings and the same instruments. */
    @Override
    public void visitState(State state) {
        state.type("Universe");
        settings.visit(state);
        state.setting("instruments", size);
        rankedNs = state.i64(rankedNs);
        isPending = state.flag(isPending);
        rankings = state.i64(rankings);
        hash = state.i64(hash);
        for (int id = 0; id < size; id++) {
            state.setting("defined", members[id] == null ? 0 : 1);
            if (members[id] != null) {
                members[id].visitState(state);
            }
        }
        ranking.reorder(members, size);
    }

    /** Takes an instrument in, or out if it is not defined any more; settings of its own it has none. */
    private void define(int instrumentId) {
        if (instrumentId < 0 || instrumentId >= InstrumentSpec.MAX_INSTRUMENTS) {
            return;
        }
        if (instrumentId >= members.length) {
            members = Arrays.copyOf(members, Math.max(instrumentId + 1, members.length * 2));
        }
        size = Math.max(size, instrumentId + 1);
        InstrumentSpec spec = directory.spec(instrumentId);
        if (spec == null) {
            members[instrumentId] = null;
        } else if (members[instrumentId] == null) {
            Member member = new Member(instrumentId);
            member.isWhite = settings.white().contains(spec.symbol());
            member.isBlack = settings.black().contains(spec.symbol());
            members[instrumentId] = member;
        }
    }

    /** Begins anew: all places are free, and what the gateway has is as given. */
    private void begin(int applied) {
        for (int id = 0; id < size; id++) {
            if (members[id] != null) {
                members[id].isWanted = false;
                members[id].applied = applied;
                members[id].rank = Member.NO_RANK;
                members[id].sinceNs = 0;
                members[id].commandId = Member.NO_COMMAND;
                members[id].notBeforeNs = 0;
            }
        }
        rankedNs = Long.MIN_VALUE;
        isPending = false;
        hash = applied;
    }

    private void onTick(SlotContext slot) {
        long nowNs = slot.engineNs();
        long interval = Math.floorDiv(nowNs, settings.rankIntervalNs());
        if (interval != rankedNs && size > 0) {
            rankedNs = interval;
            ranking.rank(members, size);
            choose(nowNs);
            rankings++;
            isPending = true;
        }
        if (isPending) {
            isPending = tell(slot, nowNs);
        }
    }

    /** Gives the places away: those on the white list first, then who may stay, then by rank. */
    private void choose(long nowNs) {
        int taken = 0;
        int inside = settings.places() - settings.margin();
        int outside = settings.places() + settings.margin();
        for (int i = 0; i < ranking.size(); i++) {
            Member member = ranking.at(i);
            boolean isAllowed = !member.isBlack && directory.spec(member.id).status() == InstrumentStatus.TRADING;
            boolean stays = member.isWanted && (i < outside || nowNs - member.sinceNs < settings.minStayNs());
            want(member, isAllowed && (member.isWhite || stays || i < inside), nowNs);
            taken += member.isWanted ? 1 : 0;
        }
        // Too many: the last in rank go, first those whose time is over, then those that would only come now.
        // Too few: the best that are not in come.
        taken = drop(taken, nowNs, STAYED);
        taken = drop(taken, nowNs, COMING);
        taken = drop(taken, nowNs, ANY);
        for (int i = 0; i < ranking.size() && taken < settings.places(); i++) {
            Member member = ranking.at(i);
            boolean isAllowed = !member.isBlack && directory.spec(member.id).status() == InstrumentStatus.TRADING;
            if (isAllowed && !member.isWanted) {
                want(member, true, nowNs);
                taken++;
            }
        }
        for (int i = 0; i < ranking.size(); i++) {
            if (ranking.at(i).isWanted) {
                hash = Hashing.mix(hash, ranking.at(i).id);
            }
        }
    }

    private int drop(int taken, long nowNs, int who) {
        int left = taken;
        for (int i = ranking.size() - 1; i >= 0 && left > settings.places(); i--) {
            Member member = ranking.at(i);
            boolean mayGo = switch (who) {
                case STAYED -> member.sinceNs != nowNs && nowNs - member.sinceNs >= settings.minStayNs();
                case COMING -> member.sinceNs == nowNs;
                default -> true;
            };
            if (member.isWanted && !member.isWhite && mayGo) {
                want(member, false, nowNs);
                left--;
            }
        }
        return left;
    }

    private static void want(Member member, boolean isWanted, long nowNs) {
        if (isWanted && !member.isWanted) {
            member.sinceNs = nowNs;
        }
        member.isWanted = isWanted;
    }

    /** Tells the gateway what it does not have yet, those that leave first; returns whether anything is left to tell. */
    private boolean tell(SlotContext slot, long nowNs) {
        boolean isLeft = false;
        for (int pass = 0; pass < 2; pass++) {
            for (int i = 0; i < ranking.size(); i++) {
                Member member = ranking.at(i);
                boolean isLeaving = pass == 0;
                if (members[member.id] != member || member.isWanted == isLeaving || !member.isChangeDue()) {
                    continue;
                }
                int streams = settings.streams() & ~directory.spec(member.id).streams();
                if (streams == 0) {
                    member.applied = member.isWanted ? Member.IN : Member.OUT;
                } else if (nowNs < member.notBeforeNs || !slot.hasRoomForCommand(COMMAND_LENGTH)) {
                    isLeft = true;
                } else {
                    command(slot, member, streams, nowNs);
                }
            }
        }
        return isLeft;
    }

    private void command(SlotContext slot, Member member, int streams, long nowNs) {
        member.commandId = slot.nextCommandId();
        member.applied = member.isWanted ? Member.IN : Member.OUT;
        hash = Hashing.mix(Hashing.mix(hash, member.commandId), member.applied);
        int at = slot.claimCommand(COMMAND_LENGTH);
        UnsafeBuffer buffer = slot.regionBuffer();
        EventHeader.putFrame(
                buffer,
                at,
                ChangeStreamsEncoder.BLOCK_LENGTH,
                ChangeStreamsEncoder.TEMPLATE_ID,
                ChangeStreamsEncoder.SCHEMA_ID,
                ChangeStreamsEncoder.SCHEMA_VERSION);
        EventHeader.length(buffer, at, COMMAND_LENGTH);
        EventHeader.flags(buffer, at, EventFlags.WHOLE);
        EventHeader.producer(buffer, at, Producers.ENGINE);
        EventHeader.instrumentId(buffer, at, member.id);
        EventHeader.gridVersion(buffer, at, directory.spec(member.id).gridVersion());
        EventHeader.connectionId(buffer, at, 0);
        EventHeader.eventTimeMs(buffer, at, 0);
        EventHeader.transactTimeMs(buffer, at, 0);
        EventHeader.ingressNs(buffer, at, nowNs);
        encoder.wrap(buffer, at + 8)
                .commandId(member.commandId)
                .causeSequence(slot.sequence())
                .deadlineNs(nowNs + settings.maxAgeNs())
                .rank(member.rank);
        int in = member.isWanted ? streams : 0;
        buffer.putShort(at + 8 + ChangeStreamsEncoder.subscribeEncodingOffset(), (short) in, LITTLE_ENDIAN);
        buffer.putShort(
                at + 8 + ChangeStreamsEncoder.unsubscribeEncodingOffset(), (short) (streams & ~in), LITTLE_ENDIAN);
    }

    /** A change that was not carried out is told again after a pause. */
    private void onOutcome(SlotContext slot) {
        int offset = slot.offset();
        outcome.wrap(
                slot.buffer(),
                offset + 8,
                EventHeader.blockLength(slot.buffer(), offset),
                EventHeader.version(slot.buffer(), offset));
        int id = slot.instrumentId();
        boolean isOurs = outcome.commandTemplateId() == ChangeStreamsDecoder.TEMPLATE_ID && id >= 0 && id < size;
        Member member = isOurs ? members[id] : null;
        if (member == null || member.commandId != outcome.commandId()) {
            return;
        }
        member.commandId = Member.NO_COMMAND;
        if (outcome.outcome() != CommandOutcomeCode.SENT && outcome.outcome() != CommandOutcomeCode.ANSWERED) {
            member.applied = Member.UNKNOWN;
            member.notBeforeNs = Math.max(outcome.retryAtNs(), slot.engineNs() + RETRY_NS);
            isPending = true;
        }
        hash = Hashing.mix(hash, Hashing.mix(outcome.commandId(), member.applied));
    }
}
