package io.millrace.engine.universe;

import io.millrace.engine.bars.BarSeries;
import io.millrace.engine.bars.BarsPart;
import io.millrace.engine.bars.InstrumentBars;
import io.millrace.engine.bars.Timeframe;
import io.millrace.engine.instrument.InstrumentDirectory;
import java.util.Arrays;

/**
 * Ranks instruments: by the sum of their ranks in volatility and in turnover over the last one-minute bars, the smaller sum
 * first; equal ones, and those with fewer than half of the bars behind all others, by the priority of their definition, then
 * by id. Volatility is Parkinson's, from the bars' ranges; turnover the sum of their quote volumes.
 */
final class Ranking {
    private static final double FOUR_LN_2 = 4 * StrictMath.log(2);
    private static final int ID_BITS = 12;
    private static final int PRIORITY_BITS = 20;
    private static final long MAX_PRIORITY = (1L << PRIORITY_BITS) - 1;
    private static final long UNRANKED = 1L << 14;

    private final InstrumentDirectory directory;
    private final BarsPart bars;
    private final int window;
    private Member[] order = new Member[64];
    private long[] keys = new long[64];
    private final Member[] byId = new Member[1 << ID_BITS];
    private int size;

    Ranking(InstrumentDirectory directory, BarsPart bars, int window) {
        this.directory = directory;
        this.bars = bars;
        this.window = window;
    }

    /** Ranks the members; {@link #at} then gives them in order. */
    void rank(Member[] members, int count) {
        makeRoom(members.length);
        size = 0;
        for (int id = 0; id < count; id++) {
            if (members[id] != null) {
                measure(members[id]);
                order[size++] = members[id];
            }
        }
        sortBy(true);
        for (int i = 0; i < size; i++) {
            order[i].volatilityRank = i;
        }
        sortBy(false);
        for (int i = 0; i < size; i++) {
            Member member = order[i];
            long sum = member.isRanked ? member.volatilityRank + i : UNRANKED;
            keys[i] = sum << (PRIORITY_BITS + ID_BITS) | priority(member) << ID_BITS | member.id;
        }
        settle();
        for (int i = 0; i < size; i++) {
            order[i].rank = i;
        }
    }

    /**
     * Puts the members in the order of the ranks that they have. Ranks that nobody has any more close up; those who held them
     * were not looked at again.
     */
    void reorder(Member[] members, int count) {
        makeRoom(members.length);
        size = 0;
        for (int id = 0; id < count; id++) {
            if (members[id] != null && members[id].rank != Member.NO_RANK) {
                keys[size] = (long) members[id].rank << ID_BITS | id;
                order[size++] = members[id];
            }
        }
        settle();
    }

    Member at(int rank) {
        return order[rank];
    }

    int size() {
        return size;
    }

    private void makeRoom(int count) {
        if (count > order.length) {
            order = new Member[count];
            keys = new long[count];
        }
    }

    private long priority(Member member) {
        return Math.max(0, Math.min(MAX_PRIORITY, directory.spec(member.id).priority()));
    }

    /** The greater first; numbers of 0 and more are ordered as their bits are. */
    private void sortBy(boolean isByVolatility) {
        // Insertion keeps equal ones in the order they had, which is that of their ids at first.
        for (int i = 1; i < size; i++) {
            Member member = order[i];
            double value = isByVolatility ? member.volatility : member.turnover;
            int at = i;
            while (at > 0 && value > (isByVolatility ? order[at - 1].volatility : order[at - 1].turnover)) {
                order[at] = order[at - 1];
                at--;
            }
            order[at] = member;
        }
    }

    private void settle() {
        for (int i = 0; i < size; i++) {
            byId[order[i].id] = order[i];
        }
        Arrays.sort(keys, 0, size);
        for (int i = 0; i < size; i++) {
            order[i] = byId[(int) (keys[i] & ((1 << ID_BITS) - 1))];
        }
    }

    private void measure(Member member) {
        member.volatility = 0;
        member.turnover = 0;
        InstrumentBars of = bars.of(member.id);
        BarSeries minutes = of == null ? null : of.series(Timeframe.M1);
        int count = 0;
        int last = minutes == null ? 0 : Math.min(window, minutes.size());
        double squares = 0;
        for (int ago = 0; ago < last; ago++) {
            if (minutes.has(ago)) {
                double range = StrictMath.log((double) minutes.highE8(ago) / (double) minutes.lowE8(ago));
                squares += range * range;
                member.turnover += minutes.quoteVolume(ago);
                count++;
            }
        }
        member.isRanked = 2 * count >= window;
        if (member.isRanked) {
            member.volatility = Math.sqrt(squares / (count * FOUR_LN_2));
        } else {
            member.turnover = 0;
        }
    }
}
