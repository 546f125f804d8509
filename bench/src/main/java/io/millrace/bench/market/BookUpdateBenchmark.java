package io.millrace.bench.market;

import io.millrace.bench.peer.SortedArrayBook;
import io.millrace.engine.book.OrderBook;
import java.math.BigDecimal;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Changes of one level of a side with 5,000 levels, by how deep that lies, each followed by a look at the best price. Of four changes two set
 * another quantity, one deletes the level and one brings it back. Numbers are made beforehand, decimals too.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class BookUpdateBenchmark {
    /** All variants, the product's first. */
    public static final List<String> VARIANTS = List.of("bookUpdate", "arrayUpdate", "treeMapUpdate");

    private static final int UPDATES = 1024;
    private static final long BEST_TICKS = 616_000;
    private static final int NEAR = 1_000;
    private static final int FAR = 4_000;
    /** Far levels lie a hundred ticks apart. */
    private static final int FAR_STEP = 100;

    /** Level that is changed, the best being 1; {@code far} is one of the 4,000 in turn. */
    @Param({"1", "5", "50", "far"})
    public String level;

    private final OrderBook book = new OrderBook();
    private final SortedArrayBook arrays = new SortedArrayBook();
    private final TreeMap<BigDecimal, BigDecimal> tree = new TreeMap<>();
    private final long[] ticks = new long[UPDATES];
    private final long[] lots = new long[UPDATES];
    private final BigDecimal[] prices = new BigDecimal[UPDATES];
    private final BigDecimal[] quantities = new BigDecimal[UPDATES];

    /** Fills all three and makes the changes. */
    @Setup
    public void setUp() {
        for (int i = 0; i < NEAR; i++) {
            put(BEST_TICKS - i);
        }
        for (int i = 1; i <= FAR; i++) {
            put(farTicks(i));
        }
        long[] quantity = {7, 8, 0, 9};
        for (int i = 0; i < UPDATES; i++) {
            ticks[i] = level.equals("far")
                    ? farTicks(1 + i / quantity.length * 37 % FAR)
                    : BEST_TICKS + 1 - Integer.parseInt(level);
            lots[i] = quantity[i % quantity.length];
            prices[i] = BigDecimal.valueOf(ticks[i], 1);
            quantities[i] = BigDecimal.valueOf(lots[i], 3);
        }
    }

    private static long farTicks(int i) {
        return BEST_TICKS - NEAR - (long) i * FAR_STEP;
    }

    private void put(long priceTicks) {
        book.set(OrderBook.BID, priceTicks, 5);
        arrays.set(priceTicks, 5);
        tree.put(BigDecimal.valueOf(priceTicks, 1), BigDecimal.valueOf(5, 3));
    }

    /** The product's book, hash included. */
    @Benchmark
    @OperationsPerInvocation(UPDATES)
    public long bookUpdate() {
        long sum = 0;
        for (int i = 0; i < UPDATES; i++) {
            book.set(OrderBook.BID, ticks[i], lots[i]);
            sum += book.bestTicks(OrderBook.BID);
        }
        return sum;
    }

    /** Sorted arrays. */
    @Benchmark
    @OperationsPerInvocation(UPDATES)
    public long arrayUpdate() {
        long sum = 0;
        for (int i = 0; i < UPDATES; i++) {
            arrays.set(ticks[i], lots[i]);
            sum += arrays.bestTicks();
        }
        return sum;
    }

    /** A sorted map of exact decimals. */
    @Benchmark
    @OperationsPerInvocation(UPDATES)
    public long treeMapUpdate() {
        long sum = 0;
        for (int i = 0; i < UPDATES; i++) {
            if (lots[i] == 0) {
                tree.remove(prices[i]);
            } else {
                tree.put(prices[i], quantities[i]);
            }
            sum += tree.lastKey().scale();
        }
        return sum;
    }
}
