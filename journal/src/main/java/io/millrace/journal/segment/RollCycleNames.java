package io.millrace.journal.segment;

import java.util.ArrayList;
import java.util.List;
import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.rollcycles.TestRollCycles;

/** Chronicle's roll cycles by the names that configuration uses. */
public final class RollCycleNames {
    private RollCycleNames() {}

    /**
     * Finds a roll cycle.
     *
     * @param name as in Chronicle, {@code FAST_HOURLY} say.
     * @return the roll cycle.
     * @throws JournalException if there is none of that name.
     */
    public static RollCycle of(String name) {
        List<String> known = new ArrayList<>();
        for (RollCycle cycle : RollCycles.all()) {
            if (cycle.toString().equals(name)) {
                return cycle;
            }
            known.add(cycle.toString());
        }
        for (TestRollCycles cycle : TestRollCycles.values()) {
            if (cycle.name().equals(name)) {
                return cycle;
            }
        }
        throw new JournalException("journal rollCycle='" + name + "' is not known, use one of " + known);
    }
}
