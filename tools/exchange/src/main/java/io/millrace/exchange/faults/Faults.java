package io.millrace.exchange.faults;

import io.millrace.exchange.market.StreamKind;
import io.millrace.exchange.venue.BookImage;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The faults of one exchange. The first fault in the order of setting that matches decides what happens to a frame, request or
 * event. What chance decides follows from the seed and from the order of setting.
 *
 * <p><b>Thread:</b> {@link #inject}, {@link #apply}, {@link #clear}, {@link #clearAll} and {@link #hits} may be called by any
 * thread and return when the exchange has taken notice. The rest belongs to the exchange's loop.
 */
public final class Faults {
    private static final long USUAL_SEED = 1;

    private final Executor loop;
    private final Supplier<Map<String, BookImage>> books;
    private final List<FaultHand> hands = new ArrayList<>();
    private final List<ActiveFault> active = new ArrayList<>();
    private final Map<FaultKind, AtomicLong> pastHits = new EnumMap<>(FaultKind.class);
    private FaultTime time = FaultTime.NONE;
    private RandomFaults random;
    private long seed = USUAL_SEED;
    private long lastSet;

    /**
     * Makes an empty set without time and hands.
     *
     * @param loop runs what changes the set; the caller's own thread if it already is the loop.
     * @param books gives the books as they are now, by symbol.
     */
    public Faults(Executor loop, Supplier<Map<String, BookImage>> books) {
        this.loop = loop;
        this.books = books;
        for (FaultKind kind : FaultKind.values()) {
            pastHits.put(kind, new AtomicLong());
        }
    }

    /**
     * Tells the faults which time they begin and end by.
     *
     * @param newTime of the venue.
     */
    public void connect(FaultTime newTime) {
        time = newTime;
    }

    /**
     * Adds a part of the exchange that lets some kinds happen.
     *
     * @param hand asked after those that were added before.
     */
    public void connect(FaultHand hand) {
        hands.add(hand);
    }

    // --- setting and clearing

    /**
     * Sets a fault.
     *
     * @param fault what, where and when.
     * @return a handle that tells what it has done.
     * @throws IllegalArgumentException if this exchange cannot let it happen.
     */
    public ActiveFault inject(Fault fault) {
        return run(() -> set(fault));
    }

    /**
     * Sets all faults of a script, and lets others happen at random as it says. Times count from now.
     *
     * @param script what, where, when and how often.
     * @return the handles of its list, in order.
     * @throws IllegalArgumentException if this exchange cannot let one of them happen; then none is set.
     */
    public List<ActiveFault> apply(FaultScript script) {
        return run(() -> {
            script.faults().forEach(fault -> hand(fault.kind()).check(fault));
            script.perHour().forEach((kind, rate) -> {
                if (rate > 0) {
                    hand(kind).check(Fault.of(kind));
                }
            });
            seed = script.seed();
            lastSet = 0;
            if (script.isRandom()) {
                stopRandom();
                random = new RandomFaults(this, time, script);
                random.start();
            }
            return script.faults().stream().map(this::set).toList();
        });
    }

    ActiveFault set(Fault fault) {
        FaultHand hand = hand(fault.kind());
        hand.check(fault);
        Map<String, BookImage> kept = fault.kind() == FaultKind.STALE_SNAPSHOT ? books.get() : Map.of();
        ActiveFault set = new ActiveFault(fault, kept, seed + ++lastSet, time);
        if (fault.kind().isOperation()) {
            arm(hand, set);
        }
        active.add(set);
        return set;
    }

    private void arm(FaultHand hand, ActiveFault set) {
        FaultTiming timing = set.fault().timing();
        if (timing.afterMs() == 0) {
            begin(hand, set);
        } else {
            time.schedule(time.nowMs() + timing.afterMs(), () -> begin(hand, set));
        }
    }

    private void begin(FaultHand hand, ActiveFault set) {
        if (set.isSpent()) {
            return; // Cleared before it began.
        }
        hand.begin(set);
        if (!set.fault().kind().isHeld()) {
            set.end();
        } else if (set.leftMs() != Long.MAX_VALUE) {
            time.schedule(time.nowMs() + set.leftMs(), () -> end(set));
        }
    }

    private void end(ActiveFault set) {
        boolean hasBegun = set.hasBegun();
        if (set.end() && hasBegun && set.fault().kind().isHeld()) {
            hand(set.fault().kind()).end(set);
        }
    }

    /** Says whether this exchange can let a kind of fault happen. */
    boolean supports(FaultKind kind) {
        return hands.stream().anyMatch(hand -> hand.takes(kind));
    }

    private FaultHand hand(FaultKind kind) {
        return hands.stream()
                .filter(hand -> hand.takes(kind))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException(
                                "fault " + kind
                                        + " cannot happen here: it needs a server in front of a venue that trades, open a SimulatedExchange"));
    }

    /**
     * Ends a fault; what it holds (a halt, a mark price, maintenance) goes back to what it was.
     *
     * @param fault set before.
     */
    public void clear(ActiveFault fault) {
        run(() -> {
            end(fault);
            return forget(fault);
        });
    }

    /** Ends all faults, and lets none happen at random any more. */
    public void clearAll() {
        run(() -> {
            stopRandom();
            List.copyOf(active).forEach(fault -> {
                end(fault);
                forget(fault);
            });
            return true;
        });
    }

    private void stopRandom() {
        if (random != null) {
            random.stop();
            random = null;
        }
    }

    /** Forgets the spent ones among those that nobody has a handle of. */
    void forgetSpent(List<ActiveFault> nobodys) {
        nobodys.removeIf(fault -> fault.isSpent() && forget(fault));
    }

    private boolean forget(ActiveFault fault) {
        boolean wasActive = active.remove(fault);
        if (wasActive) {
            pastHits.get(fault.fault().kind()).addAndGet(fault.hits());
        }
        return wasActive;
    }

    /** Returns the faults that were set and not cleared, oldest first. */
    public List<ActiveFault> active() {
        return List.copyOf(active);
    }

    /**
     * Returns how often faults of a kind have hit since the exchange was opened, whoever set them.
     *
     * @param kind counted.
     */
    public long hits(FaultKind kind) {
        return run(() -> {
            long sum = pastHits.get(kind).get();
            for (ActiveFault fault : active) {
                sum += fault.fault().kind() == kind ? fault.hits() : 0;
            }
            return sum;
        });
    }

    /** Says whether there is any fault to look for. */
    public boolean isArmed() {
        return !active.isEmpty();
    }

    // --- striking

    /**
     * Finds the fault that hits something, and counts it.
     *
     * @param target what it happens to.
     * @param isMatch whether a fault of that target is aimed at it.
     * @return the fault, or null.
     */
    public ActiveFault strike(FaultKind.Target target, Predicate<Fault> isMatch) {
        for (int i = 0; i < active.size(); i++) {
            ActiveFault candidate = active.get(i);
            if (candidate.fault().kind().target() == target && isMatch.test(candidate.fault()) && candidate.strike()) {
                return candidate;
            }
        }
        return null;
    }

    /**
     * Finds a fault that is on, without counting.
     *
     * @param kind of the fault.
     * @return the oldest, or null.
     */
    public ActiveFault held(FaultKind kind) {
        for (int i = 0; i < active.size(); i++) {
            ActiveFault candidate = active.get(i);
            if (candidate.fault().kind() == kind && candidate.isOn()) {
                return candidate;
            }
        }
        return null;
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
        return strike(
                FaultKind.Target.FRAME,
                fault -> (fault.connection() == 0 || fault.connection() == connection)
                        && fault.target().isAtSymbol(symbol)
                        && (fault.stream() == null || fault.stream() == stream)
                        && (fault.kind() != FaultKind.GAP || stream.isDepth()));
    }

    /**
     * Finds the fault that hits a REST request, and counts it.
     *
     * @param target what the fault is aimed at.
     * @param symbol of the request, or null.
     * @return the fault, or null.
     */
    public ActiveFault onRequest(FaultKind.Target target, String symbol) {
        return strike(target, fault -> fault.target().isAtSymbol(symbol));
    }

    /**
     * Says whether a new connection is to be refused, and counts it.
     *
     * @param isRest whether it is made to the REST port.
     */
    public boolean isRefused(boolean isRest) {
        return strike(FaultKind.Target.CONNECTION, fault -> fault.amount() == 2 || (fault.amount() == 1) == isRest)
                != null;
    }

    private <T> T run(Supplier<T> change) {
        try {
            return CompletableFuture.supplyAsync(change, loop).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof IllegalArgumentException refusal) {
                throw new IllegalArgumentException(refusal.getMessage(), refusal);
            }
            throw e;
        }
    }
}
