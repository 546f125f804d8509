package io.millrace.exchange.faults;

import io.millrace.exchange.venue.VenueRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Faults that come by themselves, each kind at its rate, all from one seed: the same seed gives the same faults at the same times
 * of the venue.
 *
 * <p><b>Thread:</b> the venue's.
 */
final class RandomFaults {
    private static final double MS_PER_HOUR = 3_600_000.0;
    private static final long KIND_STRIDE = 1_000_003;

    private final Faults faults;
    private final FaultTime time;
    private final FaultScript script;
    private final List<ActiveFault> own = new ArrayList<>();
    private boolean isStopped;

    RandomFaults(Faults faults, FaultTime time, FaultScript script) {
        this.faults = faults;
        this.time = time;
        this.script = script;
    }

    void start() {
        rates().forEach((kind, perHour) -> {
            VenueRandom random =
                    new VenueRandom(script.seed() * KIND_STRIDE + kind.name().hashCode());
            schedule(kind, perHour, random);
        });
    }

    private Map<FaultKind, Double> rates() {
        Map<FaultKind, Double> rates = new TreeMap<>();
        for (FaultKind kind : FaultKind.values()) {
            // The end of a contract is for good, so it has to be asked for by name.
            boolean isOfEverything = kind != FaultKind.DELISTED && faults.supports(kind);
            double perHour = script.perHour().getOrDefault(kind, isOfEverything ? script.everythingPerHour() : 0.0);
            if (perHour > 0) {
                rates.put(kind, perHour);
            }
        }
        return rates;
    }

    private void schedule(FaultKind kind, double perHour, VenueRandom random) {
        // 1 - u is above 0 and at most 1.
        double waitMs = -StrictMath.log(1 - random.nextDouble()) * MS_PER_HOUR / perHour;
        time.schedule(time.nowMs() + Math.max(1, (long) waitMs), () -> {
            if (!isStopped) {
                strike(kind, random);
                schedule(kind, perHour, random);
            }
        });
    }

    private void strike(FaultKind kind, VenueRandom random) {
        faults.forgetSpent(own);
        Fault fault = Fault.of(kind).forMs(script.randomForMs());
        if (!kind.isLasting() && !kind.isOperation()) {
            fault = fault.times(1);
        }
        List<String> symbols = time.symbols();
        int chosen = symbols.isEmpty() ? 0 : random.nextInt(symbols.size());
        if (kind.target() == FaultKind.Target.MARKET) {
            fault = fault.on(symbols.get(chosen));
        }
        try {
            own.add(faults.set(fault));
        } catch (IllegalArgumentException e) {
            // What this market cannot do does not happen by chance; who asks for it by name is told at once.
            assert script.perHour().get(kind) == null || script.perHour().get(kind) == 0 : e.getMessage();
        }
    }

    void stop() {
        isStopped = true;
    }
}
