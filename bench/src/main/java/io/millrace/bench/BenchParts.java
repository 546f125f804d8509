package io.millrace.bench;

import io.millrace.bench.footprint.HourCloseBenchmark;
import io.millrace.bench.hop.HopBench;
import io.millrace.bench.journal.AppendBenchmark;
import io.millrace.bench.market.BookUpdateBenchmark;
import io.millrace.bench.market.BurstBench;
import io.millrace.bench.market.DecodeBenchmark;
import io.millrace.bench.market.EventCodecBenchmark;
import io.millrace.bench.market.FeatureBenchmark;
import io.millrace.bench.market.HashBenchmark;
import io.millrace.bench.market.MarketPathBenchmark;
import io.millrace.bench.market.PeerBenchmark;
import io.millrace.bench.market.ReplayBenchmark;
import io.millrace.bench.model.ModelBenchmark;
import io.millrace.bench.orders.RequestBenchmark;
import io.millrace.bench.startup.StartupBench;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The parts that {@code --only} chooses from, and the variants of each. */
final class BenchParts {
    private static final Map<String, Function<Path, List<BenchVariant>>> ALL = new LinkedHashMap<>();

    static {
        ALL.put("path", capture -> path(capture, MarketPathBenchmark.VARIANTS));
        ALL.put("peers", BenchParts::peers);
        ALL.put("types", capture -> jmh(DecodeBenchmark.class, List.of("decode"), 1));
        ALL.put("book", capture -> jmh(BookUpdateBenchmark.class, BookUpdateBenchmark.VARIANTS, 1));
        ALL.put("sbe", capture -> jmh(EventCodecBenchmark.class, EventCodecBenchmark.VARIANTS, 1));
        ALL.put("hash", BenchParts::hash);
        ALL.put("orders", capture -> jmh(RequestBenchmark.class, RequestBenchmark.VARIANTS, 1));
        ALL.put("hop", capture -> processes(HopBench.class, HopBench.VARIANTS));
        ALL.put("append", capture -> jmh(AppendBenchmark.class, AppendBenchmark.VARIANTS, AppendBenchmark.APPENDS));
        ALL.put(
                "replay",
                capture -> jmh(ReplayBenchmark.class, ReplayBenchmark.VARIANTS, ReplayBenchmark.messagesOf(capture)));
        ALL.put("model", capture -> jmh(ModelBenchmark.class, ModelBenchmark.VARIANTS, ModelBenchmark.ROWS));
        ALL.put("features", BenchParts::features);
        ALL.put("bars", BenchParts::bars);
        ALL.put("burst", capture -> processes(BurstBench.class, BurstBench.VARIANTS));
        ALL.put("startup", capture -> processes(StartupBench.class, StartupBench.VARIANTS));
    }

    private BenchParts() {}

    static List<String> names() {
        return List.copyOf(ALL.keySet());
    }

    /**
     * Returns the variants of some parts, each once.
     *
     * @param parts names, all parts if empty.
     * @param capture that is played.
     * @throws IllegalArgumentException if there is no part of a name.
     */
    static List<BenchVariant> variants(List<String> parts, Path capture) {
        List<BenchVariant> variants = new ArrayList<>();
        for (String part : parts.isEmpty() ? names() : parts) {
            Function<Path, List<BenchVariant>> of = ALL.get(part);
            if (of == null) {
                throw new IllegalArgumentException("--only " + part + " is unknown, choose of " + names());
            }
            of.apply(capture).stream()
                    .filter(variant -> !variants.contains(variant))
                    .forEach(variants::add);
        }
        return variants;
    }

    private static List<BenchVariant> path(Path capture, List<String> names) {
        return jmh(MarketPathBenchmark.class, names, MarketPathBenchmark.messagesOf(capture));
    }

    private static List<BenchVariant> peers(Path capture) {
        List<BenchVariant> variants =
                new ArrayList<>(path(capture, List.of(MarketPathBenchmark.OURS, MarketPathBenchmark.JACKSON)));
        variants.addAll(jmh(PeerBenchmark.class, PeerBenchmark.VARIANTS, MarketPathBenchmark.messagesOf(capture)));
        return variants;
    }

    private static List<BenchVariant> hash(Path capture) {
        List<BenchVariant> variants =
                new ArrayList<>(jmh(HashBenchmark.class, HashBenchmark.PASSES, HashBenchmark.messagesOf(capture)));
        variants.addAll(jmh(HashBenchmark.class, List.of(HashBenchmark.SCRATCH), 1));
        return variants;
    }

    private static List<BenchVariant> features(Path capture) {
        int events = FeatureBenchmark.eventsOf(capture);
        List<BenchVariant> variants = new ArrayList<>(
                jmh(FeatureBenchmark.class, List.of(FeatureBenchmark.UPDATE, FeatureBenchmark.OURS), events));
        variants.addAll(
                jmh(FeatureBenchmark.class, List.of(FeatureBenchmark.SCRATCH), FeatureBenchmark.lookBacksOf(events)));
        return variants;
    }

    private static List<BenchVariant> bars(Path capture) {
        List<BenchVariant> variants =
                new ArrayList<>(jmh(HourCloseBenchmark.class, List.of(HourCloseBenchmark.HOUR), 1));
        variants.addAll(jmh(HourCloseBenchmark.class, List.of(HourCloseBenchmark.BAR), HourCloseBenchmark.BARS));
        return variants;
    }

    private static List<BenchVariant> jmh(Class<?> benchmark, List<String> names, int messages) {
        return names.stream()
                .<BenchVariant>map(name -> new JmhVariant(benchmark, name, messages))
                .toList();
    }

    private static List<BenchVariant> processes(Class<?> main, List<String> names) {
        return names.stream()
                .<BenchVariant>map(name -> new ProcessVariant(main, name))
                .toList();
    }
}
