package io.millrace.exchange.klines;

import io.millrace.codecs.value.Grid;
import io.millrace.exchange.venue.SymbolSpec;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * The bars of one file. The first line names the columns {@code timestamp} (or {@code open_time}, epoch milliseconds), {@code
 * open}, {@code high}, {@code low}, {@code close} and {@code volume} (of the base asset), in any order and among others. Tick and
 * lot are the coarsest steps that every price and volume is on, at least 1e-10 and 1e-6.
 */
final class KlineFile {
    /** Most decimals of a price and of a volume. */
    private static final int PRICE_SCALE = 10;

    private static final int VOLUME_SCALE = 6;

    private static final int OPEN = 1;
    private static final int HIGH = 2;
    private static final int LOW = 3;
    private static final int CLOSE = 4;
    private static final int VOLUME = 5;
    private static final List<String> NAMES = List.of("timestamp", "open", "high", "low", "close", "volume");

    /** Times in epoch milliseconds; the others without their point while they are read, then in ticks and lots. */
    private final long[][] columns = new long[NAMES.size()][1024];

    private final Path file;
    private int count;
    private long intervalMs;
    private final SymbolSpec spec;

    private KlineFile(Path file) throws IOException {
        this.file = file;
        read();
        if (count < 2) {
            throw new IOException(
                    "file " + file + " holds " + count + " bars, at least 2 are needed to know their length");
        }
        findInterval();
        Grid tick = grid(OPEN, CLOSE);
        Grid lot = grid(VOLUME, VOLUME);
        scale(OPEN, CLOSE, tick);
        scale(VOLUME, VOLUME, lot);
        String symbol = symbol(file);
        String base = symbol.endsWith("USDT") ? symbol.substring(0, symbol.length() - "USDT".length()) : symbol;
        int priceDecimals = Math.max(0, -tick.exponent());
        int qtyDecimals = Math.max(0, -lot.exponent());
        spec = new SymbolSpec(symbol, base, tick, lot, priceDecimals, qtyDecimals, columns[OPEN][0]);
    }

    /**
     * Reads a file.
     *
     * @throws IOException if it cannot be read or is not a file of bars.
     */
    static KlineFile read(Path file) throws IOException {
        return new KlineFile(file);
    }

    private static String symbol(Path file) {
        String name = file.getFileName().toString();
        int dot = name.indexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }

    private void read() throws IOException {
        try (InputStream raw = Files.newInputStream(file);
                InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            String head = lines.readLine();
            int[] places = places(head == null ? "" : head);
            long number = 1;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    bar(line.split(",", -1), places, number);
                }
            }
        }
    }

    private int[] places(String head) throws IOException {
        List<String> names = Arrays.stream(head.split(",", -1))
                .map(name -> name.trim().replace("open_time", "timestamp"))
                .toList();
        int[] places = new int[NAMES.size()];
        for (int i = 0; i < places.length; i++) {
            places[i] = names.indexOf(NAMES.get(i));
            if (places[i] < 0) {
                throw new IOException(
                        "the first line of " + file + " does not name the column " + NAMES.get(i) + ": " + head);
            }
        }
        return places;
    }

    private void bar(String[] cells, int[] places, long number) throws IOException {
        if (count == columns[0].length) {
            for (int i = 0; i < columns.length; i++) {
                columns[i] = Arrays.copyOf(columns[i], count * 2);
            }
        }
        try {
            columns[0][count] = Long.parseLong(cells[places[0]].trim());
            for (int i = OPEN; i <= VOLUME; i++) {
                columns[i][count] = new BigDecimal(cells[places[i]].trim())
                        .movePointRight(scale(i))
                        .longValueExact();
            }
        } catch (ArithmeticException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw new IOException("line " + number + " of " + file + " is not a bar: " + String.join(",", cells), e);
        }
        boolean isBar = columns[LOW][count] > 0
                && columns[LOW][count] <= Math.min(columns[OPEN][count], columns[CLOSE][count])
                && columns[HIGH][count] >= Math.max(columns[OPEN][count], columns[CLOSE][count])
                && columns[VOLUME][count] >= 0
                && (count == 0 || columns[0][count] > columns[0][count - 1]);
        if (!isBar) {
            throw new IOException("line " + number + " of " + file
                    + " is out of order, or its prices are not low <= open, close <= high: " + String.join(",", cells));
        }
        count++;
    }

    private static int scale(int column) {
        return column == VOLUME ? VOLUME_SCALE : PRICE_SCALE;
    }

    private void findInterval() throws IOException {
        long[] times = columns[0];
        intervalMs = times[1] - times[0];
        for (int i = 2; i < count; i++) {
            intervalMs = Math.min(intervalMs, times[i] - times[i - 1]);
        }
        for (int i = 0; i < count; i++) {
            if (times[i] % intervalMs != 0) {
                throw new IOException("bar " + times[i] + " of " + file
                        + " does not begin at a multiple of the bars' length, " + intervalMs + " ms");
            }
        }
    }

    private Grid grid(int from, int to) {
        long divisor = 0;
        for (int column = from; column <= to; column++) {
            for (int i = 0; i < count; i++) {
                divisor = divisor(divisor, columns[column][i]);
            }
        }
        return divisor == 0 ? Grid.parse("1") : Grid.of(BigDecimal.valueOf(divisor, scale(from)));
    }

    private static long divisor(long a, long b) {
        long left = a;
        long right = b;
        while (right != 0) {
            long rest = left % right;
            left = right;
            right = rest;
        }
        return left;
    }

    private void scale(int from, int to, Grid grid) {
        long step = grid.step().movePointRight(scale(from)).longValueExact();
        for (int column = from; column <= to; column++) {
            for (int i = 0; i < count; i++) {
                columns[column][i] /= step;
            }
        }
    }

    SymbolSpec spec() {
        return spec;
    }

    /** Returns the length of a bar in milliseconds. */
    long intervalMs() {
        return intervalMs;
    }

    int count() {
        return count;
    }

    long timeMs(int bar) {
        return columns[0][bar];
    }

    long openTicks(int bar) {
        return columns[OPEN][bar];
    }

    long highTicks(int bar) {
        return columns[HIGH][bar];
    }

    long lowTicks(int bar) {
        return columns[LOW][bar];
    }

    long closeTicks(int bar) {
        return columns[CLOSE][bar];
    }

    long volumeLots(int bar) {
        return columns[VOLUME][bar];
    }

    /** Returns the first bar that does not begin before a time, {@link #count()} if there is none. */
    int indexFrom(long timeMs) {
        int place = Arrays.binarySearch(columns[0], 0, count, timeMs);
        return place < 0 ? -place - 1 : place;
    }
}
