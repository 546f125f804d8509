package io.millrace.exchange.server;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Finds who keeps the exchange's memory waiting. */
final class SlowReaders {
    private SlowReaders() {}

    /** Returns the connections with most waiting, as many as have to go until all together are within a budget of bytes. */
    static List<StreamConnection> overBudget(Collection<StreamConnection> connections, long budgetBytes) {
        long queued = 0;
        for (StreamConnection connection : connections) {
            queued += connection.queuedBytes();
        }
        if (queued <= budgetBytes) {
            return List.of();
        }
        List<StreamConnection> worst = new ArrayList<>(connections);
        worst.sort(Comparator.comparingLong(StreamConnection::queuedBytes)
                .reversed()
                .thenComparingInt(one -> one.id));
        int count = 0;
        while (queued > budgetBytes) {
            queued -= worst.get(count++).queuedBytes();
        }
        return worst.subList(0, count);
    }
}
