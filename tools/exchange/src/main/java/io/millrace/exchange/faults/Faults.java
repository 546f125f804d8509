package io.millrace.exchange.faults;

import io.millrace.exchange.market.StreamKind;
import io.millrace.exchange.venue.BookImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * The faults of one exchange. The first fault in the order of setting that matches decides what happens to a frame or
 * request.
 *
 * <p><b>Thread:</b> {@link #inject}, {@link #clear} and {@link #clearAll} may be called by any thread and return when the
 * exchange has taken notice; the rest belongs to the exchange's loop.
 */
public final class Faults {
    private final Executor loop;
    private final Supplier<Map<String, BookImage>> books;
    private final List<ActiveFault> active = new ArrayList<>();

    /**
     * Makes an empty set.
     *
     * @param loop runs what changes the set; the caller's own thread if it already is the loop.
     * @param books gives the books as they are now, by symbol.
     */
    public Faults(Executor loop, Supplier<Map<String, BookImage>> books) {
        this.loop = loop;
        this.books = books;
    }

    /**
     * Sets a fault.
     *
     * @param fault what and where.
     * @return a handle that tells what it has done.
     */
    public ActiveFault inject(Fault fault) {
        return run(() -> {
            Map<String, BookImage> kept = fault.kind() == FaultKind.STALE_SNAPSHOT ? books.get() : Map.of();
            ActiveFault set = new ActiveFault(fault, kept);
            active.add(set);
            return set;
        });
    }

    /**
     * Ends a fault.
     *
     * @param fault set before.
     */
    public void clear(ActiveFault fault) {
        run(() -> {
            fault.clear();
            return active.remove(fault);
        });
    }

    /** Ends all faults. */
    public void clearAll() {
        run(() -> {
            active.forEach(ActiveFault::clear);
            active.clear();
            return true;
        });
    }

    /** Returns the faults that were set and not cleared, oldest first. */
    public List<ActiveFault> active() {
        return List.copyOf(active);
    }

    /** Says whether there is any fault to look for. */
    public boolean isArmed() {
        return !active.isEmpty();
    }

    /**
     * Finds the fault that hits a frame, and counts it.
     *
     * @param connection id of the connection.
     * @param symbol of the stream.
     * @param stream kind of the stream.
     * @return the fault, or null.
     */
    public ActiveFault onFrame(int connection, String symbol, StreamKind stream) {
        for (int i = 0; i < active.size(); i++) {
            ActiveFault candidate = active.get(i);
            Fault fault = candidate.fault();
            boolean isMatch = fault.kind().target() == FaultKind.Target.FRAME
                    && (fault.connection() == 0 || fault.connection() == connection)
                    && (fault.symbol() == null || fault.symbol().equals(symbol))
                    && (fault.stream() == null || fault.stream() == stream)
                    && (fault.kind() != FaultKind.GAP || stream.isDepth());
            if (isMatch && candidate.strike()) {
                return candidate;
            }
        }
        return null;
    }

    /**
     * Finds the fault that hits a REST request, and counts it.
     *
     * @param target what the fault is aimed at.
     * @param symbol of the request, or null.
     * @return the fault, or null.
     */
    public ActiveFault onRequest(FaultKind.Target target, String symbol) {
        for (ActiveFault candidate : active) {
            Fault fault = candidate.fault();
            boolean isMatch = fault.kind().target() == target
                    && (fault.symbol() == null || fault.symbol().equals(symbol));
            if (isMatch && candidate.strike()) {
                return candidate;
            }
        }
        return null;
    }

    /**
     * Says whether a new connection is to be refused, and counts it.
     *
     * @param isRest whether it is made to the REST port.
     */
    public boolean isRefused(boolean isRest) {
        for (ActiveFault candidate : active) {
            Fault fault = candidate.fault();
            boolean isMatch =
                    fault.kind() == FaultKind.REFUSE && (fault.amount() == 2 || (fault.amount() == 1) == isRest);
            if (isMatch && candidate.strike()) {
                return true;
            }
        }
        return false;
    }

    private <T> T run(Supplier<T> change) {
        return CompletableFuture.supplyAsync(change, loop).join();
    }
}
