package io.millrace.bench.wire;

import java.nio.file.Path;
import java.util.Locale;

/** The configuration of the engine that is measured: the product's defaults, but for what the measurement has to change. */
final class EngineConfigText {
    private EngineConfigText() {}

    static String of(WireSettings settings, LoopbackVenue venue, VenueFront front, Path directory, Path key) {
        return String.format(
                Locale.ROOT,
                """
                engine:
                  topology: %s
                  idle: %s
                  cores: {feed: %d}
                  bars: {warmUp: false}
                  books: {snapshotWeightPerMinute: 100000, snapshotBurstWeight: 10000, stableMs: 0}
                journal:
                  directory: %s
                  lowWatermarkMib: 64
                  criticalWatermarkMib: 32
                  reserveMib: 1
                venue:
                  restUri: %s
                  publicUri: %s
                  marketUri: %s
                  symbols: [BTCUSDT]
                  streams: [depth, bookTicker, trade]
                  depthSpeedMs: 0
                  weightPerMinute: 100000
                  connectIntervalMs: 0
                trading:
                  mode: testnet
                  privateUri: %s
                  wsApiUri: %s
                  keyFile: %s
                  maxOrderNotional: 1000
                  maxTotalNotional: 100000
                  maxOpenEntries: 4096
                  auditSeconds: 3600
                  countdownSeconds: 0
                  retainSeconds: 1
                  probe: {everyTickers: %d, notional: 200, maxOpen: 1024}
                """,
                settings.topology(),
                settings.idle(),
                settings.cores().subject(),
                directory.resolve("journal"),
                front.restUri(),
                venue.base() + LoopbackVenue.PUBLIC,
                venue.base() + LoopbackVenue.MARKET,
                venue.base() + LoopbackVenue.PRIVATE,
                venue.base() + LoopbackVenue.API,
                key,
                settings.everyTickers());
    }
}
