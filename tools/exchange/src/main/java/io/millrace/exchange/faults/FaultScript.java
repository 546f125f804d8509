package io.millrace.exchange.faults;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Faults over time: a list, and others at random.
 *
 * @param seed of what is left to chance.
 * @param faults in the order of setting; their times count from when the script is applied.
 * @param perHour how many of a kind happen at random in an hour of the venue's time.
 * @param everythingPerHour the same for each kind that is not in {@code perHour}, except {@link FaultKind#DELISTED}.
 * @param randomForMs how long one that happens at random waits for something to hit, or lasts, milliseconds.
 */
public record FaultScript(
        long seed, List<Fault> faults, Map<FaultKind, Double> perHour, double everythingPerHour, long randomForMs) {
    private static final long USUAL_FOR_MS = 5000;
    private static final double MOST_PER_HOUR = 3_600_000;

    /** A script without faults. */
    public static final FaultScript NONE = new FaultScript(1, List.of(), Map.of(), 0, USUAL_FOR_MS);

    /** Checks the ranges. */
    public FaultScript {
        faults = List.copyOf(faults);
        EnumMap<FaultKind, Double> rates = new EnumMap<>(FaultKind.class);
        rates.putAll(perHour);
        perHour = Collections.unmodifiableMap(rates);
        perHour.forEach((kind, rate) -> checkRate(kind.name(), rate));
        checkRate("everything", everythingPerHour);
        if (randomForMs < 1) {
            throw new IllegalArgumentException("random faults with for=" + randomForMs + " ms, choose at least 1");
        }
    }

    private static void checkRate(String name, double perHour) {
        if (!(perHour >= 0 && perHour <= MOST_PER_HOUR)) {
            throw new IllegalArgumentException(
                    "random faults with " + name + "=" + perHour + " an hour are outside 0 to " + (long) MOST_PER_HOUR);
        }
    }

    /**
     * Returns a script of a list.
     *
     * @param seed of what is left to chance.
     * @param faults in the order of setting.
     */
    public static FaultScript of(long seed, Fault... faults) {
        return new FaultScript(seed, List.of(faults), Map.of(), 0, USUAL_FOR_MS);
    }

    /**
     * Returns one of everything now and then.
     *
     * @param seed of what is left to chance.
     * @param perHour how many of each kind happen in an hour of the venue's time.
     */
    public static FaultScript everything(long seed, double perHour) {
        return new FaultScript(seed, List.of(), Map.of(), perHour, USUAL_FOR_MS);
    }

    /** Returns the script with so many of a kind at random in an hour of the venue's time, 0 for none. */
    public FaultScript withRandom(FaultKind kind, double kindPerHour) {
        EnumMap<FaultKind, Double> rates = new EnumMap<>(FaultKind.class);
        rates.putAll(perHour);
        rates.put(kind, kindPerHour);
        return new FaultScript(seed, faults, rates, everythingPerHour, randomForMs);
    }

    /** Returns the script with faults at random that wait or last so long, milliseconds, at least 1. */
    public FaultScript withRandomForMs(long newForMs) {
        return new FaultScript(seed, faults, perHour, everythingPerHour, newForMs);
    }

    /** Says whether anything is to happen at random. */
    public boolean isRandom() {
        return everythingPerHour > 0 || perHour.values().stream().anyMatch(rate -> rate > 0);
    }

    /**
     * Reads a script from the tree of a YAML or JSON file.
     *
     * @param node a map of {@code seed}, {@code faults} and {@code random}, or the list of faults alone.
     * @throws IllegalArgumentException if something in it is wrong.
     */
    public static FaultScript parse(JsonNode node) {
        return FaultText.script(node);
    }

    /**
     * Reads a script from a text.
     *
     * @param text YAML or JSON.
     * @throws IllegalArgumentException if something in it is wrong.
     */
    public static FaultScript parse(String text) {
        return FaultText.script(FaultText.tree(text));
    }

    /**
     * Reads a script from a file.
     *
     * @param file YAML or JSON.
     * @throws IOException if it cannot be read.
     * @throws IllegalArgumentException if something in it is wrong.
     */
    public static FaultScript read(Path file) throws IOException {
        String text = java.nio.file.Files.readString(file);
        try {
            return parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("fault script " + file + ": " + e.getMessage(), e);
        }
    }
}
